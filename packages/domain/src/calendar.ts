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
  /** Dates that are open half a day (`2026-12-24`); a day that is closed anyway stays closed. */
  readonly halfDays?: readonly string[];
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
const LAST_DAYS_MAX = 366;
const CUSTOM_DAYS_MAX = 3_660;
const WINDOWS_MAX = 4_000;
/** No period of a kind is longer, clock changes and leap years included. */
const LONGEST_DAYS = { day: 2, week: 8, month: 32, quarter: 94, half: 187, year: 368 } as const;

type Lasting = Exclude<FixedPeriod, 'all'>;
type Dates = readonly [first: Temporal.PlainDate, next: Temporal.PlainDate];

export interface Calendar {
  readonly settings: CalendarSettings;
  /**
   * The one window of this kind that holds the instant; for `last-N` the one whose last day does,
   * for two dates theirs, whatever the instant. Throws `RangeError` for what is no period.
   */
  windowOf(kind: PeriodKind, instant: Instant): Window;
  /** The window directly before; for `last-N` and for two dates as many days before. */
  previous(window: Window): Window;
  /** The window directly after, likewise. */
  next(window: Window): Window;
  /**
   * All windows of a kind that overlap a stretch of time, oldest first. Throws `RangeError` above
   * 4,000.
   */
  windowsIn(window: Pick<Window, 'from' | 'to'>, kind: FixedPeriod): Window[];
  /** Working days of a window in order; none for all time. */
  workDays(window: Window): readonly WorkDay[];
  /** Local midnight of an ISO date, or its first instant where clocks skip midnight. */
  startOf(isoDate: string): Instant;
  /** The local date of an instant, ISO 8601. */
  dateOf(instant: Instant): string;
}

/** Builds the calendar of an organisation. Throws `RangeError` for an unknown zone. */
export function createCalendar(settings: CalendarSettings): Calendar {
  const zone = zoneOf(settings.timeZone);
  const cache = new Map<string, Window[]>();
  const daysOf = new WeakMap<Window, readonly WorkDay[]>();

  function windowOf(kind: PeriodKind, instant: Instant): Window {
    if (kind === 'all') return ALL_TIME;
    if (!isFixed(kind)) return floating(kind, windowOf('day', instant).key);
    const bucket = `${kind}${Math.floor(instant / DAY_MS)}`;
    const known = cache.get(bucket)?.find((one) => instant >= one.from && instant < one.to);
    if (known) return known;
    if (cache.size > CACHED_DAYS_MAX) cache.clear();
    const window = zone.window(kind, bounds(kind, zone.dayOf(instant), settings));
    cache.set(bucket, [...(cache.get(bucket) ?? []), window]);
    return window;
  }

  function floating(kind: PeriodKind, today: string): Window {
    const bucket = `${kind} ${kind.startsWith('last-') ? today : ''}`;
    const known = cache.get(bucket)?.[0];
    if (known) return known;
    const dates = floatingDates(kind, Temporal.PlainDate.from(today));
    if (!dates) throw new RangeError(`"${kind}" is no period: see parsePeriod`);
    const window = zone.window(kind, dates);
    cache.set(bucket, [window]);
    return window;
  }

  function step({ kind, key, from, to }: Window, direction: -1 | 1): Window {
    if (kind === 'all') return ALL_TIME;
    if (isFixed(kind)) return windowOf(kind, direction < 0 ? from - 1 : to);
    const first = Temporal.PlainDate.from(key);
    const [shown, next] = floatingDates(kind, first)!;
    const { days } = shown.until(next);
    const start = first.add({ days: direction * days });
    const last = start.add({ days: days - 1 }).toString();
    return floating(kind.startsWith('last-') ? kind : `${start.toString()}..${last}`, last);
  }

  return {
    settings,
    windowOf,
    previous: (window) => step(window, -1),
    next: (window) => step(window, 1),
    windowsIn: (window, kind) => windowsIn(window, kind, windowOf),
    workDays(window) {
      const days = daysOf.get(window) ?? workDaysOf(window, zone, settings);
      daysOf.set(window, days);
      return days;
    },
    startOf: (isoDate) => zone.midnight(Temporal.PlainDate.from(isoDate)),
    dateOf: (instant) => zone.dateOf(instant).toString(),
  };
}

interface Zone {
  readonly timeZone: string;
  /** The date on the wall. */
  dateOf(instant: Instant): Temporal.PlainDate;
  /** The date in whose day the instant lies: the later one in an hour that is had twice. */
  dayOf(instant: Instant): Temporal.PlainDate;
  /** The first instant of a date. */
  midnight(date: Temporal.PlainDate): Instant;
  window(kind: PeriodKind, dates: Dates): Window;
}

