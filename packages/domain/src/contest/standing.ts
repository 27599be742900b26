import type { Calendar, PeriodKind, Window } from '../calendar.ts';
import type { Credit } from '../credit.ts';
import type { TargetScope } from '../event.ts';
import type { Metric, MetricId, Unit } from '../metric.ts';
import type { Valued } from '../metric-value.ts';
import type { Growing } from '../tally.ts';
import type { EventKey, Instant, PersonId, Scaled, TeamId } from '../types.ts';
import type { ContestDefinition, EntrantId, PrizeItem } from './definition.ts';

type Span = Pick<Window, 'from' | 'to'>;

/**
 * What contests read of a floor, live or of the past. A `filter` is the contest's id where it has
 * conditions of its own, else `null`. Entities are people, teams, or `*`.
 */
export interface ContestReader {
  readonly clock: Instant;
  readonly calendar: Calendar;
  readonly currency: string;
  /** As it is counted now: while a change of it is being counted, the former way. */
  metric(id: MetricId, filter?: string | null): Metric | undefined;
  /** What its credits are in: another object whenever they were counted anew; or none yet. */
  countedIn(id: MetricId, filter: string | null): object | undefined;
  value(metric: MetricId, filter: string | null, entity: string, span: Span): Valued;
  /** What several have together over several stretches of time, without some events. */
  over(
    metric: MetricId,
    filter: string | null,
    entities: readonly string[],
    spans: readonly Span[],
    without: ReadonlySet<EventKey>,
  ): Valued;
  /** The single credits behind a metric that adds up (sum, count), oldest first. */
  credits(metric: MetricId, filter: string | null, entity: string, span: Span): Iterable<Credit>;
  /** What they come to, without going through them; `undefined` when there are none. */
  growth(metric: MetricId, filter: string | null, entity: string, span: Span): Growing | undefined;
  /** Everybody active, with the team at an instant and the first day of work, in order of id. */
  staff(at: Instant): readonly Staffer[];
  /** A team and those above it. */
  lineOf(team: TeamId | null): readonly TeamId[];
  teams(): readonly TeamId[];
  target(
    scope: TargetScope,
    entity: string,
    metric: MetricId,
    period: PeriodKind,
    window: string,
  ): Scaled | undefined;
}

export interface Staffer {
  readonly person: PersonId;
  readonly team: TeamId | null;
  readonly startedAt: Instant | null;
  readonly role: 'owner' | 'manager' | 'rep' | null;
}

/** What is settled when a contest starts, and explained from then on. */
export interface ContestFrozen {
  readonly entrants: readonly FrozenEntrant[];
}

export interface FrozenEntrant {
  readonly id: EntrantId;
  /** The people who play for it: itself, or the members of the team or squad at the start. */
  readonly members: readonly PersonId[];
  /** Exact decimal or fraction by which the score is multiplied; '1' without a handicap. */
  readonly factor: string;
  /** Own mean of the windows before, scaled, where handicap, seeding or rules ask for it. */
  readonly baseline: string | null;
  /** The own target, scaled, where rules ask for it. */
  readonly target: string | null;
}

/** What a contest knows besides its definition when it is worked out. */
export interface ContestFacts {
  readonly frozen: ContestFrozen;
  /** Time that does not count, half-open; an open pause ends at `END`. */
  readonly pauses: readonly Span[];
  /** Who left (or did not enter). */
  readonly out: ReadonlySet<PersonId>;
  /** Events that do not count here: excluded by a manager, or flagged and not decided. */
  readonly withheld: ReadonlySet<EventKey>;
  /** Hex; `null` until it is known: nothing is drawn before. */
  readonly seed: string | null;
}

/** One row of a contest's standing. */
export interface ContestLine {
  readonly entrant: EntrantId;
  /** 1, 2, 2, 4; `null` for who does not qualify (yet) or is out. */
  readonly rank: number | null;
  readonly tied: boolean;
  /** What the ranking goes by, in `unit`. */
  readonly score: Scaled;
  /** Before handicap and multipliers, in the unit that is counted. */
  readonly raw: Scaled;
  readonly reachedAt: Instant;
  /** What is missing to the next better place, to the goal or the next step; `null` if nothing. */
  readonly gap: Scaled | null;
  /** How often the goal or how many steps were reached; tickets of a raffle; lines of a card. */
  readonly reached: number;
  /** Out of a bracket or an elimination: the round in which, 1 … */
  readonly outIn?: number;
  /** Division of a league, 1 is the top. */
  readonly division?: number;
  /** Bingo: which cells are done. Streak: which days (local dates). */
  readonly marks?: readonly string[];
}

/** One pairing of a knock-out. */
export interface BracketMatch {
  readonly round: number;
  readonly place: number;
  /** `null`: bye or not known yet. */
  readonly home: EntrantId | null;
  readonly away: EntrantId | null;
  readonly homeScore: Scaled | null;
  readonly awayScore: Scaled | null;
  /** Who goes on; of a round that is not over, nobody. */
  readonly winner: EntrantId | null;
  readonly thirdPlace?: true;
}

export interface RoundWindow extends Span {
  readonly round: number;
}

/** A draw that anybody can repeat: see docs/contests.md. */
export interface DrawResult {
  readonly seed: string;
  /** SHA-256 of the list of tickets, which is mixed into the seed. */
  readonly digest: string;
  /** Entrants with their numbers of tickets, in the order that was drawn from. */
  readonly tickets: readonly (readonly [EntrantId, number])[];
  /** Drawn tickets (numbers from 0) in order, with whom they belong to. */
  readonly drawn: readonly (readonly [ticket: number, entrant: EntrantId])[];
}

/** What somebody wins, as things stand. Money in minor units. */
export interface Award {
  readonly prize: string;
  readonly entrant: EntrantId;
  /** Who gets it: the entrant, or the members of a team or squad. */
  readonly person: PersonId;
  readonly item:
    | { readonly kind: 'money'; readonly minor: Scaled; readonly currency: string }
    | Exclude<PrizeItem, { kind: 'money' }>;
  readonly rank: number | null;
}

/** What there is to say of a contest as a whole. */
export interface ContestHead {
  /** What scores are in … */
  readonly unit: Unit;
  /** … and what is counted for them: `raw` of the lines, baselines, targets and goals. */
  readonly counted: Unit;
  /** All together, for a collective goal; the pot in minor units for a pot. */
  readonly total: Scaled;
  readonly totalUnit: Unit;
  /** Decided before the end: first to reach, or the relay through. */
  readonly decidedAt: Instant | null;
  readonly rounds?: readonly RoundWindow[];
  readonly bracket?: readonly BracketMatch[];
  readonly draw?: DrawResult;
  /** Multipliers that were rolled, by event. */
  readonly spins?: readonly (readonly [EventKey, string])[];
}

/** A contest as it stands: worked out from credits and rules alone, the same for the same. */
export interface ContestStanding extends ContestHead {
  /** Best first; who is not placed after them, in order of id. */
  readonly lines: readonly ContestLine[];
  readonly awards: readonly Award[];
}

export type StandContest = (
  contest: ContestDefinition,
  facts: ContestFacts,
  reader: ContestReader,
) => ContestStanding;
