import type {
  BracketMatch,
  ContestKindName,
  ContestPhase,
  DrawResult,
  PrizeItem,
  Unit,
} from '@ovation/domain';
import type { ContestDraftBody } from './api-contests.ts';
import type { Named } from './socket-events.ts';

/** A contest as lists and pages know it. */
export interface ContestAnswer {
  readonly id: string;
  /** Its name among boards: screens and pages watch its standing under it. */
  readonly slug: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly phase: ContestPhase | 'draft';
  readonly kind: ContestKindName | null;
  readonly definition: ContestDraftBody;
  readonly publishedAt: string | null;
  readonly updatedAt: string;
  /** Until when late events count. */
  readonly graceEndsAt: string | null;
  /** Who takes part, once it has started. */
  readonly entrants: number | null;
  /** SHA-256 of the seed, where something is drawn. */
  readonly commitment: string | null;
  /** How often its rules were changed after they were published. */
  readonly amended: number;
  /** Events that wait for a manager's word. */
  readonly underReview: number;
  /** Whether the caller takes part, may leave, may come in. */
  readonly mine: { readonly in: boolean; readonly mayLeave: boolean; readonly mayJoin: boolean };
  readonly parent: string | null;
}

/** What is won. Money is an exact decimal. */
export type AwardItem =
  | { readonly kind: 'money'; readonly amount: string; readonly currency: string }
  | Exclude<PrizeItem, { kind: 'money' }>;

export interface ContestAward {
  readonly prize: string;
  readonly entrant: string;
  readonly person: Named;
  readonly item: AwardItem;
  readonly rank: number | null;
}

/** One row of a contest; figures are exact decimals in the unit. */
export interface ContestRow {
  readonly entrant: Named;
  readonly rank: number | null;
  readonly tied: boolean;
  readonly score: string;
  readonly raw: string;
  readonly gap: string | null;
  readonly reached: number;
  readonly reachedAt: string | null;
  readonly outIn: number | null;
  readonly division: number | null;
  readonly marks: readonly string[];
  readonly members: readonly Named[];
  /** What the score is multiplied by, and the own usual where rules ask for it. */
  readonly factor: string;
  readonly baseline: string | null;
  readonly target: string | null;
}

export interface ContestMatch extends Omit<BracketMatch, 'homeScore' | 'awayScore'> {
  readonly homeScore: string | null;
  readonly awayScore: string | null;
}

/** How a contest stands: now, or when it became final. */
export interface ContestStandingAnswer {
  readonly contest: string;
  readonly phase: ContestPhase;
  /** The newest event in it. */
  readonly asOf: number;
  readonly unit: Unit;
  readonly rows: readonly ContestRow[];
  readonly total: string;
  readonly decidedAt: string | null;
  readonly rounds: readonly {
    readonly round: number;
    readonly from: string;
    readonly to: string;
  }[];
  readonly bracket: readonly ContestMatch[];
  readonly draw: DrawResult | null;
  readonly spins: readonly (readonly [fact: string, factor: string])[];
  readonly awards: readonly ContestAward[];
  /** What all prizes come to as things stand; `null` where nothing is money. */
  readonly cost: { readonly amount: string; readonly currency: string } | null;
  /** Names of everybody in it, by id. */
  readonly names: Readonly<Record<string, Named>>;
  /** After the end: what the events that came since would change. Empty: nothing. */
  readonly changes: readonly ContestChange[];
}

/** A place or prize that is other than in the final result. */
export interface ContestChange {
  readonly entrant: Named;
  readonly rankWas: number | null;
  readonly rankNow: number | null;
  readonly scoreWas: string;
  readonly scoreNow: string;
  readonly awardsWas: readonly AwardItem[];
  readonly awardsNow: readonly AwardItem[];
}

/** An event that waits for a manager's word, or had it. */
export interface ContestFlag {
  readonly fact: string;
  readonly person: Named;
  readonly rule: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly value: string;
  readonly verdict: 'counts' | 'excluded' | null;
}

/** Something that happened to a contest. */
export interface ContestStep {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly by: string | null;
  readonly reason: string | null;
}

export interface PrizeAnswer {
  readonly id: string;
  readonly contest: string;
  readonly contestName: string;
  readonly person: Named;
  readonly prize: string;
  readonly item: AwardItem;
  /** What is taken back is below zero. */
  readonly sign: 1 | -1;
  readonly place: number | null;
  readonly at: string;
  readonly reason: string | null;
}

/** What is wrong with rules, and what one should think about. */
export interface ContestCheckAnswer {
  readonly faults: readonly ContestFinding[];
  readonly warnings: readonly ContestFinding[];
}

export interface ContestFinding {
  readonly code: string;
  readonly detail: string;
  readonly pointer: string;
  /** What a sentence in another language needs. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** One past window under a draft's rules; figures are exact decimals in the unit. */
export interface BacktestWindowAnswer {
  readonly from: string;
  readonly to: string;
  readonly winner: Named | null;
  readonly margin: string | null;
  readonly leadChanges: number;
  /** Who could still win at half-time, of `entrants`. */
  readonly inReach: number;
  readonly entrants: number;
  /** In the organisation's currency. */
  readonly cost: string;
  /** Places after each twelfth of the window, of those who came first to fifth. */
  readonly course: readonly { readonly entrant: Named; readonly ranks: readonly number[] }[];
  readonly rows: readonly {
    readonly entrant: Named;
    readonly rank: number | null;
    readonly tied: boolean;
    readonly score: string;
    readonly reached: number;
  }[];
  readonly awards: readonly {
    readonly person: Named;
    readonly item: AwardItem;
    readonly rank: number | null;
  }[];
}

/** What a draft would have done in past windows, oldest first. */
export interface BacktestAnswer {
  readonly unit: Unit;
  readonly currency: string;
  readonly events: number;
  readonly windows: readonly BacktestWindowAnswer[];
  /** Who scored nothing in any of them. */
  readonly without: readonly Named[];
  /** Who would have won all of several. */
  readonly always: Named | null;
  /** By drawing from everybody's own past days; `null` where days alone do not decide. */
  readonly chances: {
    readonly runs: number;
    readonly contenders: number;
    readonly wins: readonly { readonly entrant: Named; readonly wins: number }[];
  } | null;
  /** Who a plain count would have made the winner of each window. */
  readonly plain: readonly (Named | null)[];
}

/** `GET /v1/contests/{id}/effect`: `null` while it is not over. */
export interface ContestEffectOr {
  readonly effect: ContestEffectAnswer | null;
}

/** Whether a contest did what it was for. Figures are exact decimals in the metric's unit. */
export interface ContestEffectAnswer {
  readonly unit: Unit;
  readonly currency: string;
  /** Mean of the four windows before. */
  readonly baseline: string;
  readonly during: string;
  readonly uplift: string;
  /** Of the baseline, floored to a tenth; `null` without one. */
  readonly upliftPercent: string | null;
  /** `null` while the window after it is not over. */
  readonly after: string | null;
  readonly dip: string | null;
  readonly improved: number;
  readonly people: number;
  readonly winners: number;
  /** Percent of all that the best tenth brought. */
  readonly topShare: number | null;
  readonly cost: string;
  readonly costPerUnit: string | null;
}
