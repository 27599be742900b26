import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ratio } from '../contest/ratio.ts';
import { compare, exact, least, minus, moneyOf, plus, spreadOver, times } from './exact.ts';
import { calculated, deal, inputOf, payeeOf, planOf } from './incentive.fixture.ts';
import type { IncentiveInput } from './input.ts';
import {
  cents,
  dealsOf,
  modes,
  onDay,
  quotaOf,
  risingBands,
  RUNS,
  sales,
  tiersOf,
} from './laws.fixture.ts';

/** Exact pay of the first period: minor units. */
const pay = (input: IncentiveInput): Ratio =>
  payeeOf(calculated(input)).periods[0]!.figures.reduce<Ratio>(
    (sum, { exact: one }) => plus(sum, one),
    { n: 0n, d: 1n },
  );
const same = (a: Ratio, b: Ratio) => expect(compare(a, b)).toBe(0);

describe('tiers, whatever the bands and deals', () => {
  it('4: never pay less for one deal more, where rates rise', () => {
    const more = fc.integer({ min: 1, max: 900_000 });
    fc.assert(
      fc.property(risingBands, modes, sales(), more, (bands, mode, list, extra) => {
        const plan = planOf([tiersOf(bands, mode)]);
        const facts = dealsOf(list);
        const with_ = [...facts, deal('z', '2026-01-31', cents(extra))];
        expect(
          compare(pay(inputOf(plan, with_)), pay(inputOf(plan, facts))),
        ).toBeGreaterThanOrEqual(0);
      }),
      RUNS,
    );
  });

  it('5: marginal and interpolated pay is continuous; a whole tier jumps by rate times edge', () => {
    const size = fc.integer({ min: 1, max: 5_000_000 });
    fc.assert(
      fc.property(risingBands, size, size, (bands, a, b) => {
        const top = exact(bands.at(-1)!.rate);
        for (const mode of ['marginal', 'interpolated'] as const) {
          const plan = planOf([tiersOf(bands, mode)]);
          const at = (value: number) => pay(inputOf(plan, [deal('a', '2026-01-02', cents(value))]));
          const change = minus(at(a + b), at(a));
          expect(compare(change, times({ n: BigInt(b), d: 1n }, top))).toBeLessThanOrEqual(0);
        }
        const plan = planOf([tiersOf(bands, 'whole')]);
        const [below, edge] = [bands[0]!, bands[1]!];
        const whole = moneyOf(edge.from, 2);
        const under = { n: whole.n - 1n, d: 1n };
        const at = (value: Ratio) =>
          pay(inputOf(plan, [deal('a', '2026-01-02', cents(Number(value.n)))]));
        same(at(whole), times(whole, exact(edge.rate)));
        if (under.n > 0n) same(at(under), times(under, exact(below.rate)));
      }),
      RUNS,
    );
  });

  it('6: marginal is at most whole, equal in the first band, and so above the quota', () => {
    fc.assert(
      fc.property(risingBands, sales(), (bands, list) => {
        const facts = dealsOf(list);
        const of = (mode: 'marginal' | 'whole') =>
          pay(inputOf(planOf([tiersOf(bands, mode)]), facts));
        expect(compare(of('marginal'), of('whole'))).toBeLessThanOrEqual(0);
        const sum = list.reduce((total, one) => total + BigInt(one.cents), 0n);
        if (sum < moneyOf(bands[1]!.from, 2).n) same(of('marginal'), of('whole'));
        // One band below the quota and one above it.
        const two = [bands[0]!, { ...bands[1]!, from: '1' }];
        const above = (mode: 'marginal' | 'whole_above_quota') =>
          pay(inputOf(planOf([tiersOf(two, mode, 'attainment')]), facts, quotaOf('10000')));
        same(above('marginal'), above('whole_above_quota'));
      }),
      RUNS,
    );
  });

  it('7: scale with amounts, edges and bounds', () => {
    const k = fc.integer({ min: 2, max: 9 });
    fc.assert(
      fc.property(risingBands, modes, sales(), k, (bands, mode, list, by) => {
        const larger = bands.map(({ from, rate }) => ({ from: String(Number(from) * by), rate }));
        const bounds = (cap: number) =>
          ({ id: 'cap', kind: 'cap', scope: 'period', amount: String(cap) }) as const;
        const small = planOf([tiersOf(bands, mode), bounds(2_000)]);
        const large = planOf([tiersOf(larger, mode), bounds(2_000 * by)]);
        const more = list.map((one) => ({ ...one, cents: one.cents * by }));
        const scaled = times(pay(inputOf(small, dealsOf(list))), { n: BigInt(by), d: 1n });
        same(pay(inputOf(large, dealsOf(more))), scaled);
      }),
      RUNS,
    );
  });

  it('8: a band cut in two, or a version continued by its twin, changes nothing', () => {
    const cut = fc.integer({ min: 1, max: 60_000 });
    const on = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(risingBands, modes, sales(), cut, on, (bands, mode, list, at, day) => {
        fc.pre(mode !== 'interpolated' && bands.every(({ from }) => Number(from) !== at));
        const below = bands.findLast(({ from }) => Number(from) < at)!;
        const finer = [...bands, { from: String(at), rate: below.rate }];
        finer.sort((a, b) => Number(a.from) - Number(b.from));
        const [plain, cutUp] = [bands, finer].map((some) => planOf([tiersOf(some, mode)]));
        const facts = dealsOf(list);
        const usual = inputOf(plain!, facts);
        same(pay(inputOf(cutUp!, facts)), pay(usual));
        const [version] = usual.plans[0]!.versions;
        const versions = [
          { ...version!, to: onDay(day) },
          { ...version!, number: 2, from: onDay(day) },
        ];
        same(pay({ ...usual, plans: [{ id: 'plan', versions }] }), pay(usual));
      }),
      RUNS,
    );
  });

  it('9: a deal in parts pays the same under marginal tiers', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 900_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(risingBands, parts, (bands, sizes) => {
        const plan = planOf([tiersOf(bands, 'marginal')]);
        const all = sizes.reduce((sum, size) => sum + size, 0);
        const pieces = sizes.map((size, n) => deal(`a${n}`, '2026-01-04', cents(size)));
        same(pay(inputOf(plan, pieces)), pay(inputOf(plan, [deal('a', '2026-01-04', cents(all))])));
      }),
      RUNS,
    );
  });

  it('18: a value on an edge is in the upper band', () => {
    fc.assert(
      fc.property(risingBands, (bands) => {
        const edge = bands[1]!;
        const plan = planOf([tiersOf(bands, 'start_band')]);
        const facts = [deal('a', '2026-01-02', edge.from), deal('b', '2026-01-03', '100')];
        const own = plus(
          times(moneyOf(edge.from, 2), exact(bands[0]!.rate)),
          times({ n: 10_000n, d: 1n }, exact(edge.rate)),
        );
        same(pay(inputOf(plan, facts)), own);
      }),
      RUNS,
    );
  });

  it('16: a cap is never passed, works once as twice, and a refund eats what is above it', () => {
    const back = fc.integer({ min: 1, max: 3_000_000 });
    fc.assert(
      fc.property(sales(), fc.integer({ min: 0, max: 400_000 }), back, (list, most, refund) => {
        const base = { id: 'base', kind: 'flat', measure: 'arr', rate: '0.1' } as const;
        const cap = { id: 'cap', kind: 'cap', scope: 'period', amount: cents(most) } as const;
        const floor = { id: 'low', kind: 'floor', scope: 'period', amount: cents(most) } as const;
        const facts = [...dealsOf(list), deal('z', '2026-01-30', cents(-refund))];
        const bare = pay(inputOf(planOf([base]), facts));
        const limit = { n: BigInt(most), d: 1n };
        const capped = pay(inputOf(planOf([base, cap]), facts));
        same(capped, least(bare, limit));
        same(pay(inputOf(planOf([base, cap, { ...cap, id: 'again' }]), facts)), capped);
        const lifted = pay(inputOf(planOf([base, floor]), facts));
        expect(compare(lifted, limit)).toBeGreaterThanOrEqual(0);
        same(pay(inputOf(planOf([base, floor, { ...floor, id: 'again' }]), facts)), lifted);
      }),
      RUNS,
    );
  });
});

