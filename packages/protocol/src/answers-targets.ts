import type { ActivityClass, MetricId, PeriodKind, TargetScope, Unit } from '@ovation/domain';

/** What the API answers about targets, and about how figures went over time. */

/** `GET /v1/targets?metric=&period=&start=`. */
export interface TargetsAnswer {
  readonly metric: MetricId;
  readonly period: PeriodKind;
  /** First date of the window, and the instants it runs between. */
  readonly start: string;
  readonly from: string;
  readonly to: string;
  readonly unit: Unit;
  readonly targets: readonly {
    readonly scope: TargetScope;
    readonly entity: string | null;
    readonly value: string;
  }[];
  /** Sum of the people of a team (or of all) against its own target. */
  readonly rollUp: readonly {
    readonly entity: string | null;
    readonly own: string | null;
    readonly people: string;
    readonly percent: string | null;
  }[];
  readonly consequences: readonly ConsequenceAnswer[];
}
export interface ConsequenceAnswer {
  readonly id: string;
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly atPercent: number;
  readonly text: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** `PUT /v1/targets/bulk` with `{ metric, period, start?, targets: [{scope, entity, value}] }`. */
export interface TargetsSaved {
  readonly saved: number;
  readonly refused: readonly {
    readonly index: number;
    readonly code: string;
    readonly detail: string;
  }[];
}

/**
 * `POST /v1/targets/plan`: works targets out and, with `apply`, sets them.
 * `{ kind: 'copy', metric, period, start, to, percent? }` every target into another window;
 * `{ kind: 'spread', metric, period, start, into, by, scope, entity }` with `by` `working_days` or
 * `seasonality`: one target into the shorter windows within it;
 * `{ kind: 'prorate', metric, period, start, person, from?, until? }` for joiners and leavers;
 * `{ kind: 'ramp', metric, period, start, person, percents, value }` for new hires.
 */
export interface TargetsPlanned {
  readonly applied: boolean;
  readonly targets: readonly {
    readonly scope: TargetScope;
    readonly entity: string | null;
    readonly period: PeriodKind;
    readonly start: string;
    readonly value: string;
    readonly was: string | null;
    /** Why this much: `11 of 22 working days`. */
    readonly because: string;
  }[];
}

/** `GET /v1/targets/changes?metric=&period=&start=&scope=&entity=`, newest first. */
export interface TargetChange {
  readonly at: string;
  readonly by: string | null;
  readonly scope: TargetScope;
  readonly entity: string | null;
  readonly start: string;
  readonly was: string | null;
  readonly now: string | null;
}

/** `GET /v1/attainment?metric=&period=&scope=&entity=&at=`: where somebody stands, and heads. */
export interface AttainmentAnswer {
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly unit: Unit;
  readonly value: string | null;
  readonly target: string | null;
  readonly percent: string | null;
  /** What should be there by now; days ahead (negative: behind), in working days. */
  readonly pace: string | null;
  readonly days: string | null;
  readonly neededPerDay: string | null;
  readonly workDaysLeft: string;
  /** `null` until a quarter of the window and 20 events are there. */
  readonly projection: {
    readonly runs: number;
    /** Of runs at the window's end: 10th, 25th, 50th, 75th and 90th percentile. */
    readonly p10: string;
    readonly p25: string;
    readonly p50: string;
    readonly p75: string;
    readonly p90: string;
    /** In percent of runs. */
    readonly reach: number | null;
    /** A few runs, value at each working day's end, to draw. */
    readonly paths: readonly (readonly string[])[];
    readonly days: readonly string[];
  } | null;
  readonly consequences: readonly ConsequenceAnswer[];
}

/** `GET /v1/history?metric=&by=&from=&to=&scope=&entity=&split=&compare=`. */
export interface HistoryAnswer {
  readonly metric: MetricId;
  readonly unit: Unit;
  readonly by: 'day' | 'week' | 'month' | 'quarter' | 'year';
  readonly from: string;
  readonly to: string;
  readonly points: readonly {
    /** First date of the point's window, and its instants. */
    readonly start: string;
    readonly from: string;
    readonly to: string;
    readonly value: string | null;
    /** The same place in the period before. */
    readonly before: string | null;
    readonly target: string | null;
  }[];
  readonly total: string | null;
  readonly totalBefore: string | null;
  /** By value of `split` (`attributes.product`, `person`, `team`), largest first, rest together. */
  readonly parts: readonly {
    readonly key: string;
    readonly name: string;
    readonly total: string | null;
    readonly values: readonly (string | null)[];
  }[];
}
/** `GET /v1/history/mix`: activities by kind and class. */
export interface MixAnswer {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly {
    readonly activity: string;
    readonly class: ActivityClass;
    readonly count: string;
  }[];
}
/** `GET /v1/history/funnel`: deals opened in the time, by the furthest stage they reached. */
export interface FunnelAnswer {
  readonly from: string;
  readonly to: string;
  readonly stages: readonly {
    readonly stage: string;
    readonly deals: number;
    /** Percent of the stage before. */
    readonly percent: string | null;
    readonly medianDays: string | null;
  }[];
  readonly won: number;
  readonly lost: number;
  readonly open: number;
}
/** `GET /v1/history/sources?attribute=lead_source`: what each lead source or campaign brought. */
export interface LeadSourcesAnswer {
  readonly attribute: string;
  readonly from: string;
  readonly to: string;
  readonly rows: readonly {
    readonly value: string;
    readonly opened: number;
    readonly won: number;
    readonly winRate: string | null;
    readonly revenue: string;
    readonly averageDays: string | null;
  }[];
}
