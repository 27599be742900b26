import {
  definitionOf,
  paceOf,
  parsePeriod,
  project,
  seasonalPace,
  workingTime,
  type Calendar,
  type DayTotal,
  type Instant,
  type Metric,
  type PeriodKind,
  type Scaled,
  type Unit,
  type Window,
  type WorkDay,
} from '@ovation/domain';
import type { AttainmentAnswer } from '@ovation/protocol';
import { readConsequences, readTargetsOf } from '@ovation/store';
import { addsUp, textOf, type KnownMetric } from '../history/metrics.ts';
import { valuesOf, type Subject } from '../history/values.ts';
import { ProblemError } from '../problem.ts';
import { percentOf } from './roll-up.ts';

/** Working days whose increments a projection draws from, at least, where there are as many. */
const OWN_DAYS = 60;
/** Longer windows are not projected or paced by their days. */
const PACED_DAYS_MAX = 400;
/** Earlier windows of the same kind that a seasonal pace follows. */
const SEASON_PERIODS = 6;
/** Nobody asks for a day before. */
const OLDEST: Instant = Date.UTC(1990, 0, 1);

export interface AttainmentQuery extends Subject {
  readonly known: KnownMetric;
  readonly period: PeriodKind;
  readonly at: Instant;
  /** Even over the working days, or as earlier windows of the kind went. */
  readonly pace: 'working_days' | 'seasonal';
  /** Whether what a reached target brings may be shown. */
  readonly consequences: boolean;
}

/** Any period, moving ones too. */
export function mustBeAnyPeriod(text: string): PeriodKind {
  const period = parsePeriod(text);
  if (period !== undefined) return period;
  const detail =
    'Write "period" as day, week, month, quarter, half, year, all, last-30, ' +
    'or two dates such as 2026-11-01..2026-11-20.';
  throw new ProblemError('refused', detail, [{ code: 'bad_period', detail, pointer: '/period' }]);
}

/** Where somebody stands, and where that leads. */
export async function attainment(query: AttainmentQuery): Promise<AttainmentAnswer> {
  const { known, scope, entity, period, at } = query;
  const { metric, unit, book } = known;
  const window = book.calendar.windowOf(period, at);
  const [valued] = await valuesOf(known, query, { windows: [window], at });
  const value = valued?.value ?? null;
  const of = { scope, entityId: entity ?? '', metric: metric.id, period, keys: [window.key] };
  const target = (await readTargetsOf(book.sql, book.orgId, of)).get(window.key) ?? null;
  const days = daysOf(book.calendar, window);
  const standing = { query, window, days, value, target, credits: valued?.credits ?? 0 };
  const { elapsed, total } = workingTime(days, at);
  return {
    metric: metric.id,
    period,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    at: new Date(at).toISOString(),
    unit,
    value: textOf(value, unit),
    target: textOf(target, unit),
    percent: value === null || target === null ? null : percentOf(value, target),
    ...(await paceIn(standing)),
    workDaysLeft: tenths(total - elapsed),
    projection: await projectionOf(standing),
    consequences: query.consequences
      ? await readConsequences(book.sql, book.orgId, { metric: metric.id, period })
      : [],
  };
}

/** Somebody's value and target in one window. */
export interface Standing {
  readonly query: AttainmentQuery;
  readonly window: Window;
  readonly days: readonly WorkDay[];
  readonly value: Scaled | null;
  readonly target: Scaled | null;
  readonly credits: number;
}

/** The working days that a window is paced by. */
export function daysOf(calendar: Calendar, window: Window): readonly WorkDay[] {
  return (window.to - window.from) / 86_400_000 > PACED_DAYS_MAX ? [] : calendar.workDays(window);
}

type Paced = Pick<AttainmentAnswer, 'pace' | 'days' | 'neededPerDay'>;
const UNPACED: Paced = { pace: null, days: null, neededPerDay: null };

/** Only what adds up over time is expected to grow with it. */
export async function paceIn(standing: Standing): Promise<Paced> {
  const { query, days, value, target } = standing;
  const { metric, unit } = query.known;
  if (value === null || target === null || !addsUp(metric)) return UNPACED;
  const season =
    query.pace === 'seasonal' ? seasonalPace(days, await earlierWindows(standing)) : days;
  const paced = paceOf(Number(value), Number(target), days, query.at, season);
  if (!paced) return UNPACED;
  const sign = metric.better === 'lower' ? -1 : 1;
  const needed = metric.better === 'lower' ? undefined : paced.neededPerDay;
  return {
    pace: shown(Number(target) * paced.expected, unit),
    days: tenths(sign * paced.daysAhead),
    neededPerDay: needed === undefined ? null : shown(Math.ceil(needed), unit),
  };
}

