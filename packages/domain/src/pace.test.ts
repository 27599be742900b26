import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WorkDay } from './calendar.ts';
import { floorPercent, paceOf, seasonalPace, workingTime } from './pace.ts';

const HOUR = 3_600_000;
/** Four days from nine to five, the last one a half. */
const DAYS: WorkDay[] = [1, 1, 1, 0.5].map((weight, day) => ({
  from: (day * 24 + 9) * HOUR,
  to: (day * 24 + 17) * HOUR,
  weight,
}));
const at = (day: number, hour: number): number => (day * 24 + hour) * HOUR;

describe('working time', () => {
  test.each([
    [at(0, 0), 0],
    [at(0, 9), 0],
    [at(0, 13), 0.5],
    [at(0, 17), 1],
    [at(1, 3), 1],
    [at(2, 11), 2.25],
    [at(3, 13), 3.25],
    [at(9, 0), 3.5],
  ])('at %d ms has run for %d days', (now, elapsed) => {
    expect(workingTime(DAYS, now)).toEqual({ elapsed, total: 3.5 });
  });
});

describe('the pace of a target', () => {
  test('of 700 with 300 after a day and a half is even', () => {
    expect(paceOf(300, 700, DAYS, at(1, 13))).toEqual({
      attainment: 3 / 7,
      expected: 1.5 / 3.5,
      daysAhead: 0,
      daysLeft: 2,
      neededPerDay: 200,
    });
  });

  test('of 700 with 500 after a day and a half is a day ahead', () => {
    const pace = paceOf(500, 700, DAYS, at(1, 13))!;
    expect(pace.daysAhead).toBeCloseTo(1, 12);
    expect(pace.neededPerDay).toBe(100);
  });

  test('of 700 with nothing after two days is two days behind', () => {
    const pace = paceOf(0, 700, DAYS, at(1, 23))!;
    expect(pace.daysAhead).toBeCloseTo(-2, 12);
    expect(pace.neededPerDay).toBeCloseTo(700 / 1.5, 12);
  });

  test('asks for nothing more once the target is reached', () => {
    expect(paceOf(700, 700, DAYS, at(0, 9))!.neededPerDay).toBe(0);
    expect(paceOf(900, 700, DAYS, at(9, 0))!.neededPerDay).toBe(0);
  });

  test('asks for the impossible of nobody when no time is left', () => {
    const pace = paceOf(600, 700, DAYS, at(9, 0))!;
    expect(pace.expected).toBe(1);
    expect(pace.daysLeft).toBe(0);
    expect(pace.neededPerDay).toBeUndefined();
  });

  test('is not told without a target or without a working day', () => {
    expect(paceOf(1, 0, DAYS, 0)).toBeUndefined();
    expect(paceOf(1, 100, [], 0)).toBeUndefined();
  });
});

describe('the pace of a season', () => {
  const period = (...totals: number[]) => totals.map((total) => ({ total, weight: 1 }));
  const weights = (earlier: Parameters<typeof seasonalPace>[1]) =>
    seasonalPace(DAYS, earlier).map((day) => day.weight);

  test('follows earlier periods, whatever they brought and however long they were', () => {
    const late = weights([period(0, 0, 0, 10), period(0, 0, 0, 0, 0, 0, 0, 9_000)]);
    expect(late[0]).toBe(0);
    expect(late[2]).toBeGreaterThan(late[1]!);
    expect(late[3]).toBeGreaterThan(1.5);
    expect(weights([[...DAYS.map(({ weight }) => ({ weight, total: 7 * weight }))]])).toEqual(
      DAYS.map(({ weight }) => expect.closeTo(weight, 9)),
    );
  });

  test('is even where nothing is known', () => {
    expect(seasonalPace(DAYS, [])).toBe(DAYS);
    expect(seasonalPace(DAYS, [period(0, 0), period(-5), []])).toBe(DAYS);
    expect(seasonalPace([], [period(1, 2)])).toEqual([]);
  });

  test('asks for less at the beginning when the ends bring the most', () => {
    const season = seasonalPace(DAYS, [period(0, 0, 50, 50), period(0, 0, 0, 100)]);
    const pace = paceOf(0, 700, DAYS, at(1, 17), season)!;
    expect(pace.expected).toBeLessThan(0.1);
    expect(pace.daysLeft).toBe(1.5);
    expect(pace.neededPerDay).toBeCloseTo(700 / 1.5, 12);
    expect(paceOf(350, 700, DAYS, at(1, 17), season)!.daysAhead).toBeGreaterThan(1);
  });

  test('looks at the last six periods and adds up to the same days', () => {
    const totals = fc.array(
      fc.record({ total: fc.integer({ min: -9, max: 99 }), weight: fc.constantFrom(0, 0.5, 1) }),
      { maxLength: 9 },
    );
    fc.assert(
      fc.property(fc.array(totals, { maxLength: 9 }), (earlier) => {
        const season = weights(earlier);
        expect(season).toEqual(weights(earlier.slice(-6)));
        expect(season.reduce((sum, one) => sum + one, 0)).toBeCloseTo(3.5, 9);
        for (const one of season) expect(one).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });
});

test.each([
  [0.996, 99],
  [0.9999, 99],
  [1, 100],
  [0.29, 29],
  [1.005, 100],
  [-0.005, 0],
  [0, 0],
])('a share of %d reads as %d per cent', (share, percent) => {
  expect(floorPercent(share) + 0).toBe(percent);
});
