/**
 * Incentive pay: plans as data, and one pure function from facts to figures with their reasons.
 *
 * - `checkPlan(definition)`: faults and warnings of a plan.
 * - `calculate(input)`: what everybody earns and is paid, with `figures` (by origin period, each
 *   with its lines), `entries` (by posting period) and the settlement of each period.
 * - `diffEntries(result, posted, period)`: what the ledger lacks.
 * - `openBook(input)` and `earnedWith(book, facts)`: what further deals would bring to whom.
 */
export * from './definition.ts';
export * from './input.ts';
export type { PlanFinding, PaySlice, ShapeTrace, PlanKind } from './component.ts';
export { checkPlan, type PlanFindings } from './check.ts';
export { inputFaults } from './check-input.ts';
export { IncentiveBook } from './book.ts';
export {
  calculate,
  diffEntries,
  earnedWith,
  openBook,
  type EarnedWith,
  type Refused,
} from './calculate.ts';
export * from './result.ts';
export type { Figure, PaidLine, EarnedLine, MeasureTrace, PayRefusal } from './run-state.ts';
export type { HeldDeal } from './payee.ts';
export { HELD_REASONS, type HeldReason } from './release.ts';
export type { Settlement } from './settle.ts';
export type { Credit as IncentiveCredit } from './credit.ts';
export { EXCLUSIONS, type Exclusion } from './credits.ts';
export { formatExact } from './exact.ts';
export { PLAN_KINDS } from './kinds/index.ts';
export { payCurve, type CurveCliff, type CurvePoint, type PayCurve } from './pay-curve.ts';
export {
  quotaName,
  summedMeasures,
  SUPPOSED_DEALS_MAX,
  supposedExponent,
  supposedFacts,
  supposedInput,
  supposedTarget,
  SUPPOSED_PERSON,
  type Supposed,
} from './supposed.ts';
