import { ALL_TIME, type Calendar, type Instant, type Window } from '@ovation/domain';
import { HISTORY_POINTS_MAX, type HistoryQuery } from '@ovation/protocol';
import { ProblemError } from '../problem.ts';

export type Step = NonNullable<HistoryQuery['by']>;

/** Windows of a series that was not told where to begin. */
const USUAL: Readonly<Record<Step, number>> = { day: 30, week: 13, month: 12, quarter: 8, year: 5 };
/** Days of a table that was not told. */
const USUAL_DAYS = 90;
const DAY_MS = 86_400_000;

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The whole windows that hold the dates asked for, oldest first. */
export function windowsAsked(
  calendar: Calendar,
  by: Step,
  { from, to }: Asked,
  now: Instant,
): Window[] {
  const end = to === undefined ? now : startOf(calendar, to, '/to');
  const last = calendar.windowOf(by, end);
  let first = from === undefined ? last : calendar.windowOf(by, startOf(calendar, from, '/from'));
  if (from === undefined) {
    for (let count = 1; count < USUAL[by]; count += 1) first = calendar.previous(first);
  }
  if (first.from > last.from) throw backwards();
  const span = { from: first.from, to: last.to };
  // No window of a kind is shorter, so this many there are at least.
  const least = { day: 1, week: 7, month: 28, quarter: 85, year: 350 }[by];
  if (span.to - span.from > (HISTORY_POINTS_MAX + 2) * least * 1.2 * DAY_MS) throw tooMany(by);
  const windows = calendar.windowsIn(span, by);
  if (windows.length > HISTORY_POINTS_MAX) throw tooMany(by);
  return windows;
}

/** As many windows of the same kind directly before. */
export function windowsBefore(calendar: Calendar, windows: readonly Window[]): Window[] {
  const before: Window[] = [];
  for (let one = windows[0]!; before.length < windows.length;) {
    one = calendar.previous(one);
    before.unshift(one);
  }
  return before;
}

/** A stretch of days, both dates counted; the last 90 days unless asked otherwise. */
export function spanAsked(
  calendar: Calendar,
  { from, to }: Asked,
  now: Instant,
): Pick<Window, 'from' | 'to'> {
  const end = to === undefined ? now : startOf(calendar, to, '/to');
  const until = calendar.windowOf('day', end).to;
  const begin =
    from === undefined
      ? calendar.windowOf(`last-${USUAL_DAYS}`, end).from
      : startOf(calendar, from, '/from');
  if (begin >= until) throw backwards();
  return { from: begin, to: until };
}

function startOf(calendar: Calendar, date: string, pointer: string): Instant {
  try {
    const at = calendar.startOf(date);
    if (at > ALL_TIME.from && at < ALL_TIME.to) return at;
  } catch {
    // 30 February, or no date at all.
  }
  const detail = `Write "${pointer.slice(1)}" as a real date, such as 2026-11-01.`;
  throw new ProblemError('refused', detail, [{ code: 'bad_date', detail, pointer }]);
}

function backwards(): ProblemError {
  const detail = 'Let "from" be before "to".';
  return new ProblemError('refused', detail, [{ code: 'range', detail, pointer: '/from' }]);
}

function tooMany(by: Step): ProblemError {
  const detail =
    `A history has at most ${HISTORY_POINTS_MAX} points, and these are more ${by}s than that. ` +
    'Ask for a shorter time or longer steps.';
  return new ProblemError('refused', detail, [{ code: 'too_many', detail, pointer: '/from' }]);
}