describe('rounding', () => {
  const part = fc.record({
    n: fc.integer({ min: -9_999, max: 9_999 }).map(BigInt),
    d: fc.integer({ min: 1, max: 99 }).map(BigInt),
  });

  it('10: parts make the whole, each within a unit of its share, the same with the sign turned', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 12 }), (parts) => {
        const sum = parts.reduce<Ratio>(plus, { n: 0n, d: 1n });
        const half = sum.n < 0n ? -1n : 1n;
        const total = (2n * sum.n + half * sum.d) / (2n * sum.d);
        const spread = spreadOver(total, parts);
        expect(spread.reduce((all, one) => all + one, 0n)).toBe(total);
        spread.forEach((one, index) => {
          const off = minus({ n: one, d: 1n }, parts[index]!);
          expect(compare({ n: off.n < 0n ? -off.n : off.n, d: off.d }, { n: 1n, d: 1n })).toBe(-1);
        });
        const turned = spreadOver(
          -total,
          parts.map(({ n, d }) => ({ n: -n, d })),
        );
        expect(turned).toEqual(spread.map((one) => -one));
      }),
    );
  });

  it('is half away from zero, so that a reversal is the exact negative', () => {
    const plan = planOf([{ id: 'base', kind: 'flat', measure: 'arr', rate: '0.5' }]);
    const earned = (amount: string) =>
      payeeOf(calculated(inputOf(plan, [deal('a', '2026-01-02', amount)]))).periods[0]!.earnedMinor;
    expect(earned('0.01')).toBe(1n);
    expect(earned('-0.01')).toBe(-1n);
    expect(earned('0.03')).toBe(2n);
  });
});
