import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from './allocate.ts';
import { parseShare, sharesMakeWhole, weightsOf, type Share } from './share.ts';

const sumOf = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n);
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 12 })
  .filter((all) => sumOf(all) > 0n);
const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const shareOf = (text: string): Share => {
  const parsed = parseShare(text);
  if (!parsed.ok) throw new Error(parsed.fault.detail);
  return parsed.value;
};

describe('a deal that several people share', () => {
  test('gives away every unit and not one more', () => {
    fc.assert(
      fc.property(amount, weights, (value, all) => {
        expect(sumOf(allocate(value, all))).toBe(value);
      }),
    );
  });

  test('takes back from each exactly what it gave', () => {
    fc.assert(
      fc.property(amount, weights, (value, all) => {
        expect(allocate(-value, all)).toEqual(allocate(value, all).map((part) => -part));
      }),
    );
  });

  test('leaves nobody a whole unit away from the exact share', () => {
    fc.assert(
      fc.property(amount, weights, (value, all) => {
        const total = sumOf(all);
        allocate(value, all).forEach((part, index) => {
          const off = part * total - value * all[index]!;
          expect(off < total && off > -total).toBe(true);
        });
      }),
    );
  });

  test('gives nothing to a weight of zero', () => {
    fc.assert(
      fc.property(amount, weights, (value, all) => {
        const parts = allocate(value, all);
        const idle = parts.filter((_, index) => all[index] === 0n);
        expect(idle.every((part) => part === 0n)).toBe(true);
      }),
    );
  });

  test('hands the odd cent to the first of equals', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(101n, [1n, 1n, 1n])).toEqual([34n, 34n, 33n]);
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
    expect(allocate(1n, [1n, 1n])).toEqual([1n, 0n]);
  });

  test('hands the odd cent to the largest remainder before the first', () => {
    expect(allocate(10n, [1n, 2n])).toEqual([3n, 7n]);
    expect(allocate(100n, [1n, 1n, 4n])).toEqual([17n, 17n, 66n]);
  });

  test('cannot be shared by no weights, by zeros alone or by less than zero', () => {
    for (const all of [[], [0n, 0n], [2n, -1n]])
      expect(() => allocate(1n, all)).toThrow(RangeError);
  });
});

describe('a share as it is written', () => {
  test.each([
    ['1', 1n, 1n],
    ['0.7', 7n, 10n],
    ['.25', 1n, 4n],
    ['1/3', 1n, 3n],
    ['2/6', 1n, 3n],
    ['1.000', 1n, 1n],
    ['3/3', 1n, 1n],
  ])('%s is taken as %d/%d', (text, n, d) => {
    expect(parseShare(text)).toEqual({ ok: true, value: { n, d } });
  });

  test.each(['0', '0.0', '0/5', '1.1', '2', '3/2', '1/0', '1/00', '-0.5', '', '50%', '1e-1', '½'])(
    '%j is refused',
    (text) => {
      const parsed = parseShare(text);
      expect(parsed.ok ? 'taken' : parsed.fault.code).toBe('bad_share');
    },
  );

  test('three thirds make a whole, and three times 0.333333333 do not', () => {
    expect(sharesMakeWhole(['1/3', '1/3', '1/3'].map(shareOf))).toBe(true);
    expect(sharesMakeWhole(['0.5', '1/3', '1/6'].map(shareOf))).toBe(true);
    expect(sharesMakeWhole(Array(3).fill(shareOf('0.333333333')))).toBe(false);
    expect(sharesMakeWhole([])).toBe(false);
  });

  test('weighs against the others in the same proportions', () => {
    const share = fc
      .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 }))
      .map(([a, b]) => shareOf(`${Math.min(a, b)}/${Math.max(a, b)}`));
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 8 }), (shares) => {
        const whole = weightsOf(shares);
        shares.forEach((one, a) =>
          shares.forEach((other, b) => {
            expect(whole[a]! * other.n * one.d).toBe(whole[b]! * one.n * other.d);
          }),
        );
      }),
    );
    expect(weightsOf(['1/2', '1/3', '1/6'].map(shareOf))).toEqual([3n, 2n, 1n]);
  });
});
