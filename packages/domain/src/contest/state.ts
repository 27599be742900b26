import type { Unit } from '../metric.ts';
import type { EventKey, Instant, PersonId, Seq } from '../types.ts';
import { END } from '../calendar.ts';
import type { LogEvent, SettingsBody } from '../event.ts';
import type { ContestDefinition, ContestId, EntrantId, PrizeItem } from './definition.ts';
import type { ContestFrozen } from './standing.ts';

/** A line of a result as it stands in the log: whole numbers in text. */
export interface ResultLine {
  readonly entrant: EntrantId;
  readonly rank: number | null;
  readonly tied: boolean;
  readonly score: string;
  readonly raw: string;
  readonly reached: number;
}

/** What somebody won, as it stands in the log: money in minor units. */
export interface ResultAward {
  readonly prize: string;
  readonly entrant: EntrantId;
  readonly person: PersonId;
  readonly item:
    | { readonly kind: 'money'; readonly minor: string; readonly currency: string }
    | Exclude<PrizeItem, { kind: 'money' }>;
  readonly rank: number | null;
}

/** How a contest came out, worked out from what was in the log up to `asOf`. */
export interface ContestResult {
  readonly asOf: Seq;
  /** Of the scores. */
  readonly unit: Unit;
  readonly lines: readonly ResultLine[];
  readonly awards: readonly ResultAward[];
  /** The seed of what was drawn; anybody may check it against the commitment. */
  readonly seed?: string;
}

/** What the log says of a contest. It is replaced, never changed in place. */
export interface ContestState {
  readonly definition: ContestDefinition;
  /** SHA-256 of the seed, in hex, since it was published; where something is drawn. */
  readonly commitment: string | null;
  readonly frozen: ContestFrozen | null;
  /** Half-open stretches that do not count; an open one ends at the end of time. */
  readonly pauses: readonly { readonly from: Instant; readonly to: Instant }[];
  /** Who left, and who came in by themselves. */
  readonly left: readonly PersonId[];
  readonly joined: readonly PersonId[];
  /** Events that wait for a word, by the rule that held them up. */
  readonly flagged: Readonly<Record<EventKey, string>>;
  readonly reviews: Readonly<Record<EventKey, 'counts' | 'excluded'>>;
  readonly cancelled: boolean;
  readonly result: ContestResult | null;
  /** Up to which event a manager has heard what would change it, and kept it; 0 before. */
  readonly keptAsOf: Seq;
  /** How often its rules were changed since they were published. */
  readonly amended: number;
}

export const CONTEST_PHASES = [
  'scheduled',
  'live',
  'paused',
  'provisional',
  'final',
  'cancelled',
] as const;
export type ContestPhase = (typeof CONTEST_PHASES)[number];

const HOUR_MS = 3_600_000;

/** When late events no longer count. */
export const graceEnd = ({
  to,
  graceHours,
}: Pick<ContestDefinition, 'to' | 'graceHours'>): Instant => to + graceHours * HOUR_MS;

/** What a contest is at an instant. It is final once its result is in the log. */
export function contestPhase(
  state: Pick<ContestState, 'definition' | 'pauses' | 'cancelled' | 'result'>,
  at: Instant,
): ContestPhase {
  if (state.cancelled) return 'cancelled';
  if (state.result !== null) return 'final';
  if (at < state.definition.from) return 'scheduled';
  if (at >= state.definition.to) return 'provisional';
  return state.pauses.some(({ from, to }) => at >= from && at < to) ? 'paused' : 'live';
}

/** Events that do not count: excluded, or held up and not decided. */
export function withheldIn({ flagged, reviews }: ContestState): ReadonlySet<EventKey> {
  const held = Object.keys(flagged).filter((fact) => reviews[fact] === undefined);
  const out = Object.keys(reviews).filter((fact) => reviews[fact] === 'excluded');
  return new Set([...held, ...out]);
}

type ContestEvent = Extract<SettingsBody, { type: `contest.${string}` }>;

/** What an event makes of what was known of its contest; `undefined` where there is none. */
export function contestAfter(
  before: ContestState | undefined,
  event: ContestEvent & Pick<LogEvent, 'recordedAt'>,
): ContestState | undefined {
  if (event.type === 'contest.published') return published(event);
  if (before === undefined) return undefined;
  switch (event.type) {
    case 'contest.amended':
      return { ...before, definition: event.definition, amended: before.amended + 1 };
    case 'contest.started':
      return { ...before, frozen: event.frozen };
    case 'contest.paused':
      return { ...before, pauses: [...before.pauses, { from: event.recordedAt, to: END }] };
    case 'contest.resumed':
      return { ...before, pauses: before.pauses.map((one) => ended(one, event.recordedAt)) };
    case 'contest.cancelled':
      return { ...before, cancelled: true };
    case 'contest.entered':
      return entered(before, event.person, event.in);
    case 'contest.flagged':
      return { ...before, flagged: { ...before.flagged, [event.fact]: event.rule } };
    case 'contest.reviewed':
      return { ...before, reviews: { ...before.reviews, [event.fact]: event.verdict } };
    case 'contest.closed':
    case 'contest.restated':
      return { ...before, result: event.result };
    case 'contest.kept':
      return { ...before, keptAsOf: event.asOf };
  }
}

function published(event: Extract<ContestEvent, { type: 'contest.published' }>): ContestState {
  return {
    definition: event.definition,
    commitment: event.commitment,
    frozen: null,
    pauses: [],
    left: [],
    joined: [],
    flagged: {},
    reviews: {},
    cancelled: false,
    result: null,
    keptAsOf: 0,
    amended: 0,
  };
}

const ended = (pause: { from: Instant; to: Instant }, at: Instant) =>
  pause.to === END ? { from: pause.from, to: at } : pause;

function entered(before: ContestState, person: PersonId, comesIn: boolean): ContestState {
  const without = (list: readonly PersonId[]) => list.filter((one) => one !== person);
  const [left, joined] = [without(before.left), without(before.joined)];
  return comesIn
    ? { ...before, left, joined: [...joined, person] }
    : { ...before, left: [...left, person], joined };
}

/** Who does not take part although they could: who left, or did not come in where one has to. */
export function outOf(state: ContestState, members: Iterable<PersonId>): ReadonlySet<PersonId> {
  const out = new Set(state.left);
  if (state.definition.entry === 'join') {
    const joined = new Set(state.joined);
    for (const person of members) if (!joined.has(person)) out.add(person);
  }
  return out;
}

/** The id under which a contest is found among boards, so that screens watch it like one. */
export const contestSlug = (id: ContestId): string => `contest-${id}`;
