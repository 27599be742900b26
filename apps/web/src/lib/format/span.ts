import type { FormatLocale } from './locale.ts';
import { decimal, integer } from './number.ts';

/** Lengths of time that a metric measures: days where there are days, hours and minutes below. */
export const SPANS = [86_400, 3_600, 60, 1] as const;
export type Span = (typeof SPANS)[number];

const [DAY, HOUR, MINUTE] = SPANS;
/** Below two days the hours say more. */
const DAYS_FROM = 2 * DAY;

const WORDS = {
  en: {
    [DAY]: ['day', 'days'],
    [HOUR]: ['h', 'h'],
    [MINUTE]: ['min', 'min'],
    1: ['s', 's'],
  },
  fa: {
    [DAY]: ['روز', 'روز'],
    [HOUR]: ['ساعت', 'ساعت'],
    [MINUTE]: ['دقیقه', 'دقیقه'],
    1: ['ثانیه', 'ثانیه'],
  },
} as const;

/** The span that suits a length in seconds, for a column that is led by it. */
export function spanFor(seconds: number): Span {
  const length = Math.abs(seconds);
  if (length >= DAYS_FROM) return DAY;
  if (length >= HOUR) return HOUR;
  return length >= MINUTE ? MINUTE : 1;
}

/** `days`, `h`, `min`, `s`; `one` for exactly one. */
export const spanWord = (span: Span, locale: FormatLocale, one = false): string =>
  WORDS[locale.language][span][one ? 0 : 1];

/** A length in seconds as people say it: `3.2 days`, `4 h 10 min`, `12 min`, `45 s`. */
export function spoken(
  seconds: string,
  locale: FormatLocale,
): { readonly number: string; readonly unit: string } {
  const length = Number(seconds);
  const span = spanFor(length);
  if (span === DAY) {
    const days = Math.trunc((length / DAY) * 10) / 10;
    const number = decimal(days, Number.isInteger(days) ? 0 : 1, locale);
    return { number, unit: spanWord(DAY, locale, days === 1) };
  }
  const whole = Math.trunc(length / span);
  const number = integer(whole, locale);
  const minutes = Math.trunc(Math.abs(length % HOUR) / MINUTE);
  if (span !== HOUR || minutes === 0) return { number, unit: spanWord(span, locale) };
  const and = locale.language === 'fa' ? '\u00a0و\u00a0' : '\u00a0';
  const rest = `${integer(minutes, locale)}\u00a0${spanWord(MINUTE, locale)}`;
  return { number, unit: `${spanWord(HOUR, locale)}${and}${rest}` };
}
