import { Temporal } from 'temporal-polyfill/full';
import type { Instant } from './types.ts';

/** The periods that boards and targets are kept for. */
export const PERIODS = ['day', 'week', 'month', 'quarter', 'half', 'year', 'all'] as const;
export type FixedPeriod = (typeof PERIODS)[number];
/**
 * A fixed period; `last-30`, the last 30 days with today; or `2026-11-01..2026-11-20`, dates of the
 * organisation's zone, both counted.
 */
export type PeriodKind = FixedPeriod | `last-${number}` | `${string}..${string}`;

/** What an organisation says about its time. */
export interface CalendarSettings {
  /** IANA name, for instance `Asia/Tehran`. */
  readonly timeZone: string;
  readonly calendar: 'gregorian' | 'jalali';
  /** ISO weekday on which a week begins: 1 Monday … 7 Sunday. */
  readonly weekStart: number;
  /** Month of the calendar in which the fiscal year begins: 1 … 12. */
  readonly fiscalStart: number;
  /** Share of a working day on each ISO weekday, Monday first: 1 full, 0.5 half, 0 closed. */
  readonly workdays: readonly number[];
  /** Minutes after local midnight at which work begins and ends. */
  readonly workHours: readonly [number, number];
  /** Closed dates, ISO 8601 (`2026-12-25`). */
  readonly holidays: readonly string[];
}

/** A half-open stretch of time `[from, to)`; `all` is unbounded on both sides. */
export interface Window {
  readonly kind: PeriodKind;
  readonly from: Instant;
  readonly to: Instant;
  /** First date of the window (ISO 8601), `all` for all time: unique within its kind. */
  readonly key: string;
}

/** The open hours of one date, for pace. */
export interface WorkDay {
  readonly from: Instant;
  readonly to: Instant;
  readonly weight: number;
}

export const BEGINNING: Instant = -8_640_000_000_000_000;
export const END: Instant = 8_640_000_000_000_000;
export const ALL_TIME: Window = { kind: 'all', from: BEGINNING, to: END, key: 'all' };

const DAY_MS = 86_400_000;
/** Enough for ten years of days; past it the cache starts again. */
const CACHED_DAYS_MAX = 4_000;

export interface Calendar {
  readonly settings: CalendarSettings;
  /** The one window of this kind that holds the instant. */
  windowOf(kind: PeriodKind, instant: Instant): Window;
  /** The window directly before. */
  previous(window: Window): Window;
  /** Working days of a window in order; none for all time. */
  workDays(window: Window): readonly WorkDay[];
  /** Local midnight of an ISO date. */
  startOf(isoDate: string): Instant;
  /** The local date of an instant, ISO 8601. */
  dateOf(instant: Instant): string;
}

/** Builds the calendar of an organisation. Throws `RangeError` for an unknown zone. */
export function createCalendar(settings: CalendarSettings): Calendar {
  const cache = new Map<string, Window[]>();
  const zone = settings.timeZone;
  const localDate = (instant: Instant) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();
  const midnight = (date: Temporal.PlainDate): Instant =>
    date.withCalendar('iso8601').toZonedDateTime({ timeZone: zone }).epochMilliseconds;

  function compute(kind: Exclude<PeriodKind, 'all'>, instant: Instant): Window {
    const [first, next] = bounds(kind, localDate(instant), settings);
    const key = first.withCalendar('iso8601').toString();
    return { kind, from: midnight(first), to: midnight(next), key };
  }

  function windowOf(kind: PeriodKind, instant: Instant): Window {
    if (kind === 'all') return ALL_TIME;
    const bucket = `${kind}${Math.floor(instant / DAY_MS)}`;
    const known = cache.get(bucket)?.find((one) => instant >= one.from && instant < one.to);
    if (known) return known;
    if (cache.size > CACHED_DAYS_MAX) cache.clear();
    const window = compute(kind, instant);
    cache.set(bucket, [...(cache.get(bucket) ?? []), window]);
    return window;
  }

  function workDays(window: Window): WorkDay[] {
    if (window.kind === 'all') return [];
    const closed = new Set(settings.holidays);
    const days: WorkDay[] = [];
    const end = localDate(window.to);
    for (let date = localDate(window.from); Temporal.PlainDate.compare(date, end) < 0;) {
      const weight = closed.has(date.toString()) ? 0 : (settings.workdays[date.dayOfWeek - 1] ?? 0);
      if (weight > 0) days.push({ ...openHours(date, settings), weight });
      date = date.add({ days: 1 });
    }
    return days;
  }

  return {
    settings,
    windowOf,
    workDays,
    previous: (window) => (window.kind === 'all' ? window : windowOf(window.kind, window.from - 1)),
    startOf: (isoDate) => midnight(Temporal.PlainDate.from(isoDate)),
    dateOf: (instant) => localDate(instant).toString(),
  };
}

function openHours(date: Temporal.PlainDate, settings: CalendarSettings) {
  const [opens, closes] = settings.workHours;
  const at = (minute: number): Instant =>
    date.toPlainDateTime().add({ minutes: minute }).toZonedDateTime(settings.timeZone)
      .epochMilliseconds;
  return { from: at(opens), to: at(closes) };
}

/** First date of the period that holds the date, and first date of the next one. */
function bounds(
  kind: Exclude<PeriodKind, 'all'>,
  date: Temporal.PlainDate,
  settings: CalendarSettings,
): [Temporal.PlainDate, Temporal.PlainDate] {
  if (kind === 'day') return [date, date.add({ days: 1 })];
  if (kind === 'week') {
    const first = date.subtract({ days: (date.dayOfWeek - settings.weekStart + 7) % 7 });
    return [first, first.add({ days: 7 })];
  }
  const local = date.withCalendar(settings.calendar === 'jalali' ? 'persian' : 'iso8601');
  const month = local.with({ day: 1 });
  if (kind === 'month') return [month, month.add({ months: 1 })];
  const length = kind === 'quarter' ? 3 : 12;
  const into = (month.month - settings.fiscalStart + 12) % length;
  const first = month.subtract({ months: into });
  return [first, first.add({ months: length })];
}

/** An RFC 3339 instant with its offset; `undefined` for anything else, 30 February included. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)$/.test(text)) {
    return undefined;
  }
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** Whether the runtime knows the IANA zone. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
