import type {
  Condition,
  MetricDefinition,
  MetricId,
  PeriodKind,
  RankedBy,
  TargetScope,
  Unit,
} from '@ovation/domain';
import type { EventLine } from './answers.ts';
import type { TargetChange } from './answers-targets.ts';
import type { Named } from './socket-events.ts';

/** How numbers are explained; written as all answers are, see `answers.ts`. */

/**
 * `GET /v1/explain/boards/{slug}/{entity}?at=&known=` and
 * `GET /v1/explain/metrics/{metric}/{scope}/{entity}?period=&at=&known=`: how a number is counted.
 * `*` (or `all`, or the organisation's id) is everybody together.
 */
export interface ExplainAnswer {
  readonly metric: {
    readonly id: MetricId;
    /** Empty for a starter metric: its name is in the pages' catalogues, by id. */
    readonly name: string;
    readonly names: Readonly<Record<string, string>>;
    readonly unit: Unit;
  };
  readonly definition: MetricDefinition;
  readonly version: number;
  readonly versionFrom: string | null;
  readonly entity: Named | null;
  readonly scope: TargetScope;
  readonly period: PeriodKind;
  readonly from: string | null;
  readonly to: string | null;
  readonly at: string;
  readonly known: string | null;
  readonly seq: number;
  readonly where: readonly Condition[];
  /** What `value` is: of a board that ranks by something made of the metric, that. */
  readonly rankedBy: RankedBy;
  readonly unit: Unit;
  /** As the board shows it. */
  readonly value: string | null;
  /**
   * What the value is made of: one `value`; `top` ÷ `bottom`; the lines of a scorecard. Where a
   * board ranks by something else the first part is the metric's `value` and the others are what
   * it is held against: `target`, `earlier` (less it) or `heads` (for each).
   */
  readonly parts: readonly ExplainPart[];
  /**
   * Credits that counted once and no longer do, newest first, with what ended them; at most 200.
   * Of a metric made of several parts an event is named once.
   */
  readonly corrections: readonly {
    readonly event: EventLine;
    readonly person: Named | null;
    readonly unit: Unit;
    readonly value: string;
    /** What it counts instead; `null` when it counts nothing here. */
    readonly now: string | null;
    readonly by: EventLine | null;
    readonly at: string;
  }[];
  readonly rank: {
    readonly rank: number;
    readonly of: number;
    readonly tied: boolean;
    /**
     * Whoever is level, in order and with the asked one among them: who got there first comes
     * first, and at one instant the id decides. Empty for who is level with nobody.
     */
    readonly level: readonly { readonly entity: Named; readonly reachedAt: string }[];
  } | null;
}
export interface ExplainPart {
  /** `value`, `top`, `bottom`, the metric of a scorecard's line, `target`, `earlier`, `heads`. */
  readonly role: string;
  readonly metric: MetricId;
  /** `null` where the part has `parts`, or no events at all (a target). */
  readonly aggregate: 'sum' | 'min' | 'max' | 'latest' | 'distinct' | null;
  readonly unit: Unit;
  readonly total: string | null;
  /** For a scorecard's line: points per unit, the cap, and the points that it gives. */
  readonly weight: string | null;
  readonly cap: string | null;
  readonly points: string | null;
  /** How many credits are in it. */
  readonly count: number;
  /**
   * Newest first; at most 200, the rest is in `more`. Of a sum, events, `more` and `capped` add up
   * to `total` exactly.
   */
  readonly events: readonly ExplainEvent[];
  /**
   * The rest: its sum, its least, most or latest, or the items that only it has. `null` where it
   * is of other people's single events and may not be told.
   */
  readonly more: { readonly count: number; readonly value: string | null } | null;
  /** What the cap of a person's day takes away (below zero); `null` where nothing is capped. */
  readonly capped: string | null;
  /** Where it is not the answer's own window. */
  readonly window: { readonly from: string; readonly to: string } | null;
  /** Of a metric that is made of others. */
  readonly parts: readonly ExplainPart[];
}
/** One credit: `value` is what it counts, `whole` what everybody has of the event together. */
export interface ExplainEvent {
  /** With the amount and the attributes that it has by now, corrections included. */
  readonly event: EventLine;
  readonly person: Named | null;
  readonly share: string | null;
  readonly whole: string;
  readonly value: string;
  /** What a count of different things tells apart. */
  readonly item: string | null;
  /** Of an amount in another currency: what was sent, the rate used and from when that is. */
  readonly rate: { readonly rate: string; readonly date: string; readonly sent: string } | null;
}

/** `GET /v1/explain/targets/{metric}/{scope}/{entity}?period=&at=`: the value, and its target. */
export interface ExplainTargetAnswer extends ExplainAnswer {
  readonly target: string | null;
  /** Of the target, floored to a tenth. */
  readonly percent: string | null;
  /** What should be there by `at`: as much of the target as working time has gone. */
  readonly pace: string | null;
  /** Working days gone of all; `null` where there are none to go by. */
  readonly workDays: { readonly gone: string; readonly of: string } | null;
  /** Who set it when, newest first; at most 100. */
  readonly changes: readonly TargetChange[];
}
