import type { Calendar, Window } from '../calendar.ts';
import type { Instant } from '../types.ts';
import { parseScaled } from '../decimal.ts';
import {
  metricScale,
  scaledAt,
  type AchievementKind,
  type Ask,
  type Earned,
  type Evidence,
} from './kind.ts';
import type { AchievementRules } from './definition.ts';

type Streak = Extract<AchievementRules, { kind: 'streak' }>;

/** So many working days in a row with at least so much. */
export const streak: AchievementKind<Streak> = {
  window: () => 'day',
  scale: metricScale,
  amount({ rules, metric, filter, person, reader }: Ask<Streak>, window) {
    const daily = scaledAt(rules.daily, metricScale({ metric, reader }));
    const { value, reachedAt } = reader.value(metric, filter, person, window);
    if (daily === undefined || value === null || value <= 0n || value < daily) return undefined;
    return { amount: value, at: reachedAt };
  },
  earned({ definition, rules, reader }, evidence) {
    const runs = runsOf(evidence, reader.calendar, rules.freeze);
    return definition.steps.flatMap(({ level, points, at }) => {
      const days = wholeDays(at);
      return runs.flatMap((run): Earned[] => {
        const reached = run.days[days - 1];
        if (reached === undefined) return [];
        return [{ level, points, window: run.days[0]!.window.key, at: reached.at }];
      });
    });
  },
};

function wholeDays(text: string): number {
  const parsed = parseScaled(text, 0);
  return parsed.ok && parsed.value > 0n ? Number(parsed.value) : Infinity;
}

/** An unbroken row of days on which it was done. */
export interface Run {
  readonly days: readonly Evidence[];
  /** Working days without, that were bridged since it began. */
  readonly frozen: number;
}

/**
 * The unbroken rows among days, oldest first. Between two days may lie closed days, and up to
 * `freeze` working days in the whole row.
 */
export function runsOf(days: readonly Evidence[], calendar: Calendar, freeze: number): Run[] {
  const runs: { days: Evidence[]; frozen: number }[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const last = run?.days.at(-1);
    const missed = last && workDaysBetween(calendar, last.window.to, day.window.from, freeze + 1);
    if (run && missed !== undefined && run.frozen + missed <= freeze) {
      run.days.push(day);
      run.frozen += missed;
    } else runs.push({ days: [day], frozen: 0 });
  }
  return runs;
}

/** What is left of a row at an instant: its length, and how many working days it may still miss. */
export interface StreakNow {
  readonly days: number;
  readonly freezeLeft: number;
  /** Whether today is in it already. */
  readonly today: boolean;
}

/** The row that goes on now; today may still be done, so it breaks nothing. */
export function streakNow(
  runs: readonly Run[],
  calendar: Calendar,
  { freeze, at }: { readonly freeze: number; readonly at: Instant },
): StreakNow {
  const none = { days: 0, freezeLeft: freeze, today: false };
  const run = runs.at(-1);
  const last = run?.days.at(-1)?.window;
  if (!run || !last) return none;
  const today = calendar.windowOf('day', at);
  if (last.from >= today.from) {
    return { days: run.days.length, freezeLeft: freeze - run.frozen, today: true };
  }
  const left = freeze - run.frozen - workDaysBetween(calendar, last.to, today.from, freeze + 1);
  return left < 0 ? none : { days: run.days.length, freezeLeft: left, today: false };
}

/** Longest stretch without a working day that is looked over day by day. */
const LOOKED_OVER_DAYS = 60;

/** Working days in `[from, to)`, counted up to `most`. */
function workDaysBetween(calendar: Calendar, from: Instant, to: Instant, most: number): number {
  let count = 0;
  let day: Window;
  let looked = 0;
  for (let at = from; at < to && count < most; at = day.to) {
    day = calendar.windowOf('day', at);
    if (calendar.workDays(day).length > 0) count += 1;
    looked += 1;
    // So long a holiday is no holiday: whoever comes back begins anew.
    if (looked > LOOKED_OVER_DAYS) return most;
  }
  return count;
}
