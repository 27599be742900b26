import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { project, type Projection, type ProjectionInput } from './projection.ts';

const day = (total: number, weight = 1) => ({ total, weight });
const WEEK = [day(120), day(0), day(310), day(45), day(80, 0.5)];
const base: ProjectionInput = {
  increments: WEEK,
  booked: 555,
  remaining: [0.4, 1, 1, 1, 0.5],
  gone: 0.5,
  events: 40,
  target: 1_000,
  seed: 'ada/revenue/2026-11-01',
};
const told = (input: Partial<ProjectionInput> = {}): Projection => {
  const projection = project({ ...base, ...input });
  if (!projection) throw new Error('nothing is told');
  return projection;
};

describe('a projection', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(told()).toEqual(told());
    expect(told({ seed: 'ben' }).paths).not.toEqual(told().paths);
    expect(told({ seed: 7 })).toEqual(told({ seed: '7' }));
  });

  test('is not told before a quarter of the time and 20 events are there', () => {
    expect(project({ ...base, gone: 0.249 })).toBeUndefined();
    expect(project({ ...base, events: 19 })).toBeUndefined();
    expect(project({ ...base, gone: 0.25, events: 20 })).toBeDefined();
    expect(project({ ...base, increments: [] })).toBeUndefined();
    expect(project({ ...base, increments: [day(50, 0)] })).toBeUndefined();
  });

  test('of somebody who adds the same every day has no doubt', () => {
    const steady = [day(100), day(50, 0.5), day(25, 0.25)];
    const projection = told({ increments: steady, booked: 500, remaining: [0.5, 1, 1] });
    expect(projection).toMatchObject({ p10: 750, p50: 750, p90: 750, reach: 0 });
    expect(projection.paths[0]).toEqual([550, 650, 750]);
    expect(told({ increments: steady, booked: 750, remaining: [0.5, 1, 1] }).reach).toBe(1);
  });

  test('of a window that is over is what is booked', () => {
    const projection = told({ remaining: [], gone: 1 });
    expect(projection).toMatchObject({ p10: 555, p90: 555, reach: 0 });
    expect(projection.paths).toHaveLength(15);
    expect(told({ remaining: [], target: 555 }).reach).toBe(1);
    expect(told({ remaining: [], target: null }).reach).toBeNull();
  });

  test('lies around the own average, with half days as halves', () => {
    const { p50, p25, p75, p10, p90 } = told({ runs: 20_000, remaining: Array(40).fill(1) });
    const expected = 555 + 40 * (555 / 4.5);
    expect(Math.abs(p50 - expected) / expected).toBeLessThan(0.02);
    // The spread of a sum of 40 draws: the square root of 40 times that of one.
    const variance =
      WEEK.reduce((sum, { total, weight }) => {
        const off = total / weight - 555 / 4.5;
        return sum + (weight / 4.5) * off * off;
      }, 0) * 40;
    expect((p75 - p25) / (1.349 * Math.sqrt(variance))).toBeCloseTo(1, 1);
    expect((p90 - p10) / (2.563 * Math.sqrt(variance))).toBeCloseTo(1, 1);
  });

  test('reaches a target from above where lower is better', () => {
    const higher = told({ target: 900 }).reach!;
    const lower = told({ target: 900, better: 'lower' }).reach!;
    expect(higher).toBeGreaterThan(0.2);
    expect(higher + lower).toBeCloseTo(1, 2);
  });

  test('keeps its percentiles in order and its paths within what can be', () => {
    const total = fc.integer({ min: -500, max: 5_000 });
    const weight = fc.constantFrom(0, 0.25, 0.5, 1);
    const increments = fc.array(fc.record({ total, weight }), { maxLength: 30 });
    fc.assert(
      fc.property(increments, fc.array(weight, { maxLength: 30 }), total, (past, left, booked) => {
        const projection = project({
          ...base,
          increments: past,
          remaining: left,
          booked,
          runs: 60,
        });
        const rates = past.filter((one) => one.weight > 0).map((one) => one.total / one.weight);
        if (!projection || rates.length === 0) {
          expect([projection, rates.length]).toEqual([undefined, 0]);
          return;
        }
        const { p10, p25, p50, p75, p90, paths } = projection;
        expect([p10, p25, p50, p75, p90].toSorted((a, b) => a - b)).toEqual([
          p10,
          p25,
          p50,
          p75,
          p90,
        ]);
        const [least, most] = [Math.min(...rates), Math.max(...rates)];
        for (const path of paths) {
          expect(path).toHaveLength(left.length);
          path.forEach((value, index) => {
            const before = path[index - 1] ?? booked;
            expect(value).toBeGreaterThanOrEqual(before + least * left[index]! - 1e-6);
            expect(value).toBeLessThanOrEqual(before + most * left[index]! + 1e-6);
          });
        }
      }),
    );
  });

  test('of a long year takes no time', () => {
    const started = performance.now();
    told({ remaining: Array(366).fill(1), increments: Array(366).fill(day(3)) });
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
