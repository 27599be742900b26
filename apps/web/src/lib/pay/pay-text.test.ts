import { describe, expect, it } from 'vitest';
import {
  centsUp,
  columnScale,
  decimalOf,
  edgeInColumn,
  exactMoneyIn,
  inColumn,
  moneyIn,
  unitText,
  unroundedIn,
} from './pay-text.ts';
import { sumOf } from './sum.ts';

describe('an exact number of a trace', () => {
  it.each([
    ['12.50', '12.5'],
    ['1/3', '0.3333'],
    ['-1/8', '-0.125'],
    ['0.00001', '0'],
    ['7', '7'],
  ])('%s is read as %s', (text, shown) => expect(decimalOf(text)).toBe(shown));
});

describe('a deal that reaches an exact edge', () => {
  it.each([
    ['12', '12'],
    ['12.5', '12.5'],
    ['12.501', '12.51'],
    ['100/3', '33.34'],
  ])('of %s is %s', (text, deal) => expect(centsUp(text)).toBe(deal));
});

describe('money of an organisation that counts in rials', () => {
  const en = { language: 'en', digits: 'latin', calendar: 'jalali', timeZone: 'UTC' } as const;
  const fa = { ...en, language: 'fa', digits: 'persian' } as const;
  it('has no parts of a rial where there are none', () => {
    expect(moneyIn('133500000.00', 'IRR', en)).toBe('133,500,000\u00a0IRR');
    expect(moneyIn('0.50', 'IRR', en)).toBe('0.50\u00a0IRR');
    expect(moneyIn('133500000.00', 'USD', en)).toBe('133,500,000.00\u00a0USD');
  });
  it('is said in tomans where the organisation shows them, exactly', () => {
    const [enToman, faToman] = [
      { ...en, moneyUnit: 'toman' },
      { ...fa, moneyUnit: 'toman' },
    ] as const;
    expect(moneyIn('133500000.00', 'IRR', enToman)).toBe('13,350,000\u00a0toman');
    expect(moneyIn('-15.00', 'IRR', enToman)).toBe('\u22121.5\u00a0toman');
    expect(moneyIn('133500000.00', 'IRR', faToman)).toBe('۱۳٬۳۵۰٬۰۰۰\u00a0تومان');
    expect(moneyIn('5.00', 'USD', enToman)).toBe('5.00\u00a0USD');
    expect(exactMoneyIn('100/3', 'IRR', enToman)).toBe('3.333\u00a0toman');
    expect(unroundedIn('100/3', 'IRR', enToman)).toBe('3.33333\u00a0toman');
    const large = columnScale(['118500000.00', '-6000000.00'], 'IRR', enToman);
    expect(inColumn('118500000.00', large, enToman)).toBe('11.8');
    expect(edgeInColumn('118500000', large, enToman)).toBe('11.85');
    expect(unitText(large, 'IRR', enToman)).toBe('million\u00a0toman');
    const small = columnScale(['9035.00', '20.00'], 'IRR', enToman);
    expect(['9035.00', '20.00'].map((one) => inColumn(one, small, enToman))).toEqual([
      '903.5',
      '2',
    ]);
  });
  it('stands in columns of one magnitude, and small sums with every digit', () => {
    const large = columnScale(['118500000.00', '-6000000.00'], 'IRR', en);
    expect(inColumn('118500000.00', large, en)).toBe('118.5');
    expect(unitText(large, 'IRR', en)).toBe('million\u00a0IRR');
    const small = columnScale(['9037.50', '2.00'], 'USD', en);
    expect(inColumn('2.00', small, en)).toBe('2.00');
  });
});

describe('a sum of decimals', () => {
  it('is exact', () => expect(sumOf(['0.10', '0.20', '-1'])).toBe('-0.70'));
  it('of nothing is nothing', () => expect(sumOf([])).toBe('0'));
});
