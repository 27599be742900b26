import { inDigits, latinDigits, type FormatLocale } from '../format/index.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Years before this are counted from the Hijra, solar. */
const JALALI_BEFORE = 1_700;
const LONG_MONTHS = 6;

const persian = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

/** Year, month and day of an ISO date in the Jalali calendar. */
function jalaliOf(instant: number): [number, number, number] {
  const parts = persian.formatToParts(instant);
  const of = (type: string): number =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
  return [of('year'), of('month'), of('day')];
}

const isoOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/**
 * A date as somebody typed it, as ISO text: `1405/9/3`, `۱۴۰۵-۰۹-۰۳` and `2026-11-24` are all the
 * same kind of answer, told apart by the year. `null` is no date; an empty text is an empty text.
 */
export function typedDate(text: string): string | null {
  const plain = latinDigits(text.replace(/[\u200c-\u200f\u2066-\u2069\s]/g, ''));
  if (plain === '') return '';
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return year < JALALI_BEFORE ? fromJalali(year, month, day) : fromGregorian(year, month, day);
}

function fromGregorian(year: number, month: number, day: number): string | null {
  const instant = Date.UTC(year, month - 1, day);
  return new Date(instant).getUTCDate() === day ? isoOf(instant) : null;
}

function fromJalali(year: number, month: number, day: number): string | null {
  const long = Math.min(month - 1, LONG_MONTHS) * 31;
  const into = long + Math.max(0, month - 1 - LONG_MONTHS) * 30 + day - 1;
  // Nowruz is between the 19th and the 22nd of March, so one of four days is it.
  const earliest = Date.UTC(year + 621, 2, 19) + into * DAY_MS;
  for (let instant = earliest; instant <= earliest + 3 * DAY_MS; instant += DAY_MS) {
    const [y, m, d] = jalaliOf(instant);
    if (y === year && m === month && d === day) return isoOf(instant);
  }
  return null;
}

/** An ISO date as the reader would type it: `۱۴۰۵/۰۹/۰۳`, `2026-11-24`. */
export function dateToType(iso: string, locale: FormatLocale): string {
  if (iso === '') return '';
  if (locale.calendar !== 'jalali') return inDigits(iso, locale);
  const pieces = jalaliOf(Date.parse(`${iso}T00:00:00Z`));
  return inDigits(pieces.map((piece) => String(piece).padStart(2, '0')).join('/'), locale);
}

/** An instant inside the date in every zone near the reader, to write the date with. */
export const noonOf = (iso: string): number => Date.parse(`${iso}T12:00:00Z`);

/** The date of an instant in a zone, ISO 8601. */
export function isoDateIn(instant: number, timeZone: string): string {
  const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const parts = new Intl.DateTimeFormat('en-US', options).formatToParts(instant);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}

/** The first instant of an ISO date in a zone; on a day that has no midnight, its first moment. */
export function startOfDate(iso: string, timeZone: string): number {
  const midnight = Date.parse(`${iso}T00:00:00Z`);
  // Zones are at most 14 hours off; the date changes once between these two.
  let [before, at] = [midnight - 15 * HOUR_MS, midnight + 15 * HOUR_MS];
  while (at - before > 1_000) {
    const middle = before + Math.floor((at - before) / 2_000) * 1_000;
    if (isoDateIn(middle, timeZone) < iso) before = middle;
    else at = middle;
  }
  return at;
}

/** The date so many days later. */
export const daysAfter = (iso: string, days: number): string =>
  isoOf(Date.parse(`${iso}T00:00:00Z`) + days * DAY_MS);
