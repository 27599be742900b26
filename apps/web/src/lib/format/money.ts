import { currencyExponent, moneyUnitOf, type Unit } from '@ovation/domain';
import type { FormatLocale } from './locale.ts';
import {
  decimal,
  exact,
  powerFor,
  raisedExactly,
  shifted,
  shiftedExactly,
  wholeDigits,
} from './number.ts';
import { spanFor, spanWord, spoken, type Span } from './span.ts';

/** How every value of one board is written: one magnitude, stated once in its header. */
export interface Scale {
  readonly power: number;
  readonly decimals: number;
  /** Powers of ten from the currency to the unit that is shown; absent: it is the currency. */
  readonly unitPower?: number;
  /** Lengths of time are counted in this many seconds. */
  readonly span?: Span;
}

/** What stands where there is nothing to make a value of: a rate of nothing. */
export const NO_VALUE = '–';

/** Up to four digits before the point in a board row: 1,284 thousand. */
const ROW_DIGITS = 4;
/** Up to three in a hero number: 1.28 million. */
const HERO_DIGITS = 3;

/** One magnitude for a whole board, chosen by its largest value. */
export function boardScale(
  values: readonly (string | null)[],
  unit: Unit,
  locale: FormatLocale,
): Scale {
  const given = values.filter((value) => value !== null);
  if (unit.kind === 'duration') return spanScale(given);
  if (unit.kind !== 'money') return { power: 0, decimals: anyFraction(given) ? 1 : 0 };
  const shown = shownIn(unit, locale);
  const digits = shownDigits(given, shown);
  const power = powerFor(digits, ROW_DIGITS);
  const left = digits - power;
  return { power, decimals: power === 0 || left > 2 ? 0 : 3 - left, ...shown };
}

/** Three digits that may be read from the door. */
export function heroScale(
  values: readonly (string | null)[],
  unit: Unit,
  locale: FormatLocale,
): Scale {
  const given = values.filter((value) => value !== null);
  if (unit.kind === 'duration') return spanScale(given);
  if (unit.kind === 'percent') return { power: 0, decimals: anyFraction(given) ? 1 : 0 };
  if (unit.kind !== 'money') return { power: 0, decimals: 0 };
  const shown = shownIn(unit, locale);
  const digits = shownDigits(given, shown);
  const power = powerFor(digits, digits <= ROW_DIGITS ? ROW_DIGITS : HERO_DIGITS);
  const decimals = power === 0 ? 0 : Math.max(0, HERO_DIGITS - (digits - power));
  return { power, decimals, ...shown };
}

type Shown = Pick<Scale, 'unitPower'>;

/** The display unit of a sum as part of its scale. */
function shownIn(unit: Unit, locale: FormatLocale): Shown {
  const rule = unit.kind === 'money' ? moneyUnitOf(unit.currency, locale.moneyUnit) : undefined;
  return rule ? { unitPower: rule.power } : {};
}

/** Digits before the point of the largest sum, as it is shown. */
const shownDigits = (values: readonly string[], { unitPower = 0 }: Shown): number =>
  Math.max(1, ...values.map((value) => wholeDigits(shifted(value, unitPower, 0))));

const anyFraction = (values: readonly string[]): boolean =>
  values.some((value) => /\.\d*[1-9]/.test(value));

function spanScale(values: readonly string[]): Scale {
  const span = spanFor(Math.max(0, ...values.map((value) => Math.abs(Number(value)))));
  return { power: 0, decimals: span === 1 ? 0 : 1, span };
}

/** The same magnitude with as many decimals as make three digits of this value: 9.43 of 13.1. */
export function precise(value: string, scale: Scale): Scale {
  if (scale.power === 0) return scale;
  if (!/[1-9]/.test(value)) return { ...scale, decimals: 0 };
  const digits = wholeDigits(scaledText(value, { ...scale, decimals: 0 }));
  return { ...scale, decimals: Math.max(0, HERO_DIGITS - digits) };
}

/** A sum in the magnitude and unit of its table, as a plain decimal string. */
export const scaledText = (value: string, { power, unitPower = 0, decimals }: Scale): string =>
  shifted(value, power + unitPower, decimals);

/** A value in the magnitude of its table; a dash where there is none. */
export function scaled(value: string | null, scale: Scale, locale: FormatLocale): string {
  if (value === null) return NO_VALUE;
  if (scale.span) return decimal(Number(value) / scale.span, scale.decimals, locale);
  return exact(scaledText(value, scale), locale);
}

/** The same without trailing zeros behind the point: a target of `1.5`, not `1.50`. */
export function scaledShort(value: string | null, scale: Scale, locale: FormatLocale): string {
  if (value === null) return NO_VALUE;
  const text = scale.span
    ? (Math.trunc((Number(value) / scale.span) * 10) / 10).toFixed(scale.decimals)
    : scaledText(value, scale);
  return exact(text.includes('.') ? text.replace(/\.?0+$/, '') : text, locale);
}

