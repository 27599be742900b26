import type {
  PayEntryAnswer,
  PayPeriodAnswer,
  PayRefusalAnswer,
  PayTrace,
  StatementAnswer,
} from './answers-pay.ts';
import type { Named } from './socket-events.ts';

/** One person's pay; sums and dates are as in `answers-pay.ts`. */

/** What earned pay waits for before it is paid. */
export const PAY_WAITS = [
  /** Came since the last calculation. */
  'not_posted',
  /** The customer has not paid, or was not sent an invoice. */
  'unpaid',
  'not_invoiced',
  /** Somebody keeps it back. */
  'held',
  /** A part is kept back for some days, by the plan. */
  'holdback',
  /** Money that was won, and is not in the ledger yet. */
  'prize',
  /** Somebody asked to correct the event that pays it. */
  'under_review',
  'not_issued',
  /** A line of the statement is questioned. */
  'disputed',
  'not_approved',
  'not_paid_out',
] as const;

/** What is earned and not paid yet, and why. */
export interface PayPending {
  readonly amount: string;
  readonly why: (typeof PAY_WAITS)[number];
  readonly deal: string | null;
  /** The first day on which it waits no longer; `null`: nobody knows. */
  readonly until: string | null;
}

/** What a component goes by, so that it can be called by more than its kind. */
export interface PayBasis {
  /** The metric whose targets are its quota, without a name where it is known by its id. */
  readonly metric: (Pick<Named, 'id'> & Partial<Named>) | null;
  /** `amount`, `units`, `count` or an attribute; `null` where measures are added or divided. */
  readonly sum: string | null;
  /** What facts must say to count, such as a product. */
  readonly only: readonly string[];
}

/** One step from nothing to what a period pays: together they are `payable`, to the last cent. */
export interface PayPart {
  /**
   * `earned` by a component, `shaped` by a limit or multiplier, `taken_back` with a deal; an
   * `entry` besides the plan; `late`: for an earlier period, not posted yet; `held` back;
   * `elsewhere`: posted in another period.
   */
  readonly why: 'earned' | 'shaped' | 'taken_back' | 'entry' | 'late' | 'held' | 'elsewhere';
  readonly plan: Named | null;
  readonly component: string | null;
  /** The kind of the component, or of what shaped it; the type of the entry. */
  readonly kind: string | null;
  readonly basis: PayBasis | null;
  /** The period that it is for, where it is another one. */
  readonly origin: string | null;
  readonly amount: string;
}

/** What a deal is called, by its id in the log. */
export type PayDeals = Readonly<Record<string, PayDealShown>>;
export interface PayDealShown {
  readonly account: string | null;
  /** The day that it counts for. */
  readonly on: string | null;
}

/** How far somebody is on a component that pays by tiers. */
export interface PayPosition {
  readonly plan: Named;
  readonly component: string;
  readonly measure: string;
  readonly window: string;
  /** Money in the plan's currency, or a plain number. */
  readonly money: boolean;
  readonly value: string;
  readonly quota: string | null;
  /** In percent of the quota, one decimal, to look at. */
  readonly percent: string | null;
  /** The rate that the next unit is paid at; `null` where there is none. */
  readonly rate: string | null;
  /** All tiers from the lowest: where each begins, as `value` is written, and its rate. */
  readonly bands: readonly { readonly from: string; readonly rate: string }[];
  readonly basis: PayBasis | null;
  /** The next tier: how much is missing to it, its rate, and what reaching it adds to the pay. */
  readonly next: {
    readonly from: string;
    readonly missing: string;
    readonly rate: string;
    /** `null` where one deal cannot reach it, as with counts. */
    readonly adds: string | null;
  } | null;
}

/** `GET /v1/pay/me?period=&person=`: one person's pay in a period, as of the newest event. */
export interface PayMeAnswer {
  readonly person: Named;
  readonly currency: string;
  readonly period: PayPeriodAnswer | null;
  /** It reflects events up to here. */
  readonly seq: number;
  /** On which plans the person is in the period. */
  readonly plans: readonly Named[];
  /** Earned so far, posted or not; an estimate until the period is closed. */
  readonly earned: string;
  readonly estimate: boolean;
  /** What the period pays by now: with prizes, adjustments, draws and what was carried. */
  readonly payable: string;
  readonly paid: string;
  readonly parts: readonly PayPart[];
  readonly pending: readonly PayPending[];
  readonly deals: PayDeals;
  readonly components: readonly {
    readonly plan: Named;
    readonly version: number;
    readonly component: string;
    readonly kind: string;
    readonly basis: PayBasis | null;
    readonly amount: string;
    readonly trace: PayTrace | null;
  }[];
  readonly positions: readonly PayPosition[];
  readonly entries: readonly PayEntryAnswer[];
  readonly statements: readonly StatementAnswer[];
  readonly refusals: readonly PayRefusalAnswer[];
  /** Periods that can be asked for, the newest first. */
  readonly periods: readonly string[];
}

/** `POST /v1/pay/deal`: what a deal would pay, other things equal; writes nothing. */
export interface PayDealAnswer {
  readonly person: Named;
  readonly currency: string;
  readonly deal: string | null;
  readonly amount: string;
  readonly period: string;
  /** What it adds: pay with it less pay without it. */
  readonly pays: string;
  readonly components: readonly {
    readonly component: string;
    readonly pays: string;
  }[];
  readonly estimate: true;
}

/** `GET /v1/pay/people?period=`: everybody's pay in a period, for whoever looks after them. */
export interface PayPersonAnswer {
  readonly person: Named;
  readonly currency: string;
  readonly plans: readonly Named[];
  /** By the newest events, and by the ledger. */
  readonly earned: string;
  readonly posted: string;
  readonly statement: StatementAnswer | null;
}
