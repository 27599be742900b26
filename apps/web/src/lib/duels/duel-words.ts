import { integer, type FormatLocale } from '$lib/format/index.ts';
import type { DeskTranslator } from '$lib/i18n/desk.ts';

const DAY_HOURS = 24;

/** Lengths of a duel that are offered, in hours. */
export const DUEL_LENGTHS = [1, 2, 4, 8, 24, 48, 72, 120, 168, 336] as const;

/** `8 hours`, `3 days`. */
export function hoursWord(hours: number, tr: DeskTranslator, place: FormatLocale): string {
  const days = hours / DAY_HOURS;
  if (Number.isInteger(days)) return tr.t('duelDaysN', { count: days, n: integer(days, place) });
  return tr.t('duelHoursN', { count: hours, n: integer(hours, place) });
}
