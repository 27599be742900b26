import type { Unit } from '@ovation/domain';
import type { FormatLocale } from './locale.ts';
import { exact, powerFor, shifted, wholeDigits } from './number.ts';

/** How every value of one board is written: one magnitude, stated once in its header. */
export interface Scale {
  readonly power: number;
  readonly decimals: number;
}

/** Up to four digits before the point in a board row: 1,284 thousand. */
const ROW_DIGITS = 4;
/** Up to three in a hero number: 1.28 million. */
const HERO_DIGITS = 3;

/** One magnitude for a whole board, chosen by its largest value. */
export function boardScale(values: readonly string[], unit: Unit): Scale {
  const digits = Math.max(1, ...values.map(wholeDigits));
  if (unit.kind === 'count') {
    const fractional = values.some((value) => /\.\d*[1-9]/.test(value));
    return { power: 0, decimals: fractional ? 1 : 0 };
  }
  const power = powerFor(digits, ROW_DIGITS);
  const left = digits - power;
  return { power, decimals: power === 0 || left > 2 ? 0 : 3 - left };
}

/** Three digits that may be read from the door. */
export function heroScale(values: readonly string[], unit: Unit): Scale {
  const digits = Math.max(1, ...values.map(wholeDigits));
  if (unit.kind === 'count') return { power: 0, decimals: 0 };
  const power = powerFor(digits, digits <= ROW_DIGITS ? ROW_DIGITS : HERO_DIGITS);
  return { power, decimals: power === 0 ? 0 : Math.max(0, HERO_DIGITS - (digits - power)) };
}

/** The same magnitude with as many decimals as make three digits of this value: 9.43 of 13.1. */
export function precise(value: string, scale: Scale): Scale {
  if (scale.power === 0) return scale;
  if (!/[1-9]/.test(value)) return { power: scale.power, decimals: 0 };
  const digits = wholeDigits(shifted(value, scale.power, 0));
  return { power: scale.power, decimals: Math.max(0, HERO_DIGITS - digits) };
}

export const scaled = (value: string, scale: Scale, locale: FormatLocale): string =>
  exact(shifted(value, scale.power, scale.decimals), locale);

/** The same without trailing zeros behind the point: a target of `1.5`, not `1.50`. */
export function scaledShort(value: string, scale: Scale, locale: FormatLocale): string {
  const text = shifted(value, scale.power, scale.decimals);
  return exact(text.includes('.') ? text.replace(/\.?0+$/, '') : text, locale);
}

/** The magnitude for this one amount: `{ number: '320', unit: 'k USD' }`. */
export function amount(
  value: string,
  unit: Unit,
  locale: FormatLocale,
): { number: string; unit: string } {
  const scale = heroScale([value], unit);
  return { number: scaledShort(value, scale, locale), unit: shortUnit(unit, scale, locale) };
}

/** All digits, and the unit after them: `1,284,500.00 USD`. */
export function exactAmount(value: string, unit: Unit, locale: FormatLocale): string {
  const name = unit.kind === 'money' ? currencyName(unit.currency, locale) : '';
  return name ? `${exact(value, locale)}\u00a0${name}` : exact(value, locale);
}

const LONG = {
  en: { 0: '', 3: 'thousand', 6: 'million', 9: 'billion', 12: 'trillion' },
  fa: { 0: '', 3: 'هزار', 6: 'میلیون', 9: 'میلیارد', 12: 'هزار میلیارد' },
} as const;
const SHORT = { 0: '', 3: 'k', 6: 'm', 9: 'bn', 12: 'tn' } as const;

/** What people call their money; a code where no word is known. */
const CURRENCIES_FA: Readonly<Record<string, string>> = {
  USD: 'دلار',
  EUR: 'یورو',
  GBP: 'پوند',
  IRR: 'ریال',
  AED: 'درهم',
  TRY: 'لیر',
  IQD: 'دینار',
  AFN: 'افغانی',
  CHF: 'فرانک',
  CAD: 'دلار کانادا',
  AUD: 'دلار استرالیا',
};

export function currencyName(currency: string, locale: FormatLocale): string {
  if (locale.language === 'fa') return CURRENCIES_FA[currency] ?? currency;
  return currency;
}

type Power = keyof typeof SHORT;

/** For a header: `thousand USD`. Counts have no unit of their own. */
export function longUnit(unit: Unit, scale: Scale, locale: FormatLocale): string {
  if (unit.kind === 'count') return '';
  const magnitude = LONG[locale.language][scale.power as Power];
  return [magnitude, currencyName(unit.currency, locale)].filter(Boolean).join('\u00a0');
}

/** Beside a number: `m USD`. */
export function shortUnit(unit: Unit, scale: Scale, locale: FormatLocale): string {
  if (locale.language === 'fa') return longUnit(unit, scale, locale);
  if (unit.kind === 'count') return '';
  return [SHORT[scale.power as Power], unit.currency].filter(Boolean).join('\u00a0');
}

/** Only the magnitude, where the money is named nearby: `m`. */
export function magnitude(scale: Scale, locale: FormatLocale): string {
  const power = scale.power as Power;
  return locale.language === 'fa' ? LONG.fa[power] : SHORT[power];
}
