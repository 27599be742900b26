import type { PayRefusalAnswer } from './answers-pay.ts';
import type { Named } from './socket-events.ts';

/**
 * What the API answers about incentive plans. Money is an exact decimal text, dates are ISO 8601 in
 * the organisation's zone, and stretches are half-open: `to` is the first date that is not in it.
 */

/** A version of a plan's rules. `approved` never changes; a change is a further version. */
export interface PlanVersionAnswer {
  readonly number: number;
  readonly status: 'draft' | 'approved' | 'retired';
  readonly from: string;
  readonly to: string | null;
  /** As `PlanDefinition` of the domain: `schema`, `currency`, `measures`, `components`, … */
  readonly definition: Readonly<Record<string, unknown>>;
  /** The same rules have the same. */
  readonly hash: string;
  readonly createdBy: Named | null;
  readonly updatedAt: string;
  readonly approvedBy: Named | null;
  readonly approvedAt: string | null;
}

/** `GET /v1/plans`, each of `plans`; one alone at `GET /v1/plans/{id}`. */
export interface PlanAnswer {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly createdAt: string;
  /** Oldest first. */
  readonly versions: readonly PlanVersionAnswer[];
  /** The number that pays today; `null` while none does. */
  readonly inForce: number | null;
  /** People on it today. */
  readonly people: number;
}

/** A fault or a thought about rules; the pointer leads into the definition. */
export interface PlanFindingAnswer {
  readonly code: string;
  readonly detail: string;
  readonly pointer: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** `POST /v1/plans/{id}/versions/{number}/check`; writes nothing. */
export interface PlanCheckAnswer {
  /** What keeps it from being approved. */
  readonly faults: readonly PlanFindingAnswer[];
  /** Worth a thought: cliffs, rates that fall, people without targets. */
  readonly warnings: readonly PlanFindingAnswer[];
}

/** One place where two versions differ: `/components/base/bands`; `null` is not there. */
export interface PlanChange {
  readonly path: string;
  readonly was: unknown;
  readonly now: unknown;
}
/** `GET /v1/plans/{id}/versions/{number}/diff?against=`. */
export interface PlanDiffAnswer {
  readonly number: number;
  /** `null`: there is none before it. */
  readonly against: number | null;
  readonly changes: readonly PlanChange[];
}

/** `GET /v1/plans/{id}/assignments`, each of `assignments`. */
export interface AssignmentAnswer {
  readonly id: string;
  readonly person: Named;
  readonly from: string;
  readonly to: string | null;
  /** What reaching every target pays, for the whole window of a component. */
  readonly targetIncentive: string | null;
}

/** One person's pay by the rules of now and by those that are tried. */
export interface WhatIfPerson {
  readonly person: Named;
  readonly now: string;
  readonly next: string;
  /** `next` less `now`: above zero they gain. */
  readonly difference: string;
  /** Components of the tried rules that were cut by a cap, in any of the periods. */
  readonly caps: readonly string[];
}

/** A place where pay jumps at an edge instead of growing. */
export interface PlanCliff {
  readonly component: string;
  /** Where the edge is: a position of the component, as it is written in the rules. */
  readonly at: string;
  readonly detail: string;
}

/** `POST /v1/plans/{id}/what-if`: past periods by other rules; writes nothing. */
export interface PlanWhatIfAnswer {
  readonly currency: string;
  readonly periods: readonly string[];
  /** What it cost and would have cost, in all. */
  readonly now: string;
  readonly next: string;
  readonly difference: string;
  readonly gain: number;
  readonly lose: number;
  readonly same: number;
  /** The largest change first. */
  readonly people: readonly WhatIfPerson[];
  readonly byPeriod: readonly {
    readonly period: string;
    readonly now: string;
    readonly next: string;
  }[];
  readonly byComponent: readonly { readonly component: string; readonly next: string }[];
  readonly capped: number;
  readonly cliffs: readonly PlanCliff[];
  /** What it would cost if everybody reached so many percent of their targets. */
  readonly totals: readonly {
    readonly percent: number;
    readonly now: string | null;
    readonly next: string | null;
  }[];
  /** What the period that runs comes to; `null` while none does. */
  readonly forecast: {
    readonly period: string;
    /** By what is known today. */
    readonly soFar: { readonly now: string; readonly next: string };
    /** Where everybody goes on winning as they did until it ends. */
    readonly atPace: { readonly now: string; readonly next: string };
  } | null;
  /** What could not be worked out for somebody, and why. */
  readonly refusals: readonly PayRefusalAnswer[];
}
