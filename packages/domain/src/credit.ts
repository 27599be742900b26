import { allocate } from './allocate.ts';
import type { CreditShare } from './event.ts';
import type { Measure } from './measure-book.ts';
import { ruleAt } from './measure-book.ts';
import { holds, takeBy, type Taken } from './measure.ts';
import { METRICS } from './starter-metrics.ts';
import { parseScaled } from './decimal.ts';
import { parseShare, weightsOf } from './share.ts';
import type { StandingFact } from './standing.ts';
import type { TallyEntry } from './tally.ts';
import type { EventKey, Instant, PersonId, Scaled, Seq, TeamId } from './types.ts';

/** What one event adds to one subject in one measure. */
export interface Credit extends TallyEntry {
  readonly fact: EventKey;
  readonly measure: string;
  /** Whom the log names. */
  readonly subject: PersonId;
  /** Whom that is taken to be. */
  readonly person: PersonId;
  /** The team the person belonged to when it happened. */
  readonly team: TeamId | null;
  /** The team that the event itself named, for whoever belongs to none. */
  readonly hint: TeamId | null;
  readonly at: Instant;
  /** It counts from here … */
  readonly since: Instant;
  /** … to here; `null` while it stands. */
  readonly endedAt: Instant | null;
  readonly value: Scaled;
  /** The event by which it is known. */
  readonly seq: Seq;
}

/** Who somebody is, and where they belonged. */
export interface Staff {
  personOf(subject: PersonId): PersonId;
  teamAt(person: PersonId, at: Instant): TeamId | null;
  /** The team of somebody unknown, or of nobody's team. */
  placeOf(subject: PersonId): TeamId | null;
}

/** The credits of a fact in one measure, shared to the last unit. */
export function creditsOf(
  fact: StandingFact,
  measure: Measure,
  staff: Staff,
  seq: Seq,
): readonly Credit[] {
  const at = fact.countsAt ?? fact.at;
  const taken = directly(fact, measure) ?? byRule(fact, measure, at);
  if (!taken || fact.credits.length === 0 || tooLarge(taken.value)) return [];
  const parts = partsOf(taken.value, fact.credits);
  const hint = fact.team ?? null;
  return fact.credits.map(({ person: subject }, index) => {
    const person = staff.personOf(subject);
    return {
      fact: fact.key,
      measure: measure.key,
      subject,
      person,
      team: teamFor(staff, { person, subject, hint, at }),
      hint,
      at,
      since: taken.since ?? at,
      endedAt: fact.endedAt,
      value: parts[index]!,
      item: taken.item,
      seq,
    };
  });
}

/** Past this a number is no figure of a sales floor, and the store's integers do not hold it. */
const VALUE_MAX: Scaled = 10n ** 18n;
const tooLarge = (value: Scaled): boolean => value > VALUE_MAX || value < -VALUE_MAX;

/** Where a credit belongs: the person's team then, else what the event or a manager said. */
export function teamFor(
  staff: Staff,
  credit: Pick<Credit, 'person' | 'subject' | 'hint' | 'at'>,
): TeamId | null {
  return staff.teamAt(credit.person, credit.at) ?? credit.hint ?? staff.placeOf(credit.subject);
}

function partsOf(value: Scaled, credits: readonly CreditShare[]): readonly Scaled[] {
  if (credits.length === 1) return [value];
  return allocate(value, weightsOf(credits.map(({ share }) => shareOf(share))));
}

function byRule(fact: StandingFact, measure: Measure, at: Instant): Taken | undefined {
  const rule = ruleAt(measure, at);
  return rule && takeBy(rule, fact, measure.where, measure.scale);
}

/** A reading whose KPI is the metric itself adds to it as it stands. */
function directly(fact: StandingFact, measure: Measure): Taken | undefined {
  if (!measure.direct || fact.kpi !== measure.metric || fact.value === undefined) return undefined;
  if (!measure.where.every((one) => holds(one, fact))) return undefined;
  const plain = METRICS.some((metric) => metric === measure.metric);
  const value = plain ? BigInt(fact.value) : readingOf(fact.value, measure.scale);
  return value === undefined ? undefined : { value, item: null, since: null };
}

function readingOf(text: string, scale: number): Scaled | undefined {
  const parsed = parseScaled(text, scale);
  return parsed.ok ? parsed.value : undefined;
}

function shareOf(text: string) {
  const share = parseShare(text);
  if (!share.ok) throw new Error(`the log holds a share that is none: ${text}`);
  return share.value;
}

/** One credit by another name: the same measure, fact and subject. */
export const creditKey = (credit: Credit): string =>
  `${credit.measure}|${credit.subject}|${credit.fact}`;

const sameCredit = (a: Credit, b: Credit): boolean =>
  a.value === b.value &&
  a.at === b.at &&
  a.since === b.since &&
  a.endedAt === b.endedAt &&
  a.person === b.person &&
  a.team === b.team &&
  a.item === b.item;

/** What has to go and what has to come, for these credits to become those. */
export function differenceOf(
  before: readonly Credit[],
  after: readonly Credit[],
): { removed: Credit[]; added: Credit[] } {
  const removed = new Map(before.map((credit) => [creditKey(credit), credit]));
  const added = after.filter((credit) => {
    const name = creditKey(credit);
    const was = removed.get(name);
    const same = was !== undefined && sameCredit(was, credit);
    if (same) removed.delete(name);
    return !same;
  });
  return { removed: [...removed.values()], added };
}
