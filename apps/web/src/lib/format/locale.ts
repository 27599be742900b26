import type { CalendarSettings, OrganisationSettings } from '@ovation/domain';
import type { Language } from '../i18n/language.ts';

/** How numbers, money and times are written for one reader. */
export interface FormatLocale {
  readonly language: Language;
  readonly digits: 'latin' | 'persian';
  readonly calendar: CalendarSettings['calendar'];
  readonly timeZone: string;
  /** In which unit the organisation shows its money; absent: in the currency itself. */
  readonly moneyUnit?: OrganisationSettings['moneyUnit'];
}

/**
 * Persian is written with Persian digits and Jalali dates, whatever calendar the organisation's
 * periods follow; the time zone and the unit of its money are the organisation's.
 */
export function formatLocale(
  language: Language,
  settings: Pick<OrganisationSettings, 'calendar' | 'timeZone' | 'moneyUnit'>,
): FormatLocale {
  const digits = language === 'fa' ? 'persian' : 'latin';
  const calendar = language === 'fa' ? 'jalali' : settings.calendar;
  const { timeZone, moneyUnit } = settings;
  return { language, digits, calendar, timeZone, ...(moneyUnit ? { moneyUnit } : {}) };
}

/** The same reader with sums as the books have them: beside fields in which they are typed. */
export function inBooks({ moneyUnit: _, ...locale }: FormatLocale): FormatLocale {
  return locale;
}

/** The BCP 47 tag with its digits, and where asked for its calendar, spelled out. */
export function tagOf(locale: FormatLocale, calendar?: FormatLocale['calendar']): string {
  const numbers = locale.digits === 'persian' ? 'arabext' : 'latn';
  const base = locale.language === 'fa' ? 'fa-IR' : 'en-US';
  if (!calendar) return `${base}-u-nu-${numbers}`;
  return `${base}-u-ca-${calendar === 'jalali' ? 'persian' : 'gregory'}-nu-${numbers}`;
}

const dates = new Map<string, Intl.DateTimeFormat>();

/** Building an `Intl` formatter is slow, so each is built once. */
export function dateFormat(
  locale: FormatLocale,
  options: Intl.DateTimeFormatOptions,
  calendar?: FormatLocale['calendar'],
): Intl.DateTimeFormat {
  const tag = tagOf(locale, calendar);
  const key = `${tag}|${locale.timeZone}|${JSON.stringify(options)}`;
  let format = dates.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(tag, { ...options, timeZone: locale.timeZone });
    dates.set(key, format);
  }
  return format;
}
