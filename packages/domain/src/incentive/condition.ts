import type { Ratio } from '../contest/ratio.ts';
import type { PlanCondition, PlanOperand } from './definition.ts';
import { compare, exact, isDecimal, times } from './exact.ts';

/** What operands are worth; `undefined` where there is nothing to compare. */
export interface ConditionReader {
  readonly value: (name: string) => Ratio | string | undefined;
  /** A measure and its quota. */
  readonly attainment: (measure: string) => { sum: Ratio; quota: Ratio } | undefined;
  /** A constant as the operand has it: money in minor units. */
  readonly constant: (name: string, text: string) => Ratio;
}

export interface Judged {
  readonly passed: boolean;
  /** The comparison that decided, for the trace. */
  readonly left: string;
  readonly right: string;
}

const COMPARISONS = {
  ge: (order: number) => order >= 0,
  gt: (order: number) => order > 0,
  le: (order: number) => order <= 0,
  lt: (order: number) => order < 0,
  eq: (order: number) => order === 0,
} as const;
export const COMPARISON_NAMES = Object.keys(COMPARISONS) as (keyof typeof COMPARISONS)[];

/** Whether a condition holds. Values are compared unrounded; what is not there fits nothing. */
export function judge(condition: PlanCondition, reader: ConditionReader): Judged {
  if ('not' in condition) {
    const inner = judge(condition.not, reader);
    return { ...inner, passed: !inner.passed };
  }
  if ('and' in condition) return first(condition.and, reader, false);
  if ('or' in condition) return first(condition.or, reader, true);
  const name = COMPARISON_NAMES.find((one) => one in condition)!;
  const [operand, right] = comparisonOf(condition, name)!;
  const order = orderOf(operand, right, reader);
  const left = typeof operand === 'string' ? operand : `attainment of ${operand.attainment}`;
  return { passed: order !== undefined && COMPARISONS[name](order), left, right };
}

/** The first part that decides: a false one among `and`, a true one among `or`. */
function first(parts: readonly PlanCondition[], reader: ConditionReader, decides: boolean): Judged {
  let last: Judged = { passed: !decides, left: '', right: '' };
  for (const part of parts) {
    last = judge(part, reader);
    if (last.passed === decides) return last;
  }
  return last;
}

function orderOf(operand: PlanOperand, text: string, reader: ConditionReader): number | undefined {
  if (typeof operand !== 'string') {
    const known = reader.attainment(operand.attainment);
    // No division: the sum against so much of the quota.
    return known && compare(known.sum, times(exact(text), known.quota));
  }
  const value = reader.value(operand);
  if (value === undefined) return undefined;
  if (typeof value === 'string') {
    if (isDecimal(value) && isDecimal(text)) return compare(exact(value), exact(text));
    return value === text ? 0 : undefined;
  }
  return isDecimal(text) ? compare(value, reader.constant(operand, text)) : undefined;
}

/** Every operand of a condition. */
export function operandsOf(condition: PlanCondition): PlanOperand[] {
  if ('not' in condition) return operandsOf(condition.not);
  if ('and' in condition) return condition.and.flatMap(operandsOf);
  if ('or' in condition) return condition.or.flatMap(operandsOf);
  return COMPARISON_NAMES.flatMap((name) => {
    const pair = comparisonOf(condition, name);
    return pair ? [pair[0]] : [];
  });
}

/** The measures that a condition reads. */
export const measuresIn = (condition: PlanCondition): string[] =>
  operandsOf(condition).map((one) => (typeof one === 'string' ? one : one.attainment));

/** The two sides of a comparison, where the condition is this one. */
function comparisonOf(
  condition: PlanCondition,
  name: (typeof COMPARISON_NAMES)[number],
): readonly [PlanOperand, string] | undefined {
  return (condition as { readonly [K in typeof name]?: readonly [PlanOperand, string] })[name];
}

/** The constants that a condition compares with. */
export function constantsOf(condition: PlanCondition): string[] {
  if ('not' in condition) return constantsOf(condition.not);
  if ('and' in condition) return condition.and.flatMap(constantsOf);
  if ('or' in condition) return condition.or.flatMap(constantsOf);
  return COMPARISON_NAMES.flatMap((name) => comparisonOf(condition, name)?.[1] ?? []);
}
