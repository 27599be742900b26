import type { Instant, PeriodKind } from '@ovation/domain';
import { dateFormat, type FormatLocale } from './locale.ts';
import { decimal, integer } from './number.ts';

const NBSP = '\u00a0';
const DAY_MS = 86_400_000;
const MONTHS_IN_QUARTER_MS = 75 * DAY_MS;

/** 10:42 in the organisation's time zone. */
export function clock(instant: Instant, locale: FormatLocale): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return dateFormat(locale, options).format(instant);
}

type Piece = 'day' | 'month' | 'year' | 'weekday';

/** Parts in the organisation's calendar; the order is ours, because `fa-IR` puts the year first. */
function pieces(instant: Instant, locale: FormatLocale): Record<Piece, string> {
  const options = { day: 'numeric', month: 'long', year: 'numeric', weekday: 'long' } as const;
  const parts = dateFormat(locale, options, locale.calendar).formatToParts(instant);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { day: of('day'), month: of('month'), year: of('year'), weekday: of('weekday') };
}

export const dayNumber = (instant: Instant, locale: FormatLocale): string =>
  pieces(instant, locale).day;

/** 1 Azar, 24 November. */
export function dayMonth(instant: Instant, locale: FormatLocale): string {
  const { day, month } = pieces(instant, locale);
  return `${day}${NBSP}${month}`;
}

/** 3 Azar 1405. */
export function longDate(instant: Instant, locale: FormatLocale): string {
  const { day, month, year } = pieces(instant, locale);
  return `${day} ${month} ${year}`;
}

/** Tuesday 3 Azar 1405. */
export const fullDate = (instant: Instant, locale: FormatLocale): string =>
  `${pieces(instant, locale).weekday} ${longDate(instant, locale)}`;

/** Whole date and time, for tables: 3 Azar 1405, 10:42. */
export const dateTime = (instant: Instant, locale: FormatLocale): string =>
  `${longDate(instant, locale)}${locale.language === 'fa' ? '،' : ','} ${clock(instant, locale)}`;

/** The name of a board's window: Azar 1405; November 2026; 21 to 27 November. */
const FIRST_DAY = /^[1۱]$/;
const startsMonth = (from: Instant, locale: FormatLocale): boolean =>
  FIRST_DAY.test(pieces(from, locale).day);

export function periodLabel(
  kind: PeriodKind,
  from: Instant | null,
  to: Instant | null,
  locale: FormatLocale,
): string {
  if (kind === 'all' || from === null || to === null) return '';
  const first = pieces(from, locale);
  const last = pieces(to - 1, locale);
  const until = locale.language === 'fa' ? ' تا ' : ' to ';
  if (kind === 'day') return longDate(from, locale);
  const loose = kind.startsWith('last-') || kind.includes('..');
  // A period of another calendar has no name in this one: its first and last day say what it is.
  if (kind === 'week' || loose || !startsMonth(from, locale)) {
    const start = first.month === last.month ? first.day : `${first.day} ${first.month}`;
    const year = kind === 'week' ? '' : ` ${last.year}`;
    return `${start}${until}${last.day} ${last.month}${year}`;
  }
  if (kind === 'month') return `${first.month} ${first.year}`;
  if (kind === 'year' && first.year === last.year) return first.year;
  if (kind === 'quarter' && to - from < MONTHS_IN_QUARTER_MS) return `${first.month} ${first.year}`;
  const opening = first.year === last.year ? first.month : `${first.month} ${first.year}`;
  return `${opening}${until}${last.month} ${last.year}`;
}

const UNITS = {
  en: { ms: 'ms', s: 's', min: 'min', h: 'h' },
  fa: { ms: 'میلی‌ثانیه', s: 'ثانیه', min: 'دقیقه', h: 'ساعت' },
} as const;

/** 84 ms, 1.2 s, 45 s, 3 min, 2 h. */
export function duration(ms: number, locale: FormatLocale): string {
  const unit = UNITS[locale.language];
  if (ms < 1_000) return `${integer(Math.max(0, ms), locale)}${NBSP}${unit.ms}`;
  if (ms < 10_000) return `${decimal(ms / 1_000, 1, locale)}${NBSP}${unit.s}`;
  if (ms < 60_000) return `${integer(ms / 1_000, locale)}${NBSP}${unit.s}`;
  if (ms < 3_600_000) return `${integer(ms / 60_000, locale)}${NBSP}${unit.min}`;
  return `${integer(ms / 3_600_000, locale)}${NBSP}${unit.h}`;
}
