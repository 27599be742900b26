import { currencyExponent } from './currency.ts';
import type { ActivityClass } from './event.ts';
import type { Instant } from './types.ts';

/** Counts are kept in millionths, so that a third of a deal is counted exactly enough to add up. */
export const COUNT_SCALE = 6;
/** Percent and durations (seconds) are kept in thousandths. */
export const PERCENT_SCALE = 3;
export const DURATION_SCALE = 3;

/** `revenue`, `win-rate`, … for the starter set; `met_…` for an organisation's own. */
export type MetricId = string;

/** What a metric's numbers are: how many digits they carry and how they are read. */
export type Unit =
  | { readonly kind: 'money'; readonly currency: string; readonly scale: number }
  | { readonly kind: 'count' | 'percent' | 'duration' | 'points'; readonly scale: number };
export const UNIT_KINDS = ['money', 'count', 'duration', 'percent', 'points'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** The events that a metric may count. */
export const COUNTABLE_TYPES = [
  'deal.opened',
  'deal.stage_changed',
  'deal.won',
  'deal.lost',
  'activity.logged',
  'kpi.reported',
  'payment.received',
  'payment.refunded',
] as const;
export type CountableType = (typeof COUNTABLE_TYPES)[number];

/** What a condition can ask of an event, besides `attributes.<name>`. */
export const EVENT_FIELDS = ['type', 'source', 'activity', 'class', 'stage', 'kpi'] as const;
export type FieldName = (typeof EVENT_FIELDS)[number] | `attributes.${string}`;

/** One thing that must hold. Texts are compared without regard to case; numbers as decimals. */
export interface Condition {
  readonly field: FieldName;
  readonly is?: readonly string[];
  readonly isNot?: readonly string[];
  readonly atLeast?: string;
  readonly atMost?: string;
}

/** Which events: any of the types, with all of the conditions. */
export interface Selection {
  readonly events: readonly CountableType[];
  readonly where?: readonly Condition[];
}

/** Where a metric's number is taken from: the deal's amount, a reading, or a numeric attribute. */
export type NumberOf = 'amount' | 'value' | `attributes.${string}`;

/** Decimals in the metric's unit: the most one event adds, and the most a person has in a day. */
export interface Caps {
  readonly event?: string;
  readonly day?: string;
}

/** One line of a scorecard: points per whole unit of a metric, up to so many of its units. */
export interface ScorecardPart {
  readonly metric: MetricId;
  readonly weight: string;
  readonly cap?: string;
}

/** How a metric is counted. A change of it is a new version with a start. */
export type MetricDefinition =
  | ({ readonly kind: 'count'; readonly caps?: Caps } & Selection)
  | ({ readonly kind: 'sum'; readonly of: NumberOf; readonly caps?: Caps } & Selection)
  | ({ readonly kind: 'average' | 'min' | 'max' | 'latest'; readonly of: NumberOf } & Selection)
  /** How many different values of a field. */
  | ({ readonly kind: 'distinct'; readonly of: FieldName } & Selection)
  /** One metric for each unit of another; percent when the unit is percent. */
  | { readonly kind: 'ratio'; readonly top: MetricId; readonly bottom: MetricId }
  /** How many of some events are among others, in percent. */
  | { readonly kind: 'share'; readonly of: Selection; readonly among: Selection }
  /** Of the deals that entered a stage in the window, how many later reached another, in percent.
   *  `opened` and `won` are stages too. */
  | {
      readonly kind: 'conversion';
      readonly from: string;
      readonly to: string;
      readonly where?: readonly Condition[];
    }
  /** From opened to won, on average, by when it was won. */
  | { readonly kind: 'cycle'; readonly where?: readonly Condition[] }
  /** From opened to the first activity on the deal, on average, by when that was. */
  | { readonly kind: 'first_activity'; readonly where?: readonly Condition[] }
  | { readonly kind: 'scorecard'; readonly parts: readonly ScorecardPart[] };
export type MetricKind = MetricDefinition['kind'];

/** One published way of counting; in force for what happened from `from` on. */
export interface MetricVersion {
  readonly version: number;
  readonly from: Instant;
  readonly definition: MetricDefinition;
}

/** A KPI. Its unit and direction are for good; how it is counted has versions, oldest first. */
export interface Metric {
  readonly id: MetricId;
  readonly unit: UnitKind;
  readonly better: 'higher' | 'lower';
  /** The kind of work it measures, where it is one. */
  readonly class: ActivityClass | null;
  readonly versions: readonly MetricVersion[];
  readonly retired: boolean;
}

/** The unit of a metric in an organisation that counts money in `currency`. */
export function unitOf(metric: Pick<Metric, 'unit'>, currency: string): Unit {
  if (metric.unit === 'money') {
    const scale = currencyExponent(currency);
    if (scale === undefined) throw new RangeError(`unknown currency: ${currency}`);
    return { kind: 'money', currency, scale };
  }
  return { kind: metric.unit, scale: SCALES[metric.unit] };
}

const SCALES = {
  count: COUNT_SCALE,
  points: COUNT_SCALE,
  percent: PERCENT_SCALE,
  duration: DURATION_SCALE,
} as const;
