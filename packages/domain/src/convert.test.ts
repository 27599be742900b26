import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertMinor, parseRate } from './convert.ts';

const rateOf = (text: string): bigint => {
  const rate = parseRate(text);
  if (!rate.ok) throw new Error(rate.fault.detail);
  return rate.value;
};

test.each([
  ['euro cents to dollar cents', 10_000n, 2, '1.0875', 2, 10_875n],
  ['half a cent goes up', 1n, 2, '1.5', 2, 2n],
  ['half a cent of a refund goes down', -1n, 2, '1.5', 2, -2n],
  ['less than half goes', 1n, 2, '1.499999999999', 2, 1n],
  ['yen have no cents', 1_000n, 0, '0.0067', 2, 670n],
  ['dollars to yen', 670n, 2, '149.25', 0, 1_000n],
  ['dinars have a thousand', 1_500n, 3, '3.26', 2, 489n],
  ['rials, whose rate is tiny', 100_000_000_00n, 2, '0.000001702128', 2, 17_021n],
  ['nothing', 0n, 2, '7', 2, 0n],
])('%s', (_name, minor, from, rate, to, expected) => {
  expect(convertMinor(minor, from, rateOf(rate), to)).toBe(expected);
});

test.each(['0', '-1', '1e3', '', '1.0000000000001', '1/3'])('"%s" is no rate', (text) => {
  expect(parseRate(text).ok).toBe(false);
});

const amount = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
const rates = fc.bigInt({ min: 1n, max: 10n ** 18n });
const exponent = fc.integer({ min: 0, max: 4 });

test('the result is never more than half a unit from the exact one', () => {
  fc.assert(
    fc.property(amount, exponent, rates, exponent, (minor, from, rate, to) => {
      const converted = convertMinor(minor, from, rate, to);
      const scale = 10n ** BigInt(12 + from);
      const off = converted * scale - minor * rate * 10n ** BigInt(to);
      expect((off < 0n ? -off : off) * 2n <= scale).toBe(true);
    }),
  );
});

test('what is given back is exactly what was given', () => {
  fc.assert(
    fc.property(amount, exponent, rates, exponent, (minor, from, rate, to) => {
      expect(convertMinor(-minor, from, rate, to)).toBe(-convertMinor(minor, from, rate, to));
    }),
  );
});
