import type { FixedPeriod } from '../calendar.ts';
import type { Condition, MetricId } from '../metric.ts';
import type { EventKey, Instant, PersonId, TeamId } from '../types.ts';

/** `con_…` */
export type ContestId = string;
/** A person, a team, or a squad: a team made for the contest (`sqd_…`). */
export type EntrantId = string;

/** Who competes with whom. */
export const CONTEST_OF = ['people', 'teams', 'squads'] as const;
export type ContestOf = (typeof CONTEST_OF)[number];

/** An ad-hoc team. Its members in order; a relay is run in it. */
export interface Squad {
  readonly id: EntrantId;
  readonly name: string;
  readonly members: readonly PersonId[];
}

/** Who may take part; everybody active who fits all that is said, as things are at the start. */
export interface Eligibility {
  /** Only people of these teams and those below them (or only these teams). */
  readonly teams?: readonly TeamId[];
  /** Only these people, chosen by hand. */
  readonly people?: readonly PersonId[];
  /** Never these. */
  readonly except?: readonly PersonId[];
  /** Only users with one of these roles. */
  readonly roles?: readonly ('owner' | 'manager' | 'rep')[];
  /** Only who has been here for so many days at the start, or at most so many. */
  readonly minDays?: number;
  readonly maxDays?: number;
  /** For `of: 'squads'`. */
  readonly squads?: readonly Squad[];
}

/** What is counted: a metric (also a scorecard), or points made for this contest. */
export type Scoring = (
  | { readonly metric: MetricId }
  /** Points per whole unit of a metric, up to so many of its units. Decimals. */
  | { readonly points: readonly { metric: MetricId; weight: string; cap?: string }[] }
) & {
  /** Only events with all of these count. */
  readonly where?: readonly Condition[];
  /** The most that an entrant's score can be, a decimal in the unit. */
  readonly cap?: string;
};

/** Makes entrants of different strength comparable: scores are multiplied before ranking. */
export type Handicap =
  /** Decimal factors by entrant; who is not named has 1. */
  | { readonly by: 'hand'; readonly factors: Readonly<Record<EntrantId, string>> }
  /**
   * From each one's own last windows of the same length before the start: the field's mean over
   * the own one, at most `cap` and at least its inverse.
   */
  | { readonly by: 'history'; readonly windows: number; readonly cap: string };

/**
 * `earliest`: whoever reached the score first. `shared`: each gets the whole prize of the rank.
 * `split`: prizes of the tied places are added and split. `sudden_death`: the first to score again
 * after the end, within the grace window, wins; else as `earliest`.
 */
export const CONTEST_TIES = ['earliest', 'shared', 'split', 'sudden_death'] as const;
export type ContestTies = (typeof CONTEST_TIES)[number];

/** A local clock time span, minutes after midnight, half-open. */
export interface HourSpan {
  readonly from: number;
  readonly to: number;
}

/** How somebody wins. Decimals are in the unit that is counted. One file for each kind. */
export type ContestRules =
  | { readonly kind: 'highest' }
  | { readonly kind: 'first_to'; readonly goal: string }
  | { readonly kind: 'all_who_reach'; readonly goal: string }
  /** Rising steps; a prize names its step. `each`: all steps passed pay, not only the last. */
  | { readonly kind: 'tiers'; readonly steps: readonly string[]; readonly each?: boolean }
  /** Every so much pays once, at most `most` times. */
  | { readonly kind: 'every'; readonly step: string; readonly most?: number }
  | { readonly kind: 'percent_of_target'; readonly period: FixedPeriod }
  /** Against the mean of the own last windows of the same length. */
  | {
      readonly kind: 'most_improved';
      readonly windows: number;
      readonly by: 'percent' | 'amount';
    }
  | { readonly kind: 'teams'; readonly by: 'sum' | 'average' }
  /** All together; everybody who took part wins, or nobody. */
  | { readonly kind: 'collective'; readonly goal: string }
  /** Only what happens in these hours (of these ISO weekdays) counts. */
  | {
      readonly kind: 'power_hour';
      readonly hours: readonly HourSpan[];
      readonly weekdays?: readonly number[];
    }
  /** Exactly two. */
  | { readonly kind: 'duel' }
  /** Knock-out. The window is cut into as many equal rounds of whole days as it takes. */
  | {
      readonly kind: 'bracket';
      /** `hand`: in the order of `who.people`; `history`: by the window before; `draw`: by lot. */
      readonly seeding: 'hand' | 'history' | 'draw';
      readonly thirdPlace: boolean;
    }
  /** Divisions of about equal size; after each round so many rise and fall. */
  | {
      readonly kind: 'league';
      readonly divisions: number;
      readonly rounds: number;
      readonly move: number;
      readonly seeding: 'hand' | 'history' | 'draw';
    }
  /** After each round the last `out` are out, until at most `left` are. */
  | {
      readonly kind: 'elimination';
      readonly rounds: number;
      readonly out: number;
      readonly left: number;
    }
  /** A ticket for every so much, at most `most` each; tickets are drawn without putting back. */
  | { readonly kind: 'raffle'; readonly ticket: string; readonly most?: number }
  /** Each scoring event spins: its score is multiplied by one of the factors (by weight). */
  | {
      readonly kind: 'wheel';
      readonly faces: readonly { readonly factor: string; readonly weight: number }[];
    }
  /** A square card: each cell is a metric with a goal. Most lines first, then cells. */
  | {
      readonly kind: 'bingo';
      readonly size: 3 | 4 | 5;
      readonly cells: readonly { readonly metric: MetricId; readonly goal: string }[];
      /** Won with the first line, or by most lines at the end. */
      readonly win: 'first_line' | 'most_lines';
    }
  /** The longest run of working days with at least so much. */
  | { readonly kind: 'streak'; readonly daily: string }
  /** Each member's leg begins when the one before has reached `leg`; first squad through wins. */
  | { readonly kind: 'relay'; readonly leg: string }
  /** A pot that begins with `start` and grows by `per` for each whole unit that anybody adds. */
  | {
      readonly kind: 'pot';
      /** Decimals in the organisation's currency. */
      readonly start: string;
      readonly per: string;
      readonly most?: string;
    };
