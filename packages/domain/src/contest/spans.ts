import { Temporal } from 'temporal-polyfill/full';
import type { Calendar, Window } from '../calendar.ts';
import type { Instant } from '../types.ts';
import type { HourSpan } from './definition.ts';
import type { RoundWindow } from './standing.ts';

/** A half-open stretch of time. */
export type Span = Pick<Window, 'from' | 'to'>;

/** What is left of some stretches inside another one. */
export function inside(spans: readonly Span[], { from, to }: Span): Span[] {
  return spans
    .map((one) => ({ from: Math.max(one.from, from), to: Math.min(one.to, to) }))
    .filter((one) => one.from < one.to);
}

/** Stretches without what others take out of them. */
export function withoutSpans(spans: readonly Span[], holes: readonly Span[]): Span[] {
  return holes.reduce<readonly Span[]>(
    (left, hole) =>
      left.flatMap(({ from, to }) =>
        [
          { from, to: Math.min(to, hole.from) },
          { from: Math.max(from, hole.to), to },
        ].filter((one) => one.from < one.to),
      ),
    spans,
  ) as Span[];
}

/**
 * The hours of a window by the clock on the wall, on some ISO weekdays. Hours that end before they
 * begin go past midnight and belong to the day on which they begin; an hour that clocks skip is
 * empty, one that they repeat is counted twice.
 */
export function hoursIn(
  span: Span,
  hours: readonly HourSpan[],
  weekdays: readonly number[] | undefined,
  calendar: Calendar,
): Span[] {
  const { timeZone } = calendar.settings;
  const first = Temporal.PlainDate.from(calendar.dateOf(span.from)).subtract({ days: 1 });
  const last = Temporal.PlainDate.from(calendar.dateOf(span.to - 1));
  const found: Span[] = [];
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0;) {
    const on = weekdays === undefined || weekdays.includes(date.dayOfWeek);
    for (const { from, to } of on ? hours : []) {
      const end = to > from ? to : to + DAY_MINUTES;
      found.push({ from: clockAt(date, from, timeZone), to: clockAt(date, end, timeZone) });
    }
    date = date.add({ days: 1 });
  }
  return joined(inside(found, span));
}
const DAY_MINUTES = 1_440;

const clockAt = (date: Temporal.PlainDate, minute: number, timeZone: string): Instant =>
  date.toPlainDateTime().add({ minutes: minute }).toZonedDateTime(timeZone).epochMilliseconds;

/** In order, those that overlap or touch as one: nothing is counted twice. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const one of [...spans].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = all.at(-1);
    if (last && one.from <= last.to) {
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, one.to) };
    } else all.push(one);
  }
  return all;
}

/**
 * A window cut into rounds of whole local days, as equal as they can be, the longer ones last; into
 * equal parts where there are fewer days than rounds.
 */
export function roundsIn(span: Span, count: number, calendar: Calendar): RoundWindow[] {
  const days = calendar.windowsIn(span, 'day');
  const edge = (round: number): Instant => {
    if (round === 0) return span.from;
    if (round === count) return span.to;
    if (days.length < count) return span.from + Math.floor(((span.to - span.from) * round) / count);
    return days[Math.floor((days.length * round) / count)]!.from;
  };
  return Array.from({ length: count }, (_, index) => ({
    round: index + 1,
    from: edge(index),
    to: edge(index + 1),
  }));
}

/**
 * The windows that a contest is compared with, oldest first: for a whole month, quarter, half or
 * year of the organisation's calendar those before it; otherwise as many local days at the same
 * clock time, so many whole weeks earlier that they do not overlap and have the same weekdays.
 */
export function windowsBefore(span: Span, count: number, calendar: Calendar): Span[] {
  const period = (['month', 'quarter', 'half', 'year'] as const)
    .map((kind) => calendar.windowOf(kind, span.from))
    .find((one) => one.from === span.from && one.to === span.to);
  if (period) {
    const before: Window[] = [];
    for (let one = period; before.length < count;) before.push((one = calendar.previous(one)));
    return before.reverse().map(({ from, to }) => ({ from, to }));
  }
  const days = daysBetween(span.from, span.to, calendar);
  const weeks = Math.max(1, Math.ceil(days / 7));
  return Array.from({ length: count }, (_, index) => {
    const back = -7 * weeks * (count - index);
    return {
      from: daysLater(span.from, back, calendar),
      to: daysLater(span.to, back, calendar),
    };
  });
}

/** Local days from one instant to another, begun ones counted. */
export function daysBetween(from: Instant, to: Instant, calendar: Calendar): number {
  const [first, end] = [localOf(from, calendar), localOf(to, calendar)];
  const days = first.toPlainDate().until(end.toPlainDate()).days;
  const more = Temporal.PlainTime.compare(end.toPlainTime(), first.toPlainTime()) > 0;
  return days + (more ? 1 : 0);
}

/** The same clock time so many local days later. */
export function daysLater(at: Instant, days: number, calendar: Calendar): Instant {
  const local = localOf(at, calendar).toPlainDateTime().add({ days });
  return local.toZonedDateTime(calendar.settings.timeZone).epochMilliseconds;
}

export const localOf = (at: Instant, { settings }: Calendar): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(settings.timeZone);
