import type { PersonId } from '../types.ts';
import type { Credit } from './credit.ts';
import type { Exclusion } from './credits.ts';
import type { Figure, PayRefusal } from './run-state.ts';
import type { Settlement } from './settle.ts';

/** A change of the ledger: whole minor units of the payout currency, with their sign. */
export interface LedgerDelta {
  readonly person: PersonId;
  readonly plan: string;
  readonly component: string;
  readonly originPeriod: string;
  readonly postingPeriod: string;
  readonly amountMinor: bigint;
  /** An earlier period that lost is a clawback, one that gained an adjustment. */
  readonly type: 'earning' | 'adjustment' | 'clawback';
}

/** What should stand in the ledger for a component and an origin period, all in all. */
export interface LedgerTarget {
  readonly person: PersonId;
  readonly plan: string;
  readonly component: string;
  readonly originPeriod: string;
  readonly amountMinor: bigint;
}

/** A pay period of somebody. */
export interface PayPeriod {
  readonly period: string;
  /** What was earned for this period, by all that is known: one for each component. */
  readonly figures: readonly Figure[];
  readonly earnedMinor: bigint;
  /** Of what was earned up to its end, what is not released yet. */
  readonly heldMinor: bigint;
  /** What is posted in it: its own earnings and corrections of earlier periods. */
  readonly entries: readonly LedgerDelta[];
  readonly settlement: Settlement;
}

export interface PayeeResult {
  readonly person: PersonId;
  readonly currency: string;
  /** Digits of the minor unit. */
  readonly exponent: number;
  readonly credits: readonly (Credit & { readonly plan: string; readonly period: number })[];
  readonly periods: readonly PayPeriod[];
  /** Everything that could not be worked out; its components pay nothing. */
  readonly refusals: readonly PayRefusal[];
  readonly targets: readonly LedgerTarget[];
}

export interface IncentiveResult {
  readonly people: readonly PayeeResult[];
  readonly excluded: readonly Exclusion[];
}