/** What each working day of the windows before brought, oldest window first. */
async function earlierWindows({ query, window }: Standing): Promise<DayTotal[][]> {
  const { calendar } = query.known.book;
  const periods: WorkDay[][] = [];
  let before = window;
  for (let back = 0; back < SEASON_PERIODS && before.from > OLDEST; back += 1) {
    before = calendar.previous(before);
    periods.unshift([...daysOf(calendar, before)]);
  }
  const all = periods.flat();
  const totals = await dayTotals(query, all, window.from);
  let first = 0;
  return periods.map((days) => totals.slice(first, (first += days.length)));
}

/**
 * What each working day brought until the next one opens; what comes in over a weekend counts to
 * the day before it. Days that are not over count with the part that is gone.
 */
async function dayTotals(
  query: AttainmentQuery,
  days: readonly WorkDay[],
  until: Instant,
): Promise<DayTotal[]> {
  if (days.length === 0) return [];
  const { calendar } = query.known.book;
  const starts = days.map((day) => calendar.startOf(calendar.dateOf(day.from)));
  const windows = starts.map((from, index) => ({ from, to: starts[index + 1] ?? until }));
  const values = await valuesOf(query.known, query, { windows, at: query.at });
  return days.map((day, index) => ({
    total: Number(values[index]?.value ?? 0n),
    weight: workingTime([day], until).elapsed,
  }));
}

async function projectionOf(standing: Standing): Promise<AttainmentAnswer['projection']> {
  const { query, window, days, value, target, credits } = standing;
  const { known, at, scope, entity } = query;
  const { metric, unit, book } = known;
  if (value === null || !isProjected(metric) || at >= window.to) return null;
  const { elapsed, total } = workingTime(days, at);
  if (total === 0) return null;
  const left = days.flatMap((day) => {
    const weight = day.weight - workingTime([day], at).elapsed;
    return weight > 0 ? [{ weight, date: book.calendar.dateOf(day.from) }] : [];
  });
  const totals = await dayTotals(query, ownDays(book.calendar, days, at), at);
  const begun = days.filter((day) => day.from < at).length;
  const projected = project({
    increments: sinceFirst(totals, begun),
    booked: Number(value),
    remaining: left.map((day) => day.weight),
    gone: elapsed / total,
    events: credits,
    target: target === null ? null : Number(target),
    better: metric.better,
    seed: [book.orgId, metric.id, scope, entity ?? '', window.key, book.calendar.dateOf(at)].join(),
  });
  if (!projected) return null;
  const { runs, reach, paths, ...ends } = projected;
  const texts = Object.entries(ends).map(([name, end]) => [name, shown(end, unit)]);
  return {
    runs,
    ...(Object.fromEntries(texts) as Record<keyof typeof ends, string>),
    reach: reach === null ? null : Math.floor(reach * 100 + 1e-9),
    paths: paths.map((path) => path.map((end) => shown(end, unit))),
    days: left.map((day) => day.date),
  };
}

/** What a day adds can be drawn again only where days add up. */
function isProjected(metric: Metric): boolean {
  const { kind } = definitionOf(metric);
  return kind === 'count' || kind === 'sum' || kind === 'scorecard';
}

/** The working days of this window that have begun, and as many before as are needed. */
function ownDays(calendar: Calendar, days: readonly WorkDay[], at: Instant): WorkDay[] {
  const first = days[0]!.from;
  const begun = days.filter((day) => day.from < at);
  const own = [...begun];
  let month = calendar.windowOf('month', first);
  while (own.length < OWN_DAYS && month.from > OLDEST) {
    own.unshift(...calendar.workDays(month).filter((day) => day.from < first));
    month = calendar.previous(month);
  }
  return own.slice(-Math.max(OWN_DAYS, begun.length));
}

/** Without the days before anything was there: nobody who is new is held to them. */
function sinceFirst(totals: readonly DayTotal[], keep: number): readonly DayTotal[] {
  const first = totals.findIndex((one) => one.total !== 0);
  return totals.slice(Math.min(first < 0 ? totals.length : first, totals.length - keep));
}

/** A figure to look at, in the metric's unit. */
const shown = (value: number, unit: Unit): string => textOf(BigInt(Math.round(value)), unit);

/** `1.5`, `-0.3`, `4`. */
export function tenths(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded === 0 ? 0 : rounded);
}
