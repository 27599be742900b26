import type { Ratio } from '../contest/ratio.ts';
import type { DealPay, PaySlice, ShapeTrace } from './component.ts';
import type { Credit } from './credit.ts';
import { NONE } from './exact.ts';
import type { QuotaPart } from './quota.ts';

/** One line of what a component earned in a period: minor units of the plan's currency, exact. */
export interface EarnedLine {
  /** The component itself, the shape that changed it, or `clawback`. */
  readonly by: string;
  readonly fact: string | null;
  readonly deal: string | null;
  readonly exact: Ratio;
  /** Where the measure stood before and after. */
  readonly before?: Ratio;
  readonly after?: Ratio;
  readonly slices?: readonly PaySlice[];
  readonly fx?: Credit['fx'];
}

/** A line with what it comes to after the total was rounded: minor units of the payout currency. */
export interface PaidLine extends EarnedLine {
  readonly minor: bigint;
}

/** What a component earned for an origin period. */
export interface Figure {
  readonly plan: string;
  readonly version: number;
  readonly component: string;
  readonly kind: string;
  readonly mode?: string;
  readonly period: number;
  /** Exact, in minor units of the plan's currency. */
  readonly exact: Ratio;
  /** Rounded once, in minor units of the payout currency. */
  readonly minor: bigint;
  readonly lines: readonly PaidLine[];
  readonly measure: MeasureTrace | null;
  readonly shapes: readonly {
    readonly by: string;
    readonly trace: ShapeTrace;
    in: Ratio;
    out: Ratio;
  }[];
  readonly about?: Readonly<Record<string, string>>;
  readonly payoutFx: { readonly pair: string; readonly on: string; readonly rate: Ratio } | null;
}

export interface MeasureTrace {
  readonly id: string;
  readonly window: string;
  readonly money: boolean;
  readonly before: Ratio;
  readonly after: Ratio;
  readonly quota: Ratio | null;
  readonly quotaFrom: readonly QuotaPart[];
}

/** Something that could not be worked out for somebody, and why. */
export interface PayRefusal {
  readonly code: 'no_quota' | 'no_target';
  readonly person: string;
  readonly plan: string;
  readonly component: string;
  readonly period: string;
  readonly detail: string;
}

/** Where a measure stands in its window. */
export class MeasureState {
  key = '';
  value: Ratio = NONE;
  /** Where it stood when the period began. */
  opened: Ratio = NONE;
  period = -2;

  roll(key: string, period: number): void {
    if (this.key !== key) [this.key, this.value] = [key, NONE];
    if (this.period !== period) [this.period, this.opened] = [period, this.value];
  }
}

/** What a component has come to in its window. */
export class ComponentState {
  key = '';
  raw: Ratio = NONE;
  /** Shaped, with clawbacks: up to the last period that was closed. */
  given: Ratio = NONE;
  /** The same in minor units of the payout currency, exact and rounded. */
  converted: Ratio = NONE;
  rounded = 0n;
  times = 0;
  shaped: Ratio = NONE;
  /** What was taken back in this window: not above zero. */
  clawed: Ratio = NONE;
  changes = new Map<string, Ratio>();
  deals = new Map<string, DealPay>();
  lines: EarnedLine[] = [];

  roll(key: string): void {
    if (this.key === key) return;
    this.key = key;
    this.raw = this.given = this.converted = NONE;
    this.shaped = this.clawed = NONE;
    this.rounded = 0n;
    this.changes = new Map();
    this.deals = new Map();
  }
}
