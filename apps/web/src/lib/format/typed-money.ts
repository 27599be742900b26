import { MONEY_UNIT_NAMES, moneyUnitOf, type Unit } from '@ovation/domain';
import type { FormatLocale } from './locale.ts';
import { currencyName, longUnit } from './money.ts';

/**
 * What a field of `currency` is in: `USD`, and `rial` where another unit is spoken of too. Money
 * is typed in the currency of the books, whatever unit it is shown in.
 */
export function typedCurrency(currency: string, locale: FormatLocale): string {
  const [other] = MONEY_UNIT_NAMES.flatMap((name) => moneyUnitOf(currency, name) ?? []);
  return other?.ofBooks[locale.language] ?? currencyName(currency, locale);
}

/** The same for a field of any unit; empty for plain counts. */
export const typedUnit = (unit: Unit, locale: FormatLocale): string =>
  unit.kind === 'money'
    ? typedCurrency(unit.currency, locale)
    : longUnit(unit, { power: 0, decimals: 0 }, locale);
