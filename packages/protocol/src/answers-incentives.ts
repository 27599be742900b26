import type { Exclusion, LedgerDelta, PlanFinding, PlanComponentKind } from '@ovation/domain';

/** A decimal in whole units of the payee's currency, exactly as many digits as it has. */
type MoneyText = string;
/** A number that was not rounded: a decimal, or a fraction such as `1000/3`. */
type ExactText = string;

/** `POST /v1/plans/preview`. Nothing was written. */
export interface PlanPreviewAnswer {
  readonly warnings: readonly PlanFinding[];
  readonly people: readonly PreviewedPayee[];
  /** Facts that pay somebody nothing, and why. */
  readonly excluded: readonly Exclusion[];
}

export interface PreviewedPayee {
  readonly person: string;
  readonly currency: string;
  readonly credits: readonly PreviewedCredit[];
  readonly periods: readonly PreviewedPeriod[];
  /** What could not be worked out; such components pay nothing. */
  readonly refusals: readonly {
    readonly code: string;
    readonly component: string;
    readonly period: string;
    readonly detail: string;
  }[];
}

export interface PreviewedCredit {
  readonly fact: string;
  readonly deal: string;
  readonly role: 'direct' | 'overlay' | 'rollup';
  /** How many levels below it was made; 0 for own. */
  readonly level: number;
  readonly period: string;
  readonly share: ExactText;
  readonly quotaShare: ExactText;
  /** The whole fact in the plan's currency, reversals taken off. */
  readonly amount: ExactText;
  readonly fx: PreviewedRate | null;
}
export interface PreviewedRate {
  readonly pair: string;
  readonly on: string;
  readonly rate: ExactText;
}

export interface PreviewedPeriod {
  readonly period: string;
  readonly components: readonly PreviewedComponent[];
  readonly earned: MoneyText;
  /** What is earned up to its end and not released. */
  readonly held: MoneyText;
  readonly entries: readonly (Omit<LedgerDelta, 'amountMinor' | 'person' | 'plan'> & {
    readonly amount: MoneyText;
  })[];
  readonly settlement: {
    readonly carryIn: MoneyText;
    readonly earned: MoneyText;
    readonly clawback: MoneyText;
    readonly drawRecovered: MoneyText;
    readonly drawAdvanced: MoneyText;
    readonly drawForgiven: MoneyText;
    /** What is owed of the draw afterwards. */
    readonly drawOwed: MoneyText;
    readonly carryOut: MoneyText;
  };
  /** Never below zero, unless the plan shows it so. */
  readonly payout: MoneyText;
}

export interface PreviewedComponent {
  readonly component: string;
  readonly kind: PlanComponentKind;
  readonly total: MoneyText;
  readonly lines: readonly PreviewedLine[];
  readonly trace: PreviewedTrace | null;
}

export interface PreviewedLine {
  /** The component, the shape that changed it, or `clawback`. */
  readonly node: string;
  readonly fact: string | null;
  readonly deal: string | null;
  /** In the plan's currency. */
  readonly exact: ExactText;
  /** Its part of the rounded total. */
  readonly amount: MoneyText;
  readonly before: ExactText | null;
  readonly after: ExactText | null;
  readonly slices: readonly {
    readonly from: ExactText | null;
    readonly to: ExactText | null;
    readonly amount: ExactText;
    readonly rate: ExactText;
    readonly pays: ExactText;
  }[];
}

/** Why a figure is what it is: enough to work it out again. */
export interface PreviewedTrace {
  readonly plan: string;
  readonly version: number;
  readonly mode: string | null;
  readonly measure: {
    readonly id: string;
    readonly window: string;
    /** Where it stood when the period began and when it ended. */
    readonly before: ExactText;
    readonly after: ExactText;
    readonly quota: ExactText | null;
    readonly quotaFrom: readonly {
      readonly amount: string;
      readonly ramp: ExactText;
      readonly days: ExactText;
    }[];
  } | null;
  readonly payoutFx: PreviewedRate | null;
  /** Gates, modifiers and bounds in their order: the window to date, before and after. */
  readonly then: readonly {
    readonly node: string;
    readonly kind: 'gate' | 'modifier' | 'cap' | 'floor';
    readonly in: ExactText;
    readonly out: ExactText;
    readonly passed: boolean | null;
    readonly left: string | null;
    readonly right: string | null;
    readonly times: ExactText | null;
    readonly hit: boolean | null;
  }[];
  readonly exact: ExactText;
}
