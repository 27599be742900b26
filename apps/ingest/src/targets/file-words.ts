import type { Calendar, PeriodKind, Window } from '@ovation/domain';

const DAY_MS = 86_400_000;
const ARABIC_ZERO = 0x660;
const PERSIAN_ZERO = 0x6f0;

/** Digits as they are typed anywhere, as 0 to 9. */
export function plainDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (code < PERSIAN_ZERO ? ARABIC_ZERO : PERSIAN_ZERO));
  });
}

/**
 * A number of a spreadsheet as a plain decimal: without currency and percent signs and without
 * grouping. In files that part fields by semicolons the comma is the decimal sign.
 */
export function plainNumber(text: string, delimiter: string): string {
  const bare = plainDigits(text)
    .normalize('NFC')
    .replace(/[\p{Sc}%٪\s'’\u200e\u200f\u061c]/gu, '')
    .replaceAll('٬', '');
  if (bare.includes('٫')) return bare.replaceAll(',', '').replace('٫', '.');
  if (delimiter === ';') return bare.replaceAll('.', '').replace(',', '.');
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
}

/**
 * The window that a heading names: a date in it (`2026-11-01`), a month (`2026-11`, `1405/08`), a
 * year, or a quarter or half of one (`2026-Q1`, `2026-H2`). Months and years are those of the
 * organisation's calendar, a year the fiscal one that begins in it.
 */
export function windowNamed(
  heading: string,
  calendar: Calendar,
  period: PeriodKind,
): Window | undefined {
  const text = plainDigits(heading).trim().replaceAll('/', '-');
  const { fiscalStart } = calendar.settings;
  const middle = (year: string, month: number): Window =>
    calendar.windowOf(period, calendar.startOf(midMonth(calendar, Number(year), month)));
  try {
    const [, year = '', month, part, nth] =
      /^(\d{4})(?:-(\d{1,2})|[- ]?([QH])([1-4]))?$/i.exec(text) ?? [];
    if (year === '') return calendar.windowOf(period, calendar.startOf(mustBeDate(text)));
    if (month !== undefined) {
      const number = Number(month);
      return number >= 1 && number <= 12 && fits(period, 'month')
        ? middle(year, number)
        : undefined;
    }
    if (part === undefined) return fits(period, 'year') ? middle(year, fiscalStart) : undefined;
    const kind = part.toUpperCase() === 'Q' ? 'quarter' : 'half';
    const months = kind === 'quarter' ? 3 : 6;
    if (Number(nth) > 12 / months || !fits(period, kind)) return undefined;
    return middle(year, fiscalStart + months * (Number(nth) - 1));
  } catch {
    return undefined;
  }
}

/** A heading must not be vaguer than the period: a year names no month. */
const LENGTHS = ['day', 'week', 'month', 'quarter', 'half', 'year'];
const fits = (period: PeriodKind, named: string): boolean =>
  LENGTHS.indexOf(period) >= LENGTHS.indexOf(named);

function mustBeDate(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  throw new RangeError(`"${text}" is no date`);
}

/** An ISO date in the middle of a month of the calendar; months past 12 are of the next year. */
function midMonth({ settings }: Calendar, year: number, month: number): string {
  const [y, m] = [year + Math.floor((month - 1) / 12), ((month - 1) % 12) + 1];
  if (settings.calendar === 'gregorian') return isoOf(Date.UTC(y, m - 1, 15));
  // Six months of 31 days, then of 30; the year begins between 20 and 22 March.
  const before = m <= 7 ? (m - 1) * 31 : 186 + (m - 7) * 30;
  return isoOf(Date.UTC(y + 621, 2, 21) + (before + 14) * DAY_MS);
}

const isoOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
