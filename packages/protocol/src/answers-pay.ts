import type { Named } from './socket-events.ts';

/**
 * What the API answers about pay. Money is an exact decimal text in `currency`, below zero where it
 * is taken back; dates are ISO 8601 in the organisation's zone, and stretches are half-open: `to`
 * is the first date that is no longer in it. A pay period is named by its first date.
 */

/** Something that could not be worked out for somebody. */
export interface PayRefusalAnswer {
  readonly code: string;
  readonly person: Named | null;
  readonly component: string | null;
  readonly period: string | null;
  readonly detail: string;
}

/** `GET /v1/pay/rules`. */
export interface PayRulesAnswer {
  readonly period: 'month' | 'quarter' | 'half' | 'year';
  /** From this sum on a statement needs a second word; `null`: never. */
  readonly secondFrom: string | null;
  readonly currency: string;
}

/** `GET /v1/pay/periods`, each of `periods`, the newest first. */
export interface PayPeriodAnswer {
  readonly id: string;
  readonly kind: 'month' | 'quarter' | 'half' | 'year';
  readonly from: string;
  readonly to: string;
  /** `calculated` takes entries still; `closed` takes none. */
  readonly state: 'open' | 'calculated' | 'closed';
  readonly currency: string;
  readonly calculatedAt: string | null;
  /** The newest event that the calculation knew. */
  readonly asOfSeq: number | null;
  readonly closedAt: string | null;
  readonly closedBy: Named | null;
  readonly reopened: {
    readonly at: string;
    readonly by: Named;
    readonly reason: string;
  } | null;
  /** What is paid in it by the ledger, payouts left out; people with entries; statements. */
  readonly total: string;
  readonly people: number;
  readonly statements: {
    readonly issued: number;
    readonly approved: number;
    readonly disputed: number;
    readonly final: number;
  };
  /** What the caller may do with it now. */
  readonly may: { readonly calculate: boolean; readonly close: boolean; readonly reopen: boolean };
}

/** `POST /v1/pay/periods/{id}/calculate`: what it posted. Again it posts nothing. */
export interface PayCalculationAnswer {
  readonly period: PayPeriodAnswer;
  /** Entries that were new, and what they come to. */
  readonly posted: number;
  readonly total: string;
  /** Of them, what belongs to earlier periods. */
  readonly late: { readonly entries: number; readonly total: string };
  readonly runHash: string;
  readonly refusals: readonly PayRefusalAnswer[];
}

export const PAY_ENTRY_KINDS = [
  'earning',
  'adjustment',
  'spiff',
  'prize',
  'clawback',
  'reserve',
  'reserve_release',
  'draw_advance',
  'draw_recovery',
  'draw_forgiven',
  'carry_in',
  'carry_out',
  'payout',
  'fx_difference',
] as const;

/** One movement of the ledger: `GET /v1/pay/entries`, each of `entries`, in order. */
export interface PayEntryAnswer {
  readonly id: string;
  readonly person: Named;
  readonly type: (typeof PAY_ENTRY_KINDS)[number];
  readonly amount: string;
  readonly currency: string;
  /** The period that it was earned in, and the one that pays it. */
  readonly origin: string;
  readonly posting: string;
  readonly plan: Named | null;
  readonly version: number | null;
  readonly component: string | null;
  /** The entry that it takes back. */
  readonly reverses: string | null;
  readonly reason: string | null;
  readonly by: Named | null;
  readonly at: string;
}

/** A line of a statement. */
export interface StatementLine extends PayEntryAnswer {
  /** How it came about; `null` for what was entered by hand. */
  readonly trace: PayTrace | null;
  readonly dispute: DisputeAnswer | null;
}

/**
 * How a figure came about, node by node: complete enough to be worked out again by hand. Numbers
 * are exact decimals or fractions in text.
 */
export type PayTrace = Readonly<Record<string, unknown>>;

export interface DisputeAnswer {
  readonly id: string;
  /** The line that is questioned; `null`: something is missing. */
  readonly line: string | null;
  readonly by: Named | null;
  readonly text: string;
  readonly state: 'open' | 'accepted' | 'declined' | 'withdrawn';
  readonly at: string;
  readonly decidedAt: string | null;
  readonly decidedBy: Named | null;
  readonly answer: string | null;
  /** What it ended in: an entry of the ledger, or the event by which a fact was corrected. */
  readonly entry: string | null;
  readonly correction: string | null;
}

/** `GET /v1/statements`, each of `statements`; without lines. */
export interface StatementAnswer {
  readonly id: string;
  readonly person: Named;
  readonly period: string;
  /** 1 and up: it was issued again after something changed. */
  readonly number: number;
  readonly state: 'draft' | 'issued' | 'approved' | 'disputed' | 'final';
  readonly currency: string;
  readonly total: string;
  readonly hash: string;
  readonly issuedAt: string | null;
  readonly issuedBy: Named | null;
  readonly approvals: readonly {
    readonly step: number;
    readonly by: Named;
    readonly at: string;
  }[];
  /** Whether it needs a second word, and from which sum on it would. */
  readonly needsSecond: boolean;
  /** The ledger has other figures by now: it should be issued again before it is approved. */
  readonly outdated: boolean;
  readonly openDisputes: number;
  /** A newer one of the same person and period is there. */
  readonly replaced: boolean;
  /** What the caller may do with it now. */
  readonly may: { readonly approve: boolean; readonly dispute: boolean };
}

/** What words on a statement and on its lines answer: the statement as it stands then. */
export interface StatementDetailAnswer extends StatementAnswer {
  readonly lines: readonly StatementLine[];
  readonly sums: PaySums;
  readonly disputes: readonly DisputeAnswer[];
}

/** A line as it is read: what its component is called by. */
export interface StatementPaperLine extends StatementLine {
  readonly kind: string | null;
  readonly basis: PayBasis | null;
}

/** `GET /v1/statements/{id}`: with the dates of its period and the names of deals. */
export interface StatementPaperAnswer extends Omit<StatementDetailAnswer, 'lines'> {
  readonly span: Pick<PayPeriodAnswer, 'kind' | 'from' | 'to'>;
  readonly lines: readonly StatementPaperLine[];
  readonly deals: PayDeals;
}

/** What a ledger comes to, by what it is for. */
export interface PaySums {
  readonly earned: string;
  readonly adjustments: string;
  readonly prizes: string;
  readonly clawbacks: string;
  readonly draws: string;
  readonly carried: string;
  /** All together: what is paid, never below zero once the period is closed. */
  readonly total: string;
}

/** `GET /v1/pay/payouts`, each of `payouts`. `POST …/export` answers its CSV, always the same. */
export interface PayoutAnswer {
  readonly id: string;
  readonly period: string;
  readonly state: 'draft' | 'exported';
  readonly currency: string;
  readonly total: string;
  readonly lines: readonly {
    readonly person: Named;
    readonly amount: string;
    readonly entry: string;
  }[];
  readonly createdAt: string;
  readonly createdBy: Named | null;
  readonly exportedAt: string | null;
  /** SHA-256 of the exported bytes. */
  readonly exportHash: string | null;
}

/** `GET /v1/pay/recounts`, each of `recounts`, the newest first. */
export interface RecountAnswer {
  readonly day: string;
  readonly at: string;
  readonly periods: number;
  readonly entries: number;
  /** What all periods counted anew come to, less what the ledger has; 0 where all is well. */
  readonly difference: string;
  readonly currency: string;
  readonly differences: readonly {
    readonly person: string;
    readonly plan: string;
    readonly component: string;
    readonly period: string;
    readonly difference: string;
  }[];
}

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
