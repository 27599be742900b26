import type { Calendar, WorkDay } from './calendar.ts';
import { workingTime } from './pace.ts';
import type { Instant } from './types.ts';

/** Whoever logged nothing for so many working days is worth a word. */
export const SILENT_AFTER_DAYS = 1;
/** Further back nobody looks: a longer silence or row is told as this long. */
export const LOOK_BACK_DAYS = 30;
/** A row of fewer working days is no news. */
export const STREAK_FROM_DAYS = 3;

/**
 * Working days between two instants, parts of days included; nights, weekends and holidays are no
 * silence. At most what the last `LOOK_BACK_DAYS` dates hold.
 */
export function workingDaysBetween(calendar: Calendar, from: Instant, to: Instant): number {
  if (from >= to) return 0;
  const days = calendar.workDays(calendar.windowOf(`last-${LOOK_BACK_DAYS}`, to));
  return workingTime(days, to).elapsed - workingTime(days, from).elapsed;
}

/**
 * How many working days in a row somebody has won on. `won` are local dates with a win. Today
 * without one does not break the row while it lasts; a win on a closed day neither breaks nor adds.
 */
export function streakOf(
  won: ReadonlySet<string>,
  days: readonly WorkDay[],
  now: Instant,
  dateOf: (at: Instant) => string,
): number {
  const today = dateOf(now);
  let streak = 0;
  for (const day of [...days].reverse()) {
    if (day.from > now) continue;
    const date = dateOf(day.from);
    if (won.has(date)) streak += 1;
    else if (date !== today) break;
  }
  return streak;
}

/** What is known of a source's rhythm. */
export interface Pulse {
  /** When its last event arrived; `null` when none has. */
  readonly lastAt: Instant | null;
  /** When its newest events arrived, in any order; empty where nobody looked. */
  readonly arrivals: readonly Instant[];
}

/** Fewer arrivals than this make no rhythm. */
const ARRIVALS_MIN = 8;
/** So many times the usual pause are unusual. */
const LATE_TIMES = 4;
/** Nothing is late before this. */
const LATE_FROM_MS = 10 * 60_000;
/** Of the pauses between arrivals, so many are shorter than the usual one: quiet hours are not. */
const USUAL_SHARE = 0.9;

export interface Freshness {
  /** Between two events nine times out of ten, in milliseconds; `null` without a rhythm. */
  readonly usualMs: number | null;
  /** Silent for much longer than usual, in working hours. */
  readonly late: boolean;
}

/** Whether a source says less than it does otherwise. `open`: work is going on. */
export function freshnessOf({ lastAt, arrivals }: Pulse, now: Instant, open: boolean): Freshness {
  const times = [...arrivals].sort((a, b) => a - b);
  if (lastAt === null || times.length < ARRIVALS_MIN) return { usualMs: null, late: false };
  const pauses = times.slice(1).map((at, index) => at - times[index]!);
  pauses.sort((a, b) => a - b);
  const usualMs = pauses[Math.floor((pauses.length - 1) * USUAL_SHARE)]!;
  const allowed = Math.max(LATE_FROM_MS, usualMs * LATE_TIMES);
  return { usualMs, late: open && now - lastAt > allowed };
}
