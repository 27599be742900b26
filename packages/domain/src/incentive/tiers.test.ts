import { describe, expect, it } from 'vitest';
import type { PlanComponent, TierMode } from './definition.ts';
import { deal, exactly, inputOf, planOf } from './incentive.fixture.ts';

const tiers = (mode: TierMode, position: 'amount' | 'attainment' = 'amount'): PlanComponent => ({
  id: 'base',
  kind: 'tiers',
  measure: 'arr',
  mode,
  position,
  bands:
    position === 'amount'
      ? [
          { from: '0', rate: '0.06' },
          { from: '10000', rate: '0.09' },
        ]
      : [
          { from: '0', rate: '0.06' },
          { from: '1', rate: '0.09' },
        ],
});
const QUOTA = {
  quotas: [{ quota: 'arr', from: '2026-01-01', to: '2026-02-01', amount: '10000' }],
};
const two = [deal('a', '2026-01-05', '8000'), deal('b', '2026-01-06', '4000')];

describe('tiers pay', () => {
  it.each<[TierMode, string]>([
    // 10,000 at 6 % and 2,000 at 9 %.
    ['marginal', '780'],
    // All 12,000 at 9 %.
    ['whole', '1080'],
    ['whole_above_quota', '780'],
    // Both deals began in the first band.
    ['start_band', '720'],
    // The rate rises from 6 to 9 % up to 10,000 and stays: 750 and 180.
    ['interpolated', '930'],
  ])('%s', (mode, pays) => {
    expect(exactly(inputOf(planOf([tiers(mode, 'attainment')]), two, QUOTA))).toBe(pays);
    if (mode !== 'whole_above_quota') {
      expect(exactly(inputOf(planOf([tiers(mode)]), two))).toBe(pays);
    }
  });

  it('an edge at the rate of the upper band', () => {
    const facts = [deal('a', '2026-01-05', '10000')];
    expect(exactly(inputOf(planOf([tiers('whole')]), facts))).toBe('900');
  });

  it('below zero at the rate of the first band', () => {
    const facts = [deal('a', '2026-01-05', '-1000')];
    for (const mode of ['marginal', 'whole', 'start_band', 'interpolated'] as const) {
      expect(exactly(inputOf(planOf([tiers(mode)]), facts))).toBe('-60');
    }
  });
});
