import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyExponent } from './currency.ts';
import { formatScaled, parseScaled } from './decimal.ts';

const amount = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n });
const scale = fc.integer({ min: 0, max: 12 });
const codeOf = (text: string, digits: number): string => {
  const parsed = parseScaled(text, digits);
  return parsed.ok ? 'taken' : parsed.fault.code;
};

describe('a number written by a sender', () => {
  test('comes back as the same number, however it is written out', () => {
    fc.assert(
      fc.property(amount, scale, (value, digits) => {
        const free = formatScaled(value, digits);
        const fixed = formatScaled(value, digits, digits);
        expect(parseScaled(free, digits)).toEqual({ ok: true, value });
        expect(parseScaled(fixed, digits)).toEqual({ ok: true, value });
      }),
    );
  });

  test('may carry zeros past the scale, and nothing else', () => {
    expect(parseScaled('12.500', 2)).toEqual({ ok: true, value: 1250n });
    expect(parseScaled('7', 2)).toEqual({ ok: true, value: 700n });
    expect(parseScaled('-0.05', 2)).toEqual({ ok: true, value: -5n });
    expect(codeOf('12.501', 2)).toBe('too_precise');
    expect(codeOf('1.5', 0)).toBe('too_precise');
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '.5',
    '1.',
    '1,5',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    '--1',
    '١٢',
    '1234567890123456789',
    '1.1234567890123',
    '1\n',
  ])('is refused when it reads %j', (text) => {
    expect(codeOf(text, 12)).toBe('not_a_decimal');
  });

  test('is quoted in the refusal no further than forty characters', () => {
    const parsed = parseScaled('x'.repeat(10_000), 2);
    expect(parsed.ok ? '' : parsed.fault.detail).toContain(`${'x'.repeat(40)}…`);
    expect(parsed.ok ? '' : parsed.fault.detail.length).toBeLessThan(150);
  });
});

describe('a number shown to people', () => {
  test('keeps every place of money and drops the empty places of a count', () => {
    expect(formatScaled(125_050n, 2, 2)).toBe('1250.50');
    expect(formatScaled(125_000n, 2, 2)).toBe('1250.00');
    expect(formatScaled(1_000_000n, 6)).toBe('1');
    expect(formatScaled(333_333n, 6)).toBe('0.333333');
    expect(formatScaled(-5n, 2, 2)).toBe('-0.05');
    expect(formatScaled(0n, 0, 0)).toBe('0');
  });

  test('has no scale past twelve', () => {
    expect(() => formatScaled(1n, 13)).toThrow(RangeError);
  });
});

test.each([
  ['USD', 2],
  ['EUR', 2],
  ['IRR', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['KWD', 3],
  ['BHD', 3],
  ['CLF', 4],
  ['usd', undefined],
  ['QQQ', undefined],
  ['', undefined],
])('a floor that sells in %j counts %j digits of minor unit', (code, digits) => {
  expect(currencyExponent(code)).toBe(digits);
});
