import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calculate } from './calculate.ts';
import type { PlanDefinition } from './definition.ts';
import { payCurve, type PayCurve } from './pay-curve.ts';
import { planOf } from './incentive.fixture.ts';
import { SUPPOSED_PERSON, supposedFacts, supposedInput } from './supposed.ts';

const SOLD = { id: 'sold', sum: 'amount', quota: 'revenue' } as const;
const ROUNDED = { id: 'base', kind: 'tiers', measure: 'sold', position: 'attainment' } as const;

function curveOf(plan: PlanDefinition, more: { measure?: string | null } = {}): PayCurve {
  const made = payCurve({
    ...{ definition: plan, measure: 'sold', targets: { revenue: '1000.00' }, on: '2026-11-01' },
    ...more,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.fault));
  return made.value;
}
const at = ({ points }: PayCurve, moves: bigint) =>
  points.find((one) => one.moves === moves)?.earnedMinor;

const bands = [
  { from: '0', rate: '0.1' },
  { from: '1', rate: '0.2' },
];

describe('a curve of pay against attainment', () => {
  it('pays each part at its own rate, with no cliff', () => {
    const curve = curveOf(planOf([{ ...ROUNDED, mode: 'marginal', bands }], { measures: [SOLD] }));
    expect(at(curve, 50_000n)).toBe(5_000n);
    expect(at(curve, 150_000n)).toBe(20_000n);
    expect(curve.points.at(-1)?.moves).toBe(160_000n);
    expect(curve.cliffs).toEqual([]);
  });

  it('jumps where everything gets the new rate, and says from what to what', () => {
    const curve = curveOf(planOf([{ ...ROUNDED, mode: 'whole', bands }], { measures: [SOLD] }));
    expect(curve.cliffs).toEqual([{ moves: 100_000n, beforeMinor: 10_000n, afterMinor: 20_000n }]);
  });

  it('stays where a cap cuts it, and tells', () => {
    const cap = { id: 'most', kind: 'cap', scope: 'period', amount: '50.00' } as const;
    const curve = curveOf(
      planOf([{ ...ROUNDED, mode: 'marginal', bands }, cap], { measures: [SOLD] }),
    );
    expect(at(curve, 160_000n)).toBe(5_000n);
    expect(curve.points.at(-1)?.capped).toBe(true);
    expect(curve.points[1]?.capped).toBe(false);
  });

  it('counts deals where a measure counts them', () => {
    const definition = planOf([{ id: 'each', kind: 'per_event', measure: 'sold', amount: '5' }], {
      measures: [{ id: 'sold', sum: 'count', where: { product: ['Large'] }, window: 'quarter' }],
    });
    const made = payCurve({
      ...{ definition, measure: 'sold', targets: { sold: '10' }, on: '2026-11-20' },
    });
    expect(made.ok && made.value.points.map(({ earnedMinor }) => earnedMinor).slice(0, 4)).toEqual([
      0n,
      500n,
      1_000n,
      1_500n,
    ]);
  });

  it('is of what the team sells where somebody is paid on that', () => {
    const definition = planOf([{ id: 'over', kind: 'override', rate: '0.02' }], { measures: [] });
    const made = payCurve({
      ...{ definition, measure: null, targets: { '': '1000.00' }, on: '2026-11-20' },
    });
    expect(made.ok && at(made.value, 100_000n)).toBe(2_000n);
  });

  it('refuses without a target', () => {
    const plan = planOf([{ id: 'base', kind: 'flat', measure: 'arr', rate: '0.1' }]);
    const made = payCurve({ definition: plan, measure: 'arr', targets: {}, on: '2026-11-01' });
    expect(made.ok ? [] : made.fault.map(({ code }) => code)).toEqual(['no_target']);
  });

  it('pays at every place what the engine pays from the beginning', () => {
    const rate = fc.integer({ min: 0, max: 30 }).map((percent) => (percent / 100).toFixed(2));
    const edge = fc.integer({ min: 1, max: 150 }).map((percent) => (percent / 100).toFixed(2));
    const mode = fc.constantFrom('marginal' as const, 'whole' as const, 'interpolated' as const);
    fc.assert(
      fc.property(rate, rate, edge, mode, (low, high, from, how) => {
        const tried = [
          { from: '0', rate: low },
          { from, rate: high },
        ];
        const definition = planOf([{ ...ROUNDED, mode: how, bands: tried }], { measures: [SOLD] });
        const asked = {
          ...{ definition, measure: 'sold', targets: { revenue: '1000.00' }, on: '2026-11-01' },
        };
        const made = payCurve(asked);
        expect(made.ok).toBe(true);
        for (const { moves, earnedMinor } of made.ok ? made.value.points.slice(1) : []) {
          const facts = supposedFacts(asked, moves);
          const whole = calculate({ ...supposedInput(asked), facts });
          const own = whole.ok && whole.value.people.find((one) => one.person === SUPPOSED_PERSON);
          expect(own && own.periods[0]?.earnedMinor).toBe(earnedMinor);
        }
      }),
      { numRuns: 12 },
    );
  });
});
