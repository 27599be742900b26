import { typedNumber } from '../desk/typed-number.ts';
import { exact, latinDigits, longDate, type FormatLocale } from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

/** `25 50, 75` as whole numbers above nothing; `null` for anything else. */
export function percentsOf(text: string): number[] | null {
  const parts = latinDigits(text)
    .split(/[\s,،;%٪]+/)
    .filter(Boolean);
  const numbers = parts.map(Number);
  const fits = numbers.every((one) => Number.isInteger(one) && one > 0 && one <= 1_000);
  return parts.length > 0 && parts.length <= 36 && fits ? numbers : null;
}

/** `+5` as `105`, percent of what was; `null` where nothing would be left. */
export function percentOfChange(text: string): string | null {
  const typed = typedNumber(text.replace(/[+%٪\s]/g, '').replace(/(.+)[-−]$/, '-$1'));
  if (typed === null) return null;
  const percent = 100 + Number(typed === '' ? 0 : typed);
  if (!(percent > 0) || percent >= 10_000) return null;
  return String(Math.round(percent * 1_000) / 1_000);
}

/** Why a plan sets so much, in the reader's words; what is not known is said as it came. */
export function reasonText(because: string, tr: DeskTranslator, locale: FormatLocale): string {
  const number = (text: string | undefined) => exact(text ?? '0', locale);
  for (const { form, say } of REASONS) {
    const found = form.exec(because);
    if (found)
      return say(tr, [number(found[1]), number(found[2]), number(found[3])], found, locale);
  }
  return because;
}

interface Reason {
  readonly form: RegExp;
  readonly say: (
    tr: DeskTranslator,
    numbers: readonly [string, string, string],
    found: RegExpExecArray,
    locale: FormatLocale,
  ) => string;
}

const dateOf = (iso: string | undefined, locale: FormatLocale): string =>
  longDate(Date.parse(`${iso ?? ''}T12:00:00Z`), { ...locale, timeZone: 'UTC' });

const REASONS: readonly Reason[] = [
  {
    form: /^([\d.]+) of ([\d.]+) working days$/,
    say: (tr, [n, of]) => tr.t('reasonDays', { n, of }),
  },
  {
    form: /^([\d.]+)%, step (\d+) of (\d+)$/,
    say: (tr, [percent, n, of]) => tr.t('reasonStep', { percent, n, of }),
  },
  {
    form: /^([\d.]+)% in (\d+) earlier years?$/,
    say: (tr, [percent, n], found) => tr.t('reasonYears', { percent, n, count: Number(found[2]) }),
  },
  {
    form: /^([\d.]+)% of (\d{4}-\d\d-\d\d)$/,
    say: (tr, [percent], found, locale) =>
      tr.t('reasonPercent', { percent, date: dateOf(found[2], locale) }),
  },
  {
    form: /^as in (\d{4}-\d\d-\d\d)$/,
    say: (tr, _, found, locale) => tr.t('reasonSame', { date: dateOf(found[1], locale) }),
  },
];