function zoneOf(timeZone: string): Zone {
  const dateOf = (instant: Instant) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
  const midnight = (date: Temporal.PlainDate): Instant =>
    date.withCalendar('iso8601').toZonedDateTime({ timeZone }).epochMilliseconds;
  return {
    timeZone,
    dateOf,
    dayOf(instant) {
      const next = dateOf(instant).add({ days: 1 });
      return midnight(next) <= instant ? next : dateOf(instant);
    },
    midnight,
    window(kind, [first, next]) {
      const key = first.withCalendar('iso8601').toString();
      return { kind, from: midnight(first), to: midnight(next), key };
    },
  };
}

function windowsIn(
  { from, to }: Pick<Window, 'from' | 'to'>,
  kind: FixedPeriod,
  windowOf: Calendar['windowOf'],
): Window[] {
  if (from >= to) return [];
  if (kind === 'all') return [ALL_TIME];
  const windows: Window[] = [];
  const longest = LONGEST_DAYS[kind] * DAY_MS;
  let tooMany = to - from > WINDOWS_MAX * longest;
  for (let at = from; at < to && !tooMany; at = windows.at(-1)!.to) {
    tooMany = windows.push(windowOf(kind, at)) > WINDOWS_MAX;
  }
  if (tooMany) throw new RangeError(`more than ${WINDOWS_MAX} windows of a ${kind}: ask for fewer`);
  return windows;
}

function workDaysOf(window: Window, zone: Zone, settings: CalendarSettings): WorkDay[] {
  if (window.kind === 'all') return [];
  const closed = new Set(settings.holidays);
  const half = new Set(settings.halfDays);
  const days: WorkDay[] = [];
  const end = zone.dateOf(window.to);
  for (let date = zone.dateOf(window.from); Temporal.PlainDate.compare(date, end) < 0;) {
    const usual = settings.workdays[date.dayOfWeek - 1] ?? 0;
    const open = half.has(date.toString()) ? Math.min(usual, 0.5) : usual;
    const weight = closed.has(date.toString()) ? 0 : open;
    const next = date.add({ days: 1 });
    // A date that a zone skipped, when it moved over the date line, has no hours at all.
    if (weight > 0 && zone.midnight(date) < zone.midnight(next)) {
      days.push({ ...openHours(date, settings), weight });
    }
    date = next;
  }
  return days;
}

function openHours(date: Temporal.PlainDate, settings: CalendarSettings) {
  const [opens, closes] = settings.workHours;
  const at = (minute: number): Instant =>
    date.toPlainDateTime().add({ minutes: minute }).toZonedDateTime(settings.timeZone)
      .epochMilliseconds;
  return { from: at(opens), to: at(closes) };
}

/** First date of the period that holds the date, and first date of the next one. */
function bounds(kind: Lasting, date: Temporal.PlainDate, settings: CalendarSettings): Dates {
  if (kind === 'day') return [date, date.add({ days: 1 })];
  if (kind === 'week') {
    const first = date.subtract({ days: (date.dayOfWeek - settings.weekStart + 7) % 7 });
    return [first, first.add({ days: 7 })];
  }
  const local = date.withCalendar(settings.calendar === 'jalali' ? 'persian' : 'iso8601');
  const month = local.with({ day: 1 });
  if (kind === 'month') return [month, month.add({ months: 1 })];
  const length = { quarter: 3, half: 6, year: 12 }[kind];
  const into = (month.month - settings.fiscalStart + 12) % length;
  const first = month.subtract({ months: into });
  return [first, first.add({ months: length })];
}

const isFixed = (kind: string): kind is FixedPeriod => PERIODS.some((one) => one === kind);

/** First date of a period that is not fixed, and the first after it; `undefined` for nonsense. */
function floatingDates(kind: string, today: Temporal.PlainDate): Dates | undefined {
  const last = /^last-([1-9]\d{0,2})$/.exec(kind);
  if (last) {
    const days = Number(last[1]);
    if (days > LAST_DAYS_MAX) return undefined;
    return [today.subtract({ days: days - 1 }), today.add({ days: 1 })];
  }
  const dates = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(kind);
  const [first, end] = [parseDate(dates?.[1]), parseDate(dates?.[2])];
  if (!first || !end) return undefined;
  const next = end.add({ days: 1 });
  const { days } = first.until(next);
  return days >= 1 && days <= CUSTOM_DAYS_MAX ? [first, next] : undefined;
}

function parseDate(text: string | undefined): Temporal.PlainDate | undefined {
  try {
    return text === undefined ? undefined : Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a period as it is written: a fixed one, `last-1` to `last-366`, or two dates in order of at
 * most 3,660 days. `undefined` for anything else, 30 February included.
 */
export function parsePeriod(text: string): PeriodKind | undefined {
  if (isFixed(text)) return text;
  const anyDay = Temporal.PlainDate.from('2026-01-01');
  return floatingDates(text, anyDay) ? (text as PeriodKind) : undefined;
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
