import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar, type WorkDay } from './calendar.ts';
import { DEFAULT_SETTINGS } from './organisation.ts';
import {
  percentOfTarget,
  prorate,
  ramp,
  rollUp,
  spreadBySeason,
  spreadByWorkDays,
  spreadTarget,
} from './target-plan.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, one) => sum + one, 0n);
/** Working days of so many weights, from nine to five, a day each. */
const daysOf = (...weights: number[]): WorkDay[] =>
  weights.map((weight, day) => ({
    from: day * DAY + 9 * HOUR,
    to: day * DAY + 17 * HOUR,
    weight,
  }));
const value = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
const weight = fc.constantFrom(0.1, 0.25, 0.5, 0.7, 1);
const windows = fc.array(
  fc.array(weight, { maxLength: 8 }).map((all) => daysOf(...all)),
  {
    minLength: 1,
    maxLength: 12,
  },
);

describe('a target that is spread', () => {
  test('adds up to the last unit, and no part is a unit off its exact share', () => {
    const weights = fc
      .array(fc.oneof(weight, fc.nat({ max: 900 })), { minLength: 1, maxLength: 20 })
      .filter((all) => all.some((one) => one > 0));
    fc.assert(
      fc.property(value, weights, (whole, shares) => {
        const parts = spreadTarget(whole, shares);
        expect(sumOf(parts)).toBe(whole);
        const hundredths = shares.map((one) => BigInt(Math.round(one * 100)));
        parts.forEach((part, index) => {
          const off = part * sumOf(hundredths) - whole * hundredths[index]!;
          expect((off < 0n ? -off : off) < sumOf(hundredths)).toBe(true);
        });
      }),
    );
  });

  test('takes decimals as written, and fractions', () => {
    expect(spreadTarget(10n, [0.1, 0.2, 0.7])).toEqual([1n, 2n, 7n]);
    expect(
      spreadTarget(30n, [
        { n: 1n, d: 3n },
        { n: 2n, d: 3n },
      ]),
    ).toEqual([10n, 20n]);
    expect(spreadTarget(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
  });

  test('needs something to go by', () => {
    expect(() => spreadTarget(1n, [0, 0])).toThrow(RangeError);
    expect(() => spreadTarget(1n, [])).toThrow(RangeError);
    expect(() => spreadTarget(1n, [-1, 2])).toThrow(RangeError);
    expect(() => spreadByWorkDays(1n, [[], []])).toThrow(RangeError);
  });
});

describe('by working days', () => {
  test('a quarter goes to its months as they are open', () => {
    const calendar = createCalendar({ ...DEFAULT_SETTINGS, holidays: ['2026-12-25'] });
    const quarter = calendar.windowOf('quarter', calendar.startOf('2026-11-24'));
    const months = calendar.windowsIn(quarter, 'month').map((one) => calendar.workDays(one));
    const plan = spreadByWorkDays(65_000_00n, months);
    expect(plan.map((one) => one.because)).toEqual([
      { by: 'working_days', workDays: 22, of: 65 },
      { by: 'working_days', workDays: 21, of: 65 },
      { by: 'working_days', workDays: 22, of: 65 },
    ]);
    expect(plan.map((one) => one.value)).toEqual([22_000_00n, 21_000_00n, 22_000_00n]);
  });

  test('adds up for any windows', () => {
    fc.assert(
      fc.property(value, windows, (whole, all) => {
        fc.pre(all.some((days) => days.length > 0));
        expect(sumOf(spreadByWorkDays(whole, all).map((one) => one.value))).toBe(whole);
      }),
    );
  });
});

describe('by season', () => {
  const even = [daysOf(1, 1), daysOf(1, 1), daysOf(1, 1), daysOf(1, 1)];

  test('windows get what they had on average', () => {
    const earlier = [
      [10n, 20n, 30n, 40n],
      [10n, 0n, 10n, null],
    ];
    expect(spreadBySeason(8_000n, even, earlier)).toEqual([
      { value: 1_000n, because: { by: 'seasonality', share: 0.125, periods: 2 } },
      { value: 1_000n, because: { by: 'seasonality', share: 0.125, periods: 2 } },
      { value: 2_000n, because: { by: 'seasonality', share: 0.25, periods: 2 } },
      { value: 4_000n, because: { by: 'seasonality', share: 0.5, periods: 1 } },
    ]);
  });

  test('windows that never were get their working days, the others the rest', () => {
    expect(spreadBySeason(800n, even, [[30n, null, 10n, -5n]])).toEqual([
      { value: 450n, because: { by: 'seasonality', share: 0.5625, periods: 1 } },
      { value: 200n, because: { by: 'working_days', workDays: 2, of: 8 } },
      { value: 150n, because: { by: 'seasonality', share: 0.1875, periods: 1 } },
      { value: 0n, because: { by: 'seasonality', share: 0, periods: 1 } },
    ]);
  });

  test('nothing that ever was is as good as no season', () => {
    const byDays = spreadByWorkDays(801n, even);
    expect(spreadBySeason(801n, even, [])).toEqual(byDays);
    expect(spreadBySeason(801n, even, [[null, null]])).toEqual(byDays);
    expect(spreadBySeason(801n, even, [[0n, 0n, 0n, null]])).toEqual(byDays);
  });

  test('a season is enough where nothing is open', () => {
    const plan = spreadBySeason(9n, [[], []], [[2n, 1n]]);
    expect(plan.map((one) => one.value)).toEqual([6n, 3n]);
  });

  test('adds up for any history', () => {
    const totals = fc.array(
      fc.array(fc.option(fc.bigInt({ min: -50n, max: 10n ** 15n })), { maxLength: 12 }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(value, windows, totals, (whole, all, earlier) => {
        fc.pre(all.every((days) => days.length > 0));
        const plan = spreadBySeason(whole, all, earlier);
        expect(sumOf(plan.map((one) => one.value))).toBe(whole);
        const back = spreadBySeason(-whole, all, earlier);
        expect(back.map((one) => -one.value)).toEqual(plan.map((one) => one.value));
      }),
    );
  });
});

describe('joiners and leavers', () => {
  const days = daysOf(1, 1, 0.5, 1, 0.5);

  test.each([
    [undefined, undefined, 800n, 4],
    [3 * DAY, undefined, 300n, 1.5],
    [undefined, 3 * DAY, 500n, 2.5],
    [DAY, 3 * DAY, 300n, 1.5],
    [3 * DAY + 12 * HOUR, undefined, 300n, 1.5],
    [9 * DAY, undefined, 0n, 0],
    [3 * DAY, DAY, 0n, 0],
    [undefined, 3 * DAY + 12 * HOUR, 500n, 2.5],
  ])('there from %s until %s have their share', (from, until, part, workDays) => {
    const because = { by: 'working_days', workDays, of: 4 };
    expect(prorate(800n, days, from, until)).toEqual({ value: part, because });
  });

  test('who takes over gets what the leaver does not, to the unit, however often', () => {
    const handovers = fc.array(fc.integer({ min: -HOUR, max: 9 * DAY }), { maxLength: 4 });
    fc.assert(
      fc.property(value, windows, handovers, (whole, [days], cuts) => {
        fc.pre(days!.length > 0);
        const edges = [-Infinity, ...cuts.sort((a, b) => a - b), Infinity];
        const parts = edges.slice(1).map((end, index) => prorate(whole, days!, edges[index], end));
        expect(sumOf(parts.map((part) => part.value))).toBe(whole);
      }),
    );
  });

  test('a window without working days has no share to give', () => {
    expect(() => prorate(800n, [])).toThrow(RangeError);
  });
});

test('a new hire gets there step by step', () => {
  expect(ramp(999n, [25, 50, 75, 100])).toEqual([
    { value: 250n, because: { by: 'ramp', percent: 25, step: 1, of: 4 } },
    { value: 500n, because: { by: 'ramp', percent: 50, step: 2, of: 4 } },
    { value: 749n, because: { by: 'ramp', percent: 75, step: 3, of: 4 } },
    { value: 999n, because: { by: 'ramp', percent: 100, step: 4, of: 4 } },
  ]);
  expect(percentOfTarget(1_000_000n, 33.3)).toBe(333_000n);
  expect(percentOfTarget(5n, 110)).toBe(6n);
  expect(percentOfTarget(-5n, 110)).toBe(-6n);
  expect(percentOfTarget(7n, 0)).toBe(0n);
  expect(() => percentOfTarget(7n, -1)).toThrow(RangeError);
});

test('people are held against their team', () => {
  const people = new Map([
    ['ada', 600n],
    ['ben', 399n],
  ]);
  expect(rollUp(people, 1_000n)).toEqual({ sum: 999n, percent: 99_900n, missing: 1n });
  expect(rollUp(people, 800n)).toEqual({ sum: 999n, percent: 124_875n, missing: -199n });
  expect(rollUp(people, 1_000_000n)).toMatchObject({ percent: 99n });
  expect(rollUp(people, null)).toEqual({ sum: 999n, percent: null, missing: null });
  expect(rollUp(new Map(), 5n)).toEqual({ sum: 0n, percent: 0n, missing: 5n });
});