/** The magnitude for this one amount: `{ number: '320', unit: 'k USD' }`. */
export function amount(
  value: string | null,
  unit: Unit,
  locale: FormatLocale,
): { number: string; unit: string } {
  if (value === null) return { number: NO_VALUE, unit: '' };
  if (unit.kind === 'duration') return spoken(value, locale);
  const scale = boardOrHero(value, unit, locale);
  return { number: scaledShort(value, scale, locale), unit: shortUnit(unit, scale, locale) };
}

/** A count of its own shows what is shared in it; money shows three digits. */
const boardOrHero = (value: string, unit: Unit, locale: FormatLocale): Scale =>
  unit.kind === 'money' ? heroScale([value], unit, locale) : boardScale([value], unit, locale);

/** One value with its unit, in words that stand alone: `320 k USD`, `57.3 %`, `4 h 10 min`. */
export function inUnit(value: string | null, unit: Unit, locale: FormatLocale): string {
  const shown = amount(value, unit, locale);
  return joined(shown.number, shown.unit, unit, locale);
}

/** All digits, and the unit after them: `1,284,500.00 USD`. */
export function exactAmount(value: string | null, unit: Unit, locale: FormatLocale): string {
  if (value === null) return NO_VALUE;
  if (unit.kind === 'duration') return inUnit(value, unit, locale);
  const name = shortUnit(unit, { power: 0, decimals: 0 }, locale);
  return joined(exactDigits(value, unit, locale), name, unit, locale);
}

/**
 * All digits where the unit is named nearby: `1,284,500.00`. Sums of a currency keep the zeros
 * of its minor unit; other numbers, and sums in a display unit, none that say nothing.
 */
export function exactDigits(value: string, unit: Unit, locale: FormatLocale): string {
  const { unitPower } = shownIn(unit, locale);
  const inBooks = unit.kind === 'money' && unitPower === undefined;
  return exact(inBooks ? value : shiftedExactly(value, unitPower ?? 0), locale);
}

/** So much for each whole unit of what is shown: a point for a rial is ten for a toman. */
export const exactPerUnit = (value: string, unit: Unit, locale: FormatLocale): string =>
  exact(raisedExactly(value, shownIn(unit, locale).unitPower ?? 0), locale);

/** The Persian percent sign follows its number without a space. */
function joined(number: string, name: string, unit: Unit, locale: FormatLocale): string {
  if (name === '') return number;
  const close = unit.kind === 'percent' && locale.language === 'fa';
  return close ? `${number}${name}` : `${number}\u00a0${name}`;
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

/** The unit of sums of a currency. */
export const moneyOf = (currency: string): Unit => ({
  kind: 'money',
  currency,
  scale: currencyExponent(currency) ?? 2,
});

/** What sums of a currency are shown in: the organisation's unit for it, else the currency. */
export function currencyName(currency: string, locale: FormatLocale): string {
  const rule = moneyUnitOf(currency, locale.moneyUnit);
  if (rule) return rule.name[locale.language];
  return locale.language === 'fa' ? (CURRENCIES_FA[currency] ?? currency) : currency;
}

type Power = keyof typeof SHORT;

const PER_CENT = { en: '%', fa: '٪' } as const;
const POINTS = { en: 'points', fa: 'امتیاز' } as const;

/** The unit of what is neither money nor a plain count, which has none of its own. */
function plainUnit(unit: Unit, scale: Scale, locale: FormatLocale): string {
  if (unit.kind === 'percent') return PER_CENT[locale.language];
  if (unit.kind === 'points') return POINTS[locale.language];
  return unit.kind === 'duration' ? spanWord(scale.span ?? 1, locale) : '';
}

/** For a header: `thousand USD`, `days`, `%`. Counts have no unit of their own. */
export function longUnit(unit: Unit, scale: Scale, locale: FormatLocale): string {
  if (unit.kind !== 'money') return plainUnit(unit, scale, locale);
  const magnitude = LONG[locale.language][scale.power as Power];
  return [magnitude, currencyName(unit.currency, locale)].filter(Boolean).join('\u00a0');
}

/** Beside a number: `m USD`. */
export function shortUnit(unit: Unit, scale: Scale, locale: FormatLocale): string {
  if (locale.language === 'fa' || unit.kind !== 'money') return longUnit(unit, scale, locale);
  const name = currencyName(unit.currency, locale);
  return [SHORT[scale.power as Power], name].filter(Boolean).join('\u00a0');
}

/** Only the magnitude, where the money is named nearby: `m`. */
export function magnitude(scale: Scale, locale: FormatLocale): string {
  const power = scale.power as Power;
  return locale.language === 'fa' ? LONG.fa[power] : SHORT[power];
}
