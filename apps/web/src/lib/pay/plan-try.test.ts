import type { PlanDefinition } from '@ovation/domain';
import { expect, it } from 'vitest';
import { previewOf } from './plan-try.ts';

const RULES: PlanDefinition = {
  schema: 1,
  currency: 'USD',
  measures: [
    { id: 'sold', sum: 'amount', quota: 'revenue' },
    { id: 'large', sum: 'count', where: { product: ['Enterprise'] } },
  ],
  components: [{ id: 'base', kind: 'flat', measure: 'sold', rate: '0.1' }],
};

it('tries a plan with one deal in its first month, against every target that it names', () => {
  const asked = previewOf({ rules: RULES, from: '2026-12-01', sold: '5000', target: '10000' });
  expect(asked.periods).toEqual([{ id: 'tried', from: '2026-12-01', to: '2027-01-01' }]);
  expect(asked.quotas).toEqual([
    { quota: 'revenue', from: '2026-12-01', to: '2027-01-01', amount: '10000' },
  ]);
  expect(asked.facts[0]).toMatchObject({ amount: '5000', attributes: { product: 'Enterprise' } });
});
