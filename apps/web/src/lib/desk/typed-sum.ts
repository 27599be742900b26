import { moneyUnitOf, type Unit } from '@ovation/domain';
import { exactAmount, moneyOf, type FormatLocale } from '../format/index.ts';
import { typedNumber } from './typed-number.ts';

/**
 * What somebody types in `currency`, as it will be shown: `= 1,500,000 toman`; `undefined` where
 * it is shown as it is typed, and while no number can be read.
 */
export function typedSum(text: string, currency: string, locale: FormatLocale): string | undefined {
  if (moneyUnitOf(currency, locale.moneyUnit) === undefined) return undefined;
  const typed = typedNumber(text);
  if (!typed) return undefined;
  return `=\u00a0${exactAmount(typed, moneyOf(currency), locale)}`;
}

/** The same for a field of any unit. */
export const typedSumOf = (
  text: string,
  unit: Unit | null | undefined,
  locale: FormatLocale,
): string | undefined =>
  unit?.kind === 'money' ? typedSum(text, unit.currency, locale) : undefined;
