import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waterfall } from './my-waterfall.ts';

describe('steps to what a period pays', () => {
  it('begin where the last one ended, and end where the sum does', () => {
    const { bars, total, zero } = waterfall(['60.00', '60.00', '-20.00']);
    expect(bars).toEqual([
      { start: 0, width: 50, end: 50, back: false },
      { start: 50, width: 50, end: 100, back: false },
      {
        start: expect.closeTo(83.333, 2),
        width: expect.closeTo(16.667, 2),
        ...{ back: true },
        end: expect.closeTo(83.333, 2),
      },
    ]);
    expect(total).toMatchObject({ start: 0, end: expect.closeTo(83.333, 2) });
    expect(zero).toBe(0);
  });
  it('may lie below nothing', () => {
    const { bars, total, zero } = waterfall(['30', '-90']);
    expect(zero).toBeCloseTo(66.667, 2);
    expect(bars[1]).toMatchObject({ start: 0, width: 100, back: true });
    expect(total).toMatchObject({ start: 0, back: true });
  });
  it('of nothing are nothing', () => {
    expect(waterfall([])).toMatchObject({ bars: [], total: { start: 0, width: 0 } });
    expect(waterfall(['0.00']).bars[0]?.width).toBe(0);
  });
  it('never leave their track', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => (n / 100).toFixed(2));
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 12 }), (amounts) => {
        const { bars, total } = waterfall(amounts);
        for (const { start, width } of [...bars, total]) {
          expect(start).toBeGreaterThanOrEqual(-1e-9);
          expect(start + width).toBeLessThanOrEqual(100 + 1e-9);
        }
        bars.slice(1).forEach((bar, index) => {
          const begins = bar.back ? bar.start + bar.width : bar.start;
          expect(begins).toBeCloseTo(bars[index]!.end, 6);
        });
      }),
    );
  });
});
