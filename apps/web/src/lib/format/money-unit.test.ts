import { MONEY_UNITS } from '@ovation/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amount,
  boardScale,
  currencyName,
  exactAmount,
  exactDigits,
  exactPerUnit,
  heroScale,
  inUnit,
  longUnit,
  precise,
  raisedExactly,
  scaled,
  scaledShort,
  scaledText,
  shiftedExactly,
  shortUnit,
  typedCurrency,
  typedUnit,
  type FormatLocale,
} from './index.ts';

const IRR = { kind: 'money', currency: 'IRR', scale: 2 } as const;
const USD = { kind: 'money', currency: 'USD', scale: 2 } as const;
const rials = { language: 'en', digits: 'latin', calendar: 'jalali', timeZone: 'UTC' } as const;
const en: FormatLocale = { ...rials, moneyUnit: 'toman' };
const fa: FormatLocale = { ...en, language: 'fa', digits: 'persian' };

/** Any decimal string: signs, many digits, fractions. */
const decimals = fc
  .tuple(
    fc.boolean(),
    fc.bigInt({ min: 0n, max: 10n ** 24n }),
    fc.option(fc.stringMatching(/^\d{1,8}$/), { nil: undefined }),
  )
  .map(([minus, whole, tail]) => `${minus ? '-' : ''}${whole}${tail ? `.${tail}` : ''}`);

const PLACES = 12;
/** A decimal string as a whole number of its `PLACES`-th parts. */
function parts(text: string): bigint {
  const [whole = '0', tail = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + tail.padEnd(PLACES, '0'));
  return text.startsWith('-') ? -size : size;
}

describe('a sum in its display unit', () => {
  it('is the stored sum again when it is multiplied, to the last digit', () => {
    const { power } = MONEY_UNITS.toman;
    fc.assert(
      fc.property(decimals, (stored) => {
        expect(parts(shiftedExactly(stored, power)) * 10n ** BigInt(power)).toBe(parts(stored));
      }),
    );
  });

  it('keeps every digit on its way to the reader', () => {
    const { power } = MONEY_UNITS.toman;
    fc.assert(
      fc.property(decimals, (stored) => {
        const shown = exactDigits(stored, IRR, en).replace('\u2212', '-').replaceAll(',', '');
        expect(parts(shown) * 10n ** BigInt(power)).toBe(parts(stored));
      }),
    );
  });

  it('gives as many points for a part of it as for the same part of the books', () => {
    const { power } = MONEY_UNITS.toman;
    fc.assert(
      fc.property(decimals, (perRial) => {
        const perToman = raisedExactly(perRial, power);
        expect(parts(perToman)).toBe(parts(perRial) * 10n ** BigInt(power));
        expect(shiftedExactly(perToman, power)).toBe(shiftedExactly(perRial, 0));
      }),
    );
    expect(exactPerUnit('0.25', IRR, en)).toBe('2.5');
    expect(exactPerUnit('0.25', USD, en)).toBe('0.25');
    expect(exactPerUnit('3', { kind: 'count', scale: 6 }, fa)).toBe('۳');
  });

  it('is never more than the stored sum where digits are cut off', () => {
    fc.assert(
      fc.property(decimals, (stored) => {
        const scale = boardScale([stored], IRR, en);
        const shown = parts(scaledText(stored, scale)) * 10n ** BigInt(scale.power + 1);
        const size = (value: bigint) => (value < 0n ? -value : value);
        expect(size(shown) <= size(parts(stored))).toBe(true);
      }),
    );
  });

  it.each([
    ['133500000.00', '13,350,000\u00a0toman', '۱۳٬۳۵۰٬۰۰۰\u00a0تومان'],
    ['-15.00', '\u22121.5\u00a0toman', '\u2212۱٫۵\u00a0تومان'],
    ['5', '0.5\u00a0toman', '۰٫۵\u00a0تومان'],
    ['0.07', '0.007\u00a0toman', '۰٫۰۰۷\u00a0تومان'],
    ['0.00', '0\u00a0toman', '۰\u00a0تومان'],
  ])('%s rials are said with every digit', (stored, english, persian) => {
    expect(exactAmount(stored, IRR, en)).toBe(english);
    expect(exactAmount(stored, IRR, fa)).toBe(persian);
  });

  it('has the magnitude of what is shown, not of what is stored', () => {
    expect(inUnit('1335000000.00', IRR, en)).toBe('133\u00a0m\u00a0toman');
    expect(inUnit('1335000000.00', IRR, fa)).toBe('۱۳۳\u00a0میلیون\u00a0تومان');
    expect(amount('94000', IRR, en)).toEqual({ number: '9,400', unit: 'toman' });
    expect(amount('94000', IRR, fa)).toEqual({ number: '۹٬۴۰۰', unit: 'تومان' });
    expect(inUnit('1335000000.00', IRR, rials)).toBe('1.33\u00a0bn\u00a0IRR');
  });

  it('stands in a board of one magnitude that is named once', () => {
    const values = ['12843005000', '999990000'];
    for (const [locale, row, unit] of [
      [en, '1,284', 'million\u00a0toman'],
      [fa, '۱٬۲۸۴', 'میلیون\u00a0تومان'],
    ] as const) {
      const scale = boardScale(values, IRR, locale);
      expect(scaled(values[0]!, scale, locale)).toBe(row);
      expect(longUnit(IRR, scale, locale)).toBe(unit);
    }
  });

  it('stands in a hero number as precisely as it can be read', () => {
    const scale = heroScale(['131000000', '15000000'], IRR, en);
    expect(scaledShort('15000000', scale, en)).toBe('1.5');
    expect(scaled('9434567', precise('9434567', scale), en)).toBe('0.94');
    expect(shortUnit(IRR, scale, en)).toBe('m\u00a0toman');
    expect(shortUnit(IRR, scale, fa)).toBe('میلیون\u00a0تومان');
  });

  it('leaves other money, and all that is no money, as it is', () => {
    expect(inUnit('1500', USD, en)).toBe('1,500\u00a0USD');
    expect(exactAmount('1500.50', USD, fa)).toBe('۱٬۵۰۰٫۵۰\u00a0دلار');
    expect(inUnit('30', { kind: 'count', scale: 6 }, en)).toBe('30');
    expect(currencyName('EUR', en)).toBe('EUR');
  });
});

describe('the unit of a field', () => {
  it('is the currency of the books in words, whatever is shown', () => {
    expect(currencyName('IRR', en)).toBe('toman');
    for (const locale of [rials, en]) expect(typedCurrency('IRR', locale)).toBe('rial');
    expect(typedUnit(IRR, fa)).toBe('ریال');
    expect(typedUnit(USD, en)).toBe('USD');
    expect(typedUnit({ kind: 'percent', scale: 3 }, fa)).toBe('٪');
    expect(typedUnit({ kind: 'count', scale: 6 }, en)).toBe('');
  });
});
