import type { Instant } from './types.ts';
import type { WorkDay } from './calendar.ts';

/**
 * Pace is where the target says one should be by now: working time gone ÷ working time of the
 * period × target, so nights, weekends and holidays do not count against anybody. These are
 * figures to look at, never to pay by: floating point is good enough.
 */
export interface Pace {
  /** Share of the target reached; 1 is on target. */
  readonly attainment: number;
  /** Share of the period's working time that is gone. */
  readonly expected: number;
  /** Working days ahead of pace; negative is behind. */
  readonly daysAhead: number;
  /** Working days left, today's remainder included. */
  readonly daysLeft: number;
  /** What is still missing per working day left; 0 once reached, `undefined` with no time left. */
  readonly neededPerDay: number | undefined;
}

/** Working days gone and in all, each day counting from its opening to its closing hour. */
export function workingTime(
  days: readonly WorkDay[],
  now: Instant,
): { elapsed: number; total: number } {
  let elapsed = 0;
  let total = 0;
  for (const day of days) {
    total += day.weight;
    const gone = (now - day.from) / (day.to - day.from);
    elapsed += day.weight * Math.min(1, Math.max(0, gone));
  }
  return { elapsed, total };
}

/** How a value stands against its target; `undefined` without a target or without working days. */
export function paceOf(
  value: number,
  target: number,
  days: readonly WorkDay[],
  now: Instant,
): Pace | undefined {
  const { elapsed, total } = workingTime(days, now);
  if (target <= 0 || total === 0) return undefined;
  const attainment = value / target;
  const expected = elapsed / total;
  const daysLeft = total - elapsed;
  const missing = Math.max(0, target - value);
  return {
    attainment,
    expected,
    daysAhead: (attainment - expected) * total,
    daysLeft,
    neededPerDay: missing === 0 ? 0 : daysLeft > 0 ? missing / daysLeft : undefined,
  };
}

/** A share as whole percent, floored toward zero: 99.6 % is never shown as 100 %. */
export const floorPercent = (share: number): number => Math.trunc(share * 100 + 1e-9);
