import { Temporal } from 'temporal-polyfill/full';
import type { Calendar } from '../calendar.ts';
import type { Instant } from '../types.ts';
import type { ContestDefinition, ContestId } from './definition.ts';
import { localOf } from './spans.ts';

/**
 * The contest that follows in a series, under a new id; `null` after the last one, or without a
 * series. Days, weeks and months are those of the organisation's calendar, at the same time by the
 * clock on the wall whatever clock changes lie between. A contest of a whole month is followed by
 * the next whole month, whatever its length; one that begins on the last day of a month by one that
 * does so too.
 */
export function nextOf(
  contest: ContestDefinition,
  calendar: Calendar,
  id: ContestId,
): ContestDefinition | null {
  const { series } = contest;
  if (series === undefined) return null;
  const window = nextWindow(contest, series.every, calendar);
  if (window.from >= series.until) return null;
  return { ...contest, ...window, id, parent: contest.parent ?? contest.id };
}

function nextWindow(
  { from, to }: Pick<ContestDefinition, 'from' | 'to'>,
  every: 'day' | 'week' | 'month',
  calendar: Calendar,
): Pick<ContestDefinition, 'from' | 'to'> {
  const whole = calendar.windowOf(every, from);
  if (whole.from === from && whole.to === to) {
    const next = calendar.next(whole);
    return { from: next.from, to: next.to };
  }
  const [start, end] = [localOf(from, calendar), localOf(to, calendar)];
  const days = start.toPlainDate().until(end.toPlainDate()).days;
  const first = dateAfter(start.toPlainDate(), every, calendar);
  return {
    from: instantOf(first, start, calendar),
    to: instantOf(first.add({ days }), end, calendar),
  };
}

function dateAfter(
  date: Temporal.PlainDate,
  every: 'day' | 'week' | 'month',
  { settings }: Calendar,
): Temporal.PlainDate {
  if (every !== 'month') return date.add({ days: every === 'day' ? 1 : 7 });
  const local = date.withCalendar(settings.calendar === 'jalali' ? 'persian' : 'iso8601');
  const next = local.add({ months: 1 });
  const atEnd = local.day === local.daysInMonth;
  return (atEnd ? next.with({ day: next.daysInMonth }) : next).withCalendar('iso8601');
}

const instantOf = (
  date: Temporal.PlainDate,
  clock: Temporal.ZonedDateTime,
  { settings }: Calendar,
): Instant =>
  date.toPlainDateTime(clock.toPlainTime()).toZonedDateTime(settings.timeZone).epochMilliseconds;
