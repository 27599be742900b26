import { allocate } from './allocate.ts';
import { standingWins, type CreditedShare, type Deal } from './deal.ts';
import type { CreditShare } from './event.ts';
import { COUNT_SCALE, type MetricId } from './metric.ts';
import { parseShare, weightsOf } from './share.ts';
import type { EventKey, Instant, PersonId, Scaled, TeamId } from './types.ts';

/** What one event adds to one person in one metric. */
export interface Credit {
  readonly fact: EventKey;
  readonly metric: MetricId;
  readonly person: PersonId;
  /** The team the person belonged to when it happened. */
  readonly team: TeamId | null;
  readonly at: Instant;
  /** From here on it no longer counts; `null` while it stands. */
  readonly endedAt: Instant | null;
  readonly value: Scaled;
}

export type TeamAt = (person: PersonId, at: Instant) => TeamId | null;

const ONE = 10n ** BigInt(COUNT_SCALE);

/** The credits of a deal: its revenue and its count, shared to the last unit. */
export function dealCredits(deal: Deal, teamAt: TeamAt): Credit[] {
  return standingWins(deal).flatMap(({ fact, endedAt }) => {
    const whole = { fact: fact.key, at: fact.at, endedAt, credits: fact.credits };
    return [
      ...shared({ ...whole, metric: 'revenue', value: fact.minor }, teamAt),
      ...shared({ ...whole, metric: 'deals', value: ONE }, teamAt),
    ];
  });
}

/** One activity counts once, shared among those who did it. */
export function activityCredits(
  event: { key: EventKey; occurredAt: Instant; credits: readonly CreditShare[] },
  teamAt: TeamAt,
): Credit[] {
  const { key, occurredAt, credits } = event;
  const whole = { fact: key, at: occurredAt, endedAt: null, credits };
  return shared({ ...whole, metric: 'activities', value: ONE }, teamAt);
}

interface Whole {
  readonly fact: EventKey;
  readonly metric: MetricId;
  readonly at: Instant;
  readonly endedAt: Instant | null;
  readonly value: Scaled;
  readonly credits: readonly CreditedShare[];
}

/** Shares a value among the credited people by largest remainder. */
export function shared(whole: Whole, teamAt: TeamAt): Credit[] {
  const { credits, value, ...rest } = whole;
  if (credits.length === 0) return [];
  const weights = weightsOf(credits.map(({ share }) => shareOf(share)));
  return allocate(value, weights).map((part, index) => {
    const { person, team = teamAt(person, rest.at) } = credits[index]!;
    return { ...rest, person, team, value: part };
  });
}

function shareOf(text: string) {
  const share = parseShare(text);
  if (!share.ok) throw new Error(`the log holds a share that is none: ${text}`);
  return share.value;
}
