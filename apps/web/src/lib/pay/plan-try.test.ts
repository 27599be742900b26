import type { PlanDefinition } from '@ovation/domain';
import { expect, it } from 'vitest';
import { mostTried, previewOf } from './plan-try.ts';

const RULES: PlanDefinition = {
  schema: 1,
  currency: 'USD',
  measures: [
    { id: 'sold', sum: 'amount', quota: 'revenue', window: 'quarter' },
    { id: 'large', sum: 'count', where: { product: ['Enterprise'] } },
  ],
  components: [{ id: 'base', kind: 'flat', measure: 'sold', rate: '0.1' }],
};
const TRIED = { rules: RULES, from: '2026-12-01', targets: { revenue: '10000' } };

it('tries a plan with one deal in its window, against every target that it names', () => {
  const asked = previewOf({ ...TRIED, along: 'sold', sold: '5000' });
  expect(asked.periods.map(({ id }) => id)).toEqual(['2026-10-01', '2026-11-01', '2026-12-01']);
  expect(asked.quotas).toEqual([
    { quota: 'revenue', from: '2026-10-01', to: '2027-01-01', amount: '10000' },
  ]);
  expect(asked.facts).toHaveLength(1);
  expect(asked.facts[0]).toMatchObject({
    amount: '5000.00',
    attributes: { product: 'Enterprise' },
  });
  expect(asked.people).toHaveLength(1);
});

it('tries so many deals and no more, and any amount', () => {
  const most = mostTried(RULES, 'large')!;
  const sold = String(most + 1);
  expect(previewOf({ ...TRIED, along: 'large', sold }).facts).toHaveLength(most);
  expect(mostTried(RULES, 'sold')).toBeNull();
});

it('tries as many deals as are counted', () => {
  expect(previewOf({ ...TRIED, along: 'large', sold: '3' }).facts).toHaveLength(3);
});

it('lets somebody below sell where the team’s sales are paid on', () => {
  const asked = previewOf({ ...TRIED, along: '', sold: '3000' });
  expect(asked.people).toHaveLength(2);
  expect(asked.facts[0]?.credits?.[0]?.person).not.toBe(asked.people[0]?.id);
});