export type ContestKindName = ContestRules['kind'];

/** What is won. */
export type PrizeItem =
  | { readonly kind: 'money'; readonly amount: string; readonly currency: string }
  | { readonly kind: 'points'; readonly points: number }
  | { readonly kind: 'badge'; readonly badge: string }
  | {
      readonly kind: 'thing';
      readonly name: string;
      readonly names?: Readonly<Record<string, string>>;
      /** What it costs the organisation, for budgets: a decimal in its currency. */
      readonly cost?: string;
    };

/** Who gets a prize. */
export type PrizeFor =
  /** Places `from` to `to`, both counted; each place gets one. */
  | { readonly to: 'ranks'; readonly from: number; readonly until: number }
  /** Everybody who reached the goal, or step number `step` (1 …) of the tiers. */
  | { readonly to: 'reached'; readonly step?: number }
  /** Once for every time (`every`). */
  | { readonly to: 'each_time' }
  /** So many tickets are drawn, one prize each. */
  | { readonly to: 'drawn'; readonly winners: number }
  /** Parts of the pot, percent, by rank; or in proportion to what each one scored. */
  | { readonly to: 'pot'; readonly percents: readonly number[] | 'by_score' };

export interface Prize {
  readonly id: string;
  readonly for: PrizeFor;
  /** Left out for a part of the pot, which is money. */
  readonly item?: PrizeItem;
  /** Of a team or squad: each member gets it, or it is split among them. */
  readonly members?: 'each' | 'split';
}

/** Visible rules by which an event waits for a manager's word before it counts. */
export interface Guard {
  /** The same person and the same number again within so many minutes. */
  readonly duplicateMinutes?: number;
  /** More than so many events of one person within ten minutes. */
  readonly burst?: number;
  /** Told to us in the last so many minutes, but said to have happened over an hour before. */
  readonly lateMinutes?: number;
  /** More than so many percent of somebody's score within the last hour. */
  readonly lastHourPercent?: number;
}

export interface ContestShow {
  /** Walls keep to the contest in its last ten minutes. */
  readonly pin?: boolean;
  /** How the winner is celebrated. */
  readonly winner?: 'takeover' | 'banner' | 'quiet';
  /** Screens it is shown on; left out, all. */
  readonly screens?: readonly string[];
  /** Rows that walls and reps see at most. */
  readonly topN?: number;
}

/** The rules of a contest, frozen when it starts; a change is another definition, announced. */
export interface ContestDefinition {
  readonly id: ContestId;
  readonly of: ContestOf;
  readonly scoring: Scoring;
  readonly rules: ContestRules;
  readonly who: Eligibility;
  /** Half-open. */
  readonly from: Instant;
  readonly to: Instant;
  /** How long it stays provisional for what arrives late. */
  readonly graceHours: number;
  /** Who has less than this is not placed: a decimal in the unit. */
  readonly qualify?: string;
  readonly handicap?: Handicap;
  readonly ties: ContestTies;
  readonly prizes: readonly Prize[];
  /** The most that all prizes may cost, decimal in the organisation's currency. */
  readonly budget?: string;
  /** People may leave it themselves (or, `join`, have to enter it themselves). */
  readonly entry?: 'everybody' | 'leave' | 'join';
  readonly guard?: Guard;
  readonly show?: ContestShow;
  /** It is begun again every day, week or month until that instant. */
  readonly series?: { readonly every: 'day' | 'week' | 'month'; readonly until: Instant };
  /** The contest or series that it belongs to. */
  readonly parent?: ContestId;
}

/** What a manager said of one event in one contest. */
export interface Review {
  readonly fact: EventKey;
  readonly verdict: 'counts' | 'excluded';
}

/** The metrics that a contest counts. */
export function contestMetrics({
  scoring,
  rules,
}: Pick<ContestDefinition, 'scoring' | 'rules'>): MetricId[] {
  const scored = 'metric' in scoring ? [scoring.metric] : scoring.points.map((one) => one.metric);
  const cells = rules.kind === 'bingo' ? rules.cells.map((one) => one.metric) : [];
  return [...new Set([...scored, ...cells])];
}
