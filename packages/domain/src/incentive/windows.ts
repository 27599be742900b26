import { createCalendar, type FixedPeriod } from '../calendar.ts';
import { dateText, dayOf, type Day, type Days } from './dates.ts';
import type { PlanWindow } from './definition.ts';
import type { IncentiveInput } from './input.ts';

export interface PlanSpan extends Days {
  /** Unique among the windows of all kinds. */
  readonly key: string;
}

/** The windows of measures, and the pay periods, by day. */
export interface Windows {
  readonly periods: readonly PlanSpan[];
  /** The period of a day: -1 before the first, as many as there are after the last. */
  readonly periodOf: (day: Day) => number;
  readonly windowOf: (kind: PlanWindow, day: Day) => PlanSpan;
}

const DAY_MS = 86_400_000;
const BEFORE_ALL: PlanSpan = { key: 'before', from: -1_000_000, to: -999_999 };

/** Reads periods that were checked; see `inputFaults`. */
export function windowsOf({ periods, calendar }: Pick<IncentiveInput, 'periods' | 'calendar'>) {
  const spans = periods.map(({ id, from, to }) => ({
    key: `period ${id}`,
    from: dayOf(from)!,
    to: dayOf(to)!,
  }));
  // Days are dates of the organisation already: no clock, no zone.
  const dates = createCalendar({
    timeZone: 'UTC',
    calendar: calendar?.calendar ?? 'gregorian',
    fiscalStart: calendar?.fiscalStart ?? 1,
    weekStart: 1,
    workdays: [1, 1, 1, 1, 1, 0, 0],
    workHours: [540, 1_020],
    holidays: [],
  });
  const known = new Map<string, PlanSpan>();
  const fixed = (kind: FixedPeriod, day: Day): PlanSpan => {
    const name = `${kind} ${day}`;
    const had = known.get(name);
    if (had) return had;
    const { key, from, to } = dates.windowOf(kind, day * DAY_MS);
    const own = `${kind} ${key}`;
    const span = known.get(own) ?? { key: own, from: from / DAY_MS, to: to / DAY_MS };
    known.set(own, span);
    known.set(name, span);
    return span;
  };
  const periodOf = (day: Day): number => {
    if (day < (spans[0]?.from ?? Infinity)) return -1;
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (day < spans[middle]!.to) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    periods: spans,
    periodOf,
    windowOf: (kind: PlanWindow, day: Day) =>
      kind === 'period' ? (spans[periodOf(day)] ?? BEFORE_ALL) : fixed(kind, day),
  } satisfies Windows;
}

/** Whether every period lies in one window of a kind; else the first date where one is cut. */
export function cutPeriod(windows: Windows, kind: PlanWindow): string | undefined {
  if (kind === 'period') return undefined;
  for (const { from, to } of windows.periods) {
    const window = windows.windowOf(kind, from);
    if (window.to < to) return dateText(window.to);
  }
  return undefined;
}
