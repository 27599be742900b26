import type { Instant, WorkDay } from '@ovation/domain';

const DAY_MS = 86_400_000;
/** As many working days as say how it has been going lately. */
export const RECENT_DAYS = 10;

/** `[local midnight, total of that day]`, as boards carry it. */
export type DayTotal = readonly [midnight: Instant, total: string];

export interface Recent {
  /** Working days that are over, at most ten. */
  readonly count: number;
  /** What was won in them per full working day. */
  readonly perDay: number;
}

/** The last finished working days; a day without a win counts as what it was. */
export function recentDays(
  days: readonly DayTotal[],
  workDays: readonly WorkDay[],
  now: Instant,
): Recent | null {
  const finished = workDays.filter((day) => day.to <= now).slice(-RECENT_DAYS);
  if (finished.length === 0) return null;
  const weight = finished.reduce((sum, day) => sum + day.weight, 0);
  const won = finished.reduce((sum, day) => sum + totalOn(days, day), 0);
  return { count: finished.length, perDay: won / weight };
}

function totalOn(days: readonly DayTotal[], day: WorkDay): number {
  const found = days.find(([midnight]) => day.from >= midnight && day.from < midnight + DAY_MS);
  return found ? Number(found[1]) : 0;
}
