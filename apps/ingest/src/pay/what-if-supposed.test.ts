import { describe, expect, it } from 'vitest';
import type { IncentiveFact, IncentiveInput } from '@ovation/domain';
import { paceFacts } from './what-if-supposed.ts';

const won = (
  id: string,
  effectiveOn: string,
  more: Partial<IncentiveFact> = {},
): IncentiveFact => ({
  ...{ source: 'crm', sourceId: id, kind: 'booked', deal: id, effectiveOn },
  ...{ amount: '100.00', currency: 'USD', credits: [{ person: 'ann', share: '1' }], ...more },
});
const inputWith = (facts: readonly IncentiveFact[]): IncentiveInput => ({
  ...{ plans: [], assignments: [], people: [], quotas: [], rates: [], facts },
  periods: [{ id: '2026-11-01', from: '2026-11-01', to: '2026-12-01' }],
});
const countAt = (today: string, facts: readonly IncentiveFact[]) =>
  paceFacts(inputWith(facts), '2026-11-01', today).length;

describe('deals as people would go on winning them', () => {
  const four = ['a', 'b', 'c', 'd'].map((id) => won(id, '2026-11-02'));

  it('are as many again in the middle of a period', () => {
    expect(countAt('2026-11-15', four)).toBe(4);
  });

  it('are fewer the later it is, and none on the last day', () => {
    expect(countAt('2026-11-24', four)).toBe(1);
    expect(countAt('2026-11-30', four)).toBe(0);
  });

  it('leave out what was lost again, and what is of another period', () => {
    const lost = won('a2', '2026-11-03', { kind: 'cancelled', deal: 'a', reverses: 'a' });
    expect(countAt('2026-11-15', [...four, lost, won('old', '2026-10-30')])).toBe(3);
  });

  it('have names of their own, and happen today', () => {
    const more = paceFacts(inputWith(four), '2026-11-01', '2026-11-10');
    expect(new Set(more.map(({ sourceId }) => sourceId)).size).toBe(more.length);
    expect(more.every(({ effectiveOn }) => effectiveOn === '2026-11-10')).toBe(true);
    expect(more).toHaveLength(8);
  });
});
