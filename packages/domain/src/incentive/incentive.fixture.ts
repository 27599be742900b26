import { calculate } from './calculate.ts';
import type { PlanDefinition } from './definition.ts';
import { formatExact } from './exact.ts';
import type { IncentiveFact, IncentiveInput } from './input.ts';
import type { IncentiveResult, PayeeResult } from './result.ts';

/** A deal of `ann` on a day of 2026; change what matters. */
export function deal(
  id: string,
  effectiveOn: string,
  amount: string,
  more: Partial<IncentiveFact> = {},
): IncentiveFact {
  return {
    source: 'crm',
    sourceId: id,
    kind: 'booked',
    effectiveOn,
    amount,
    currency: 'USD',
    deal: id,
    credits: [{ person: 'ann', share: '1' }],
    ...more,
  };
}

export const ARR = { id: 'arr', sum: 'amount' } as const;

export const planOf = (
  components: PlanDefinition['components'],
  more: Partial<PlanDefinition> = {},
): PlanDefinition => ({ schema: 1, currency: 'USD', measures: [ARR], components, ...more });

const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];

/** The first months of 2026. */
export const months = (count: number): IncentiveInput['periods'] =>
  MONTHS.slice(0, count).map((month, index) => ({
    id: `2026-${month}`,
    from: `2026-${month}-01`,
    to: index === 11 ? '2027-01-01' : `2026-${MONTHS[index + 1]}-01`,
  }));

/** `ann` alone on one plan, paid by the month. */
export function inputOf(
  definition: PlanDefinition,
  facts: readonly IncentiveFact[],
  more: Partial<IncentiveInput> = {},
): IncentiveInput {
  return {
    plans: [{ id: 'plan', versions: [{ number: 1, from: '2020-01-01', definition }] }],
    assignments: [{ person: 'ann', plan: 'plan', from: '2026-01-01' }],
    people: [{ id: 'ann' }],
    quotas: [],
    facts,
    rates: [],
    periods: months(1),
    ...more,
  };
}

/** The result, or the faults as an error. */
export function calculated(input: IncentiveInput): IncentiveResult {
  const made = calculate(input);
  if (!made.ok) throw new Error(JSON.stringify(made.fault));
  return made.value;
}

export const payeeOf = (result: IncentiveResult, person = 'ann'): PayeeResult =>
  result.people.find((one) => one.person === person)!;

/** What somebody earned in a period, exactly: whole units of the plan's currency. */
export function exactly(input: IncentiveInput, period = 0, person = 'ann'): string {
  const { figures } = payeeOf(calculated(input), person).periods[period]!;
  const sum = figures.reduce(
    (total, { exact: { n, d } }) => ({ n: total.n * d + n * total.d, d: total.d * d }),
    { n: 0n, d: 1n },
  );
  return formatExact(sum, 2);
}

/** What somebody earned in a period: whole minor units. */
export const earnedIn = (input: IncentiveInput, period = 0, person = 'ann'): bigint =>
  payeeOf(calculated(input), person).periods[period]!.earnedMinor;
