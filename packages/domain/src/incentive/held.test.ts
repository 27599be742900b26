import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBook } from './calculate.ts';
import type { PlanDefinition, PlanPay } from './definition.ts';
import { deal, inputOf, months, planOf } from './incentive.fixture.ts';
import type { IncentiveFact, IncentiveInput } from './input.ts';
import { cents, dealsOf, RUNS, sales } from './laws.fixture.ts';

const tenth = (pay?: PlanPay): PlanDefinition =>
  planOf([{ id: 'base', kind: 'flat', measure: 'arr', rate: '0.1' }], {
    measures: [{ id: 'arr', sum: 'amount', where: { kind: ['booked'] } }],
    ...(pay && { pay }),
  });
const opened = (input: IncentiveInput) => {
  const made = openBook(input);
  if (!made.ok) throw new Error(JSON.stringify(made.fault));
  return made.value;
};
const paid = (id: string, on: string, amount: string): IncentiveFact =>
  deal(id, on, amount, { sourceId: `${id}-paid`, kind: 'paid' });
const heldOf = (
  pay: PlanPay,
  facts: readonly IncentiveFact[],
  more: Partial<IncentiveInput> = {},
) => opened(inputOf(tenth(pay), facts, { periods: months(2), ...more })).held('ann', '2026-01');

describe('what is held of a deal', () => {
  const won = deal('d', '2026-01-10', '1000.00');

  it('waits for the customer, as much as is not paid', () => {
    const facts = [won, paid('d', '2026-01-20', '250.00')];
    const [one, ...rest] = heldOf({ on: 'invoice_paid' }, facts);
    expect(one).toEqual({ deal: 'd', minor: 7_500n, why: 'unpaid', until: null });
    expect(rest).toEqual([]);
  });
  it('waits for the invoice, where the plan pays by invoices', () => {
    expect(heldOf({ on: 'invoice' }, [won])[0]?.why).toBe('not_invoiced');
  });
  it('says on which day a part that was kept back is free', () => {
    const pay = { on: 'close', holdback: '0.2', hold_days: 30 } as const;
    expect(heldOf(pay, [won])).toEqual([
      { deal: 'd', minor: 2_000n, why: 'holdback', until: '2026-02-09' },
    ]);
  });
  it('is held by hand until its day, before anything else is looked at', () => {
    const holds = [{ deal: 'd', from: '2026-01-01', to: '2026-02-03' }];
    expect(heldOf({ on: 'invoice_paid' }, [won], { holds })).toEqual([
      { deal: 'd', minor: 10_000n, why: 'held', until: '2026-02-03' },
    ]);
  });
  it('is nothing where everything is paid when a period closes', () => {
    expect(heldOf({ on: 'close' }, [won])).toEqual([]);
  });
});

it('what is held of single deals is what is held of all, but for one unit each', () => {
  const ways = fc.constantFrom<PlanPay>(
    { on: 'invoice_paid' },
    { on: 'invoice_paid', proration: 'complete' },
    { on: 'close', holdback: '0.15', hold_days: 20 },
    { on: 'invoice_paid', holdback: '0.5', hold_days: 45 },
  );
  fc.assert(
    fc.property(sales(), ways, fc.integer({ min: 0, max: 100 }), (list, pay, share) => {
      const facts = dealsOf(list).flatMap((fact, index) => [
        fact,
        paid(fact.deal, '2026-01-31', cents(Math.floor((list[index]!.cents * share) / 100))),
      ]);
      const book = opened(inputOf(tenth(pay), facts, { periods: months(2) }));
      const all = book.payee('ann')!.periods[0]!.heldMinor;
      const sum = book.held('ann', '2026-01').reduce((total, { minor }) => total + minor, 0n);
      const apart = sum > all ? sum - all : all - sum;
      expect(apart).toBeLessThanOrEqual(BigInt(list.length + 1));
    }),
    RUNS,
  );
});
