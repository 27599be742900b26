import { typedNumber } from '../desk/typed-number.ts';
import { exact, latinDigits, type FormatLocale } from '../format/index.ts';
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

/** Why a plan sets so much, in the reader's words where they are known. */
export function reasonText(because: string, tr: DeskTranslator, locale: FormatLocale): string {
  const days = /^([\d.]+) of ([\d.]+) working days$/.exec(because);
  if (days) {
    return tr.t('reasonDays', { n: exact(days[1]!, locale), of: exact(days[2]!, locale) });
  }
  const percent = /^([\d.]+)\s?%[^,]*(?:, step (\d+) of (\d+))?$/.exec(because);
  if (!percent) return because;
  const share = tr.t('reasonPercent', { n: exact(percent[1]!, locale) });
  if (!percent[2]) return share;
  const step = tr.t('reasonStep', { n: exact(percent[2], locale), of: exact(percent[3]!, locale) });
  return `${share}${locale.language === 'fa' ? '،' : ','} ${step}`;
}
