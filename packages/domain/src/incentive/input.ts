import type { PersonId } from '../types.ts';
import type { FactKind, PlanDefinition } from './definition.ts';

/** Dates are ISO 8601, in the organisation's zone; stretches are half-open: `to` is not in them. */
export type IsoDate = string;

export interface PlanVersion {
  readonly number: number;
  readonly from: IsoDate;
  readonly to?: IsoDate;
  readonly definition: PlanDefinition;
}
export interface IncentivePlan {
  readonly id: string;
  readonly versions: readonly PlanVersion[];
}

export interface PlanAssignment {
  readonly person: PersonId;
  readonly plan: string;
  readonly from: IsoDate;
  readonly to?: IsoDate;
  /** Money of the plan for the whole window of a component. */
  readonly targetIncentive?: string;
}

export interface IncentivePerson {
  readonly id: PersonId;
  /** In what they are paid; left out, the currency of their plan. */
  readonly currency?: string;
  /** When they are employed; left out, always. */
  readonly employed?: readonly { readonly from: IsoDate; readonly to?: IsoDate }[];
  /** Which part of a quota holds for them in a stretch; outside, all of it. */
  readonly ramp?: readonly {
    readonly from: IsoDate;
    readonly to: IsoDate;
    readonly factor: string;
  }[];
  readonly reportsTo?: readonly {
    readonly person: PersonId;
    readonly from?: IsoDate;
    readonly to?: IsoDate;
  }[];
}

/** What somebody should reach. `person` left out: everybody. */
export interface IncentiveQuota {
  readonly person?: PersonId;
  /** As measures name it. */
  readonly quota: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** More than zero: money of the plan, or a count. Having no quota is having no line. */
  readonly amount: string;
  readonly ramp?: string;
  /** Left out, as the plan counts days; `none`: whole although somebody is there for a part. */
  readonly prorate?: 'calendar_days' | 'whole_months' | 'none';
}

export interface FactCredit {
  readonly person: PersonId;
  /** Of the pay: a decimal or a fraction, 0 to 1. */
  readonly share: string;
  /** Of the quota, where it is another. */
  readonly quotaShare?: string;
  /** An overlay is credited beside the shares, which add up to 1 at most. */
  readonly role?: 'direct' | 'overlay';
}

/** Something that happened to a deal. Amounts add up: what takes away is below zero. */
export interface IncentiveFact {
  readonly source: string;
  readonly sourceId: string;
  /** The greatest is what holds. */
  readonly version?: number;
  readonly kind: FactKind;
  readonly effectiveOn: IsoDate;
  /** Orders facts of a day; anything that sorts as text, for instance RFC 3339 in UTC. */
  readonly occurredAt?: string;
  /** When it was learned; left out, when it took effect. */
  readonly recordedOn?: IsoDate;
  readonly amount?: string;
  readonly currency?: string;
  readonly units?: string;
  readonly deal: string;
  /** The order line; left out, the deal is one. */
  readonly line?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** Left out, those of the deal's first fact that has some. */
  readonly credits?: readonly FactCredit[];
  /** The `sourceId` of the fact that this takes back, in part or whole. */
  readonly reverses?: string;
}

/** So many of `to` for one of `from`, from a day on. */
export interface IncentiveRate {
  readonly from: string;
  readonly to: string;
  readonly kind?: 'spot' | 'plan';
  readonly validOn: IsoDate;
  readonly rate: string;
}

export interface IncentivePeriod {
  readonly id: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** When it is paid out; left out, on its last day. */
  readonly paidOn?: IsoDate;
  /** A closed one takes no new entries: what changes in it is posted in the next open one. */
  readonly closed?: boolean;
}

/** What the ledger has already for an origin period: whole minor units, with their sign. */
export interface IncentivePosted {
  readonly person: PersonId;
  readonly plan: string;
  readonly component: string;
  readonly originPeriod: string;
  readonly postingPeriod: string;
  readonly amountMinor: bigint;
}

/** Where somebody's account stands when the first period begins. */
export interface IncentiveOpening {
  readonly person: PersonId;
  /** Below zero: carried from earlier periods. Minor units of the payout currency. */
  readonly balanceMinor: bigint;
  /** What is still owed of a recoverable draw. */
  readonly owedMinor?: bigint;
}

/** Pay of a deal that waits for a word; it is released on the day `to`. */
export interface IncentiveHold {
  readonly deal: string;
  readonly person?: PersonId;
  readonly from: IsoDate;
  readonly to?: IsoDate;
}

export interface IncentiveAdjustment {
  readonly person: PersonId;
  readonly period: string;
  readonly amountMinor: bigint;
  readonly reason: string;
}

/** Everything that pay follows from. */
export interface IncentiveInput {
  readonly plans: readonly IncentivePlan[];
  readonly assignments: readonly PlanAssignment[];
  readonly people: readonly IncentivePerson[];
  readonly quotas: readonly IncentiveQuota[];
  readonly facts: readonly IncentiveFact[];
  readonly rates: readonly IncentiveRate[];
  /** In order, without overlap. */
  readonly periods: readonly IncentivePeriod[];
  readonly posted?: readonly IncentivePosted[];
  readonly openings?: readonly IncentiveOpening[];
  readonly holds?: readonly IncentiveHold[];
  readonly adjustments?: readonly IncentiveAdjustment[];
  /** Facts that were learned later do not count; left out, all do. */
  readonly asOf?: IsoDate;
  readonly calendar?: {
    readonly calendar?: 'gregorian' | 'jalali';
    readonly fiscalStart?: number;
  };
  /** Left out, every figure has its trace; `false` is quicker. */
  readonly trace?: boolean;
}
