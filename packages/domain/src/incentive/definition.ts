/** What measures are kept for; `period` is the pay period itself. */
export const PLAN_WINDOWS = ['period', 'month', 'quarter', 'half', 'year'] as const;
export type PlanWindow = (typeof PLAN_WINDOWS)[number];

export const FACT_KINDS = [
  'booked',
  'changed',
  'invoiced',
  'paid',
  'credited',
  'cancelled',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export const TIER_MODES = [
  'marginal',
  'whole',
  'whole_above_quota',
  'start_band',
  'interpolated',
] as const;
export type TierMode = (typeof TIER_MODES)[number];

export const PLAN_ANCHORS = ['closed_won', 'invoice', 'payment', 'custom'] as const;
export type PlanAnchor = (typeof PLAN_ANCHORS)[number];

export const CLAWBACK_BASES = ['recompute', 'original_rate', 'paid_part', 'prorated_days'] as const;
export type ClawbackBasis = (typeof CLAWBACK_BASES)[number];

/** Which facts are meant: each field has one of the values. `kind` is a field too. */
export type PlanWhere = Readonly<Record<string, readonly string[]>>;

/** What a condition looks at: a measure or field by its name, or how much of its quota it has. */
export type PlanOperand = string | { readonly attainment: string };
/** Compares an operand with a constant; conditions are joined with `and`, `or`, `not`. */
export type PlanCondition =
  | { readonly ge: readonly [PlanOperand, string] }
  | { readonly gt: readonly [PlanOperand, string] }
  | { readonly le: readonly [PlanOperand, string] }
  | { readonly lt: readonly [PlanOperand, string] }
  | { readonly eq: readonly [PlanOperand, string] }
  | { readonly and: readonly PlanCondition[] }
  | { readonly or: readonly PlanCondition[] }
  | { readonly not: PlanCondition };

/** A number that follows from the credits of a window. */
export interface PlanMeasure {
  readonly id: string;
  /** `amount` (money), `units`, `count`, or the name of a numeric attribute. */
  readonly sum?: string;
  /** Instead of a sum: one measure by another, or measures added up. */
  readonly divide?: readonly [string, string];
  readonly add?: readonly string[];
  readonly where?: PlanWhere;
  readonly if?: PlanCondition;
  /** Left out, `period`. */
  readonly window?: PlanWindow;
  /** Own credit (left out), or with everybody below, along the reporting lines. */
  readonly scope?: 'payee' | 'team';
  /** The name of the quota that attainment is reckoned by; left out, the measure's own. */
  readonly quota?: string;
}

export interface PlanBand {
  readonly from: string;
  readonly rate: string;
}

interface Named<K extends string> {
  readonly id: string;
  readonly kind: K;
}
interface Measured {
  readonly measure: string;
}
/** Whom a shaping component is for; left out, every component that earns. */
interface Shaping {
  readonly applies_to?: readonly string[];
}
type Position = 'amount' | 'attainment';

export type FlatComponent = Named<'flat'> & {
  readonly rate: string;
  /** Of a measure, or of what another component earns in the period. */
  readonly measure?: string;
  readonly of?: string;
};
export type PerEventComponent = Named<'per_event'> & Measured & { readonly amount: string };
export type PerUnitComponent = Named<'per_unit'> & Measured & { readonly amount: string };
export type TiersComponent = Named<'tiers'> &
  Measured & {
    readonly mode: TierMode;
    readonly position: Position;
    readonly bands: readonly PlanBand[];
  };
export type CurveComponent = Named<'curve'> &
  Measured & {
    readonly position: Position;
    /** Pay at positions, straight lines between; `pays` is money or a share of the target. */
    readonly points: readonly { readonly at: string; readonly pays: string }[];
    readonly pays: 'amount' | 'share_of_target';
    /** Left out, the target incentive of the assignment. */
    readonly target?: string;
  };
export type MatrixComponent = Named<'matrix'> & {
  readonly rows: Axis;
  readonly columns: Axis;
  /** A line for each row step, a cell for each column step. */
  readonly cells: readonly (readonly string[])[];
  /** What a cell says: money for the window, or a rate on the measure of the rows. */
  readonly pays: 'amount' | 'rate';
};
export interface Axis {
  readonly measure: string;
  readonly position: Position;
  readonly from: readonly string[];
}
export type WeightedComponent = Named<'weighted_objectives'> & {
  readonly target?: string;
  readonly objectives: readonly {
    readonly measure: string;
    readonly weight: string;
    /** Attainment below it counts nothing; left out, 0. */
    readonly threshold?: string;
    /** Attainment above it counts no more; left out, 1. */
    readonly most?: string;
  }[];
};
export type MilestoneComponent = Named<'milestone'> &
  Measured & {
    readonly position: Position;
    readonly steps: readonly { readonly at: string; readonly amount: string }[];
  };
export type OverrideComponent = Named<'override'> & {
  readonly rate: string;
  readonly where?: PlanWhere;
  /** How many levels below count; left out, all. */
  readonly levels?: number;
};
export type PoolComponent = Named<'pool'> & {
  /** What is shared out: money for each period, or a rate on a measure of all on the plan. */
  readonly amount?: string;
  readonly rate?: string;
  readonly measure?: string;
  /** Shares by this measure; left out, equal ones. */
  readonly share_by?: string;
};
export type GateComponent = Named<'gate'> &
  Shaping & { readonly when: PlanCondition; readonly else?: 'zero' | { readonly times: string } };
export type ModifierComponent = Named<'modifier'> &
  Shaping & {
    readonly when?: PlanCondition;
    readonly times?: string;
    readonly measure?: string;
    readonly position?: Position;
    readonly bands?: readonly { readonly from: string; readonly times: string }[];
  };
interface Bounding {
  readonly scope: 'deal' | 'period' | 'plan';
  readonly amount: string;
  /** For which stretch, where the scope is no deal; left out, the component's own. */
  readonly window?: PlanWindow;
}
export type CapComponent = Named<'cap'> & Shaping & Bounding;
export type FloorComponent = Named<'floor'> & Shaping & Bounding;
export type SpiffComponent = Named<'spiff'> &
  Measured & {
    readonly amount: string;
    readonly from: string;
    /** The first day on which it is over. */
    readonly to: string;
    /** At most so many times for each payee; left out, without end. */
    readonly most?: number;
  };

export type PlanComponent =
  | FlatComponent
  | PerEventComponent
  | PerUnitComponent
  | TiersComponent
  | CurveComponent
  | MatrixComponent
  | WeightedComponent
  | MilestoneComponent
  | OverrideComponent
  | PoolComponent
  | GateComponent
  | ModifierComponent
  | CapComponent
  | FloorComponent
  | SpiffComponent;
export type PlanComponentKind = PlanComponent['kind'];
export type ComponentOf<K extends PlanComponentKind> = Extract<PlanComponent, { kind: K }>;

/** When what is earned is paid. */
export interface PlanPay {
  readonly on: 'close' | 'invoice_paid' | 'invoice';
  /** As much as was paid, all at the first payment, or all when everything is paid. */
  readonly proration?: 'paid_share' | 'first' | 'complete';
  /** A share that is kept back, and for how many days. */
  readonly holdback?: string;
  readonly hold_days?: number;
}

export interface PlanClawback {
  readonly basis?: ClawbackBasis;
  /** A reversal later than this takes nothing back; left out, there is no end. */
  readonly window_days?: number;
  /** Whether what a floor of a deal added is taken back with the deal. */
  readonly minimum?: 'recovered' | 'kept';
}

export interface PlanDraw {
  readonly kind: 'recoverable' | 'non_recoverable';
  readonly amount: string;
  /** How many pay periods it lasts, from the first of the assignment; left out, without end. */
  readonly periods?: number;
  readonly frequency?: PlanWindow;
  /** Which part of the pay above the draw goes back; left out, all. */
  readonly recover_share?: string;
  /** From which pay period on, counted from 1; left out, the first. */
  readonly recover_from?: number;
  readonly forgive_at_end?: boolean;
}

/** How a version of a plan pays. Numbers are decimal strings; money is in whole units. */
export interface PlanDefinition {
  readonly schema: 1;
  readonly currency: string;
  readonly anchor?: PlanAnchor;
  /** The attribute that has the date, where the anchor is `custom`. */
  readonly anchor_field?: string;
  readonly measures: readonly PlanMeasure[];
  readonly components: readonly PlanComponent[];
  readonly pay?: PlanPay;
  readonly clawback?: PlanClawback;
  readonly draw?: PlanDraw;
  readonly fx?: {
    readonly credit?: 'anchor' | 'plan_year';
    readonly payout?: 'payout_date' | 'anchor';
  };
  readonly day_count?: 'calendar_days' | 'whole_months';
  readonly rollup?: 'once' | 'additive';
  readonly negative_payout?: 'carry' | 'show';
  readonly rounding?: { readonly mode: 'half_away'; readonly at: 'component_payee_period' };
  readonly corrections?: { readonly mode: 'delta_in_open_period' | 'manual' };
}

/** What holds where a plan says nothing. */
export const PLAN_DEFAULTS = {
  anchor: 'closed_won',
  clawback: { basis: 'recompute', minimum: 'recovered' },
  fx: { credit: 'anchor', payout: 'payout_date' },
  day_count: 'calendar_days',
  rollup: 'once',
  negative_payout: 'carry',
  pay: { on: 'close', proration: 'paid_share' },
} as const;
