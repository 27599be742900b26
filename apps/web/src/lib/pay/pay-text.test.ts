import { describe, expect, it } from 'vitest';
import { centsUp, decimalOf } from './pay-text.ts';
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

describe('a sum of decimals', () => {
  it('is exact', () => expect(sumOf(['0.10', '0.20', '-1'])).toBe('-0.70'));
  it('of nothing is nothing', () => expect(sumOf([])).toBe('0'));
});
