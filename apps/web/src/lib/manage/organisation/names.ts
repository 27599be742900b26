import type { Language } from '../../i18n/language.ts';

const DAY_MS = 86_400_000;
/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 23);
/** Days of the first month of each calendar, and how far apart months are, looked at mid-month. */
const FIRST_MONTH = { gregorian: Date.UTC(2026, 0, 15), jalali: Date.UTC(2026, 3, 4) } as const;
const MONTH_DAYS = 30.4;

/** Monday first. */
export function weekdayNames(language: Language): string[] {
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, index) => format.format(MONDAY + index * DAY_MS));
}

/** The months of a calendar, first to last. */
export function monthNames(calendar: 'gregorian' | 'jalali', language: Language): string[] {
  const tag = `${language}-u-ca-${calendar === 'jalali' ? 'persian' : 'gregory'}`;
  const format = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) =>
    format.format(FIRST_MONTH[calendar] + index * MONTH_DAYS * DAY_MS),
  );
}
