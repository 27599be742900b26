import { describe, expect, it } from 'vitest';
import { currencyExponent } from './currency.ts';
import { MONEY_UNITS, MONEY_UNIT_NAMES, moneyUnitOf } from './money-unit.ts';

describe('a unit in which money is shown', () => {
  it('is a whole power of ten of a known currency', () => {
    for (const name of MONEY_UNIT_NAMES) {
      const { currency, power } = MONEY_UNITS[name];
      expect(currencyExponent(currency)).toBeDefined();
      expect(Number.isInteger(power) && power > 0).toBe(true);
    }
  });

  it('is only for sums of its own currency', () => {
    expect(moneyUnitOf('IRR', 'toman')).toBe(MONEY_UNITS.toman);
    expect(moneyUnitOf('USD', 'toman')).toBeUndefined();
  });

  it('is the currency itself where none was chosen', () => {
    expect(moneyUnitOf('IRR', undefined)).toBeUndefined();
  });
});
