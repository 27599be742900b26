import { describe, expect, it } from 'vitest';
import type { FormatLocale } from '../format/index.ts';
import { typedSum, typedSumOf } from './typed-sum.ts';

const rials = { language: 'en', digits: 'latin', calendar: 'jalali', timeZone: 'UTC' } as const;
const en: FormatLocale = { ...rials, moneyUnit: 'toman' };
const fa: FormatLocale = { ...en, language: 'fa', digits: 'persian' };

describe('what is typed in rials', () => {
  it.each([
    ['15000000', '=\u00a01,500,000\u00a0toman', '=\u00a0۱٬۵۰۰٬۰۰۰\u00a0تومان'],
    ['۱۵٬۰۰۵', '=\u00a01,500.5\u00a0toman', '=\u00a0۱٬۵۰۰٫۵\u00a0تومان'],
    ['-20', '=\u00a0\u22122\u00a0toman', '=\u00a0\u2212۲\u00a0تومان'],
  ])('is told in tomans as well: %s', (text, english, persian) => {
    expect(typedSum(text, 'IRR', en)).toBe(english);
    expect(typedSum(text, 'IRR', fa)).toBe(persian);
  });

  it('is not told again where it is shown as it is typed', () => {
    expect(typedSum('15000000', 'IRR', rials)).toBeUndefined();
    expect(typedSum('15000000', 'USD', en)).toBeUndefined();
  });

  it('is not told while it cannot be read', () => {
    for (const text of ['', ' ', '12x']) expect(typedSum(text, 'IRR', en)).toBeUndefined();
  });

  it('is only told of money', () => {
    const count = { kind: 'count', scale: 6 } as const;
    expect(typedSumOf('10', count, en)).toBeUndefined();
    expect(typedSumOf('10', { kind: 'money', currency: 'IRR', scale: 2 }, en)).toBeDefined();
    expect(typedSumOf('10', undefined, en)).toBeUndefined();
  });
});
