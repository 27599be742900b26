import type { Ratio } from '../contest/ratio.ts';
import type { PlanComponent, PlanDefinition, PlanMeasure } from './definition.ts';

/** Something that is wrong with a plan, or worth a thought; the pointer leads into it. */
export interface PlanFinding {
  readonly code: string;
  /** One sentence that says what to do. */
  readonly detail: string;
  readonly pointer: string;
  /** What a sentence in another language needs. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A slice of a credit and what it pays: minor units of the plan's currency. */
export interface PaySlice {
  readonly from?: Ratio;
  readonly to?: Ratio;
  readonly amount: Ratio;
  readonly rate: Ratio;
  readonly pays: Ratio;
}

/** One credit on its measure. Money is in minor units of the plan's currency. */
export interface EventStep {
  /** What is paid on: the amount with the pay share. */
  readonly amount: Ratio;
  /** What moves the position: the amount with the quota share. */
  readonly moves: Ratio;
  readonly before: Ratio;
  readonly after: Ratio;
  /** The pay share itself, for pay that is not by amount, and the units with it. */
  readonly share: Ratio;
  readonly units: Ratio;
  /** The day that it counts for. */
  readonly day: number;
  /** What the window's quota is; asked for, a missing one is a refusal. */
  readonly quota: () => Ratio | null;
  /** For how many levels below it was rolled up; 0 for own credit. */
  readonly level: number;
  /** How often the component paid before, for the same payee. */
  readonly earlier: number;
  readonly traced: boolean;
  /** What a field of the fact says. */
  readonly field: (name: string) => string | undefined;
  readonly targetIncentive: Ratio | null;
}

export interface EventPay {
  readonly pays: Ratio;
  /** What of it is the credit's own; the rest is earlier credits at a new rate. */
  readonly own?: Ratio;
  readonly slices?: readonly PaySlice[];
}

/** The end of a period, or of as much of it as is there. */
export interface PeriodStep {
  /** What a measure has come to in its window; as a plain number where it is no money. */
  readonly measure: (id: string) => Ratio;
  readonly quota: (measure: string) => Ratio | null;
  readonly targetIncentive: Ratio | null;
  /** What another component earned in its window so far, shaped. */
  readonly earned: (component: string) => Ratio;
  /** What everybody on the plan has in a measure, in the order of their ids. */
  readonly everybody: (measure: string) => readonly (readonly [string, Ratio])[];
  readonly person: string;
  /** Rounds to whole minor units of the plan's currency, halves away from zero. */
  readonly rounded: (value: Ratio) => bigint;
}

export interface PeriodPay {
  /** In the window up to now. */
  readonly pays: Ratio;
  readonly slices?: readonly PaySlice[];
  readonly about?: Readonly<Record<string, string>>;
}

/** What a component came to in its window up to now, before it is shaped. */
export interface ShapeStep extends Pick<PeriodStep, 'measure' | 'quota'> {
  readonly total: Ratio;
  /** Of it, what single deals made, where a shape asks for deals. */
  readonly deals: ReadonlyMap<string, DealPay>;
  /** Whether what a floor added to a deal stays when the deal is taken back. */
  readonly keepsMinimum: boolean;
}
export interface DealPay {
  /** What the deal pays, reversals taken off. */
  readonly pays: Ratio;
  /** What it paid before reversals, for floors that are kept. */
  readonly original: Ratio;
  /** Whether anything of the deal is left. */
  readonly stands: boolean;
}

/** What a shape makes of it: all times a factor, another total, or other pay for some deals. */
export type Shaped = { readonly trace: ShapeTrace } & (
  | { readonly times: Ratio }
  | { readonly total: Ratio }
  | { readonly deals: ReadonlyMap<string, Ratio> }
);
export type ShapeTrace =
  | {
      readonly kind: 'gate';
      readonly passed: boolean;
      readonly left: string;
      readonly right: string;
    }
  | { readonly kind: 'modifier'; readonly times: Ratio }
  | { readonly kind: 'cap' | 'floor'; readonly hit: boolean };

/** A component with its numbers read, ready to be asked again and again. */
export interface Runner {
  readonly event?: (step: EventStep) => EventPay | null;
  readonly period?: (step: PeriodStep) => PeriodPay;
  readonly shape?: (step: ShapeStep) => Shaped;
}

/** What a kind needs to read its numbers. */
export interface PlanLook {
  readonly plan: PlanDefinition;
  readonly exponent: number;
  readonly measure: (id: string) => PlanMeasure | undefined;
  /** Whether a measure is in money (minor units) and not a plain number. */
  readonly isMoney: (measure: string) => boolean;
  /** A number as a measure has it: money in minor units, else as it stands. */
  readonly onMeasure: (measure: string, text: string) => Ratio;
  /** Money in minor units. */
  readonly money: (text: string) => Ratio;
  /** What a rate is multiplied with to give minor units: one for money, else minor per whole. */
  readonly perUnit: (measure: string) => Ratio;
}

/** Where a check writes what it finds; the pointer goes on from the component. */
export interface CheckLook extends PlanLook {
  readonly fault: (code: string, detail: string, pointer: string) => void;
  readonly warn: (
    code: string,
    detail: string,
    pointer: string,
    values?: PlanFinding['values'],
  ) => void;
}

/**
 * One kind of component. `event` pays at each credit, `period` says at the end of each period what
 * the window comes to, `shape` changes what others earn; which of them is the kind's `role`.
 */
export interface PlanKind<C extends PlanComponent = PlanComponent> {
  readonly role: 'event' | 'period' | 'shape';
  /** The order in which shapes work. */
  readonly stage?: (component: C) => ShapeStage;
  /** Measures that it reads at the end of a period, and those whose credits it pays on. */
  readonly reads: (component: C) => readonly string[];
  /** Measures by whose quota it goes. */
  readonly quotas?: (component: C) => readonly string[];
  /** Beyond what every component is checked for: its names and numbers are there. */
  readonly check: (component: C, look: CheckLook) => void;
  readonly run: (component: C, look: PlanLook) => Runner;
}

export const SHAPE_STAGES = ['gate', 'modifier', 'deal', 'period', 'plan'] as const;
export type ShapeStage = (typeof SHAPE_STAGES)[number];
