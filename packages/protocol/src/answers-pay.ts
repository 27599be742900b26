import type { PayBasis, PayDeals } from './answers-pay-me.ts';
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
  /** From this sum on approving it, and paying it out, needs a code; `null`: never. */
  readonly factorFrom: string | null;
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
  /** Whether approving it needs a code of the second factor. */
  readonly needsCode: boolean;
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
