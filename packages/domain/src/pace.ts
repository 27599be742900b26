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

/** What one day added, and how much of a working day it was. */
export interface DayTotal {
  readonly total: number;
  readonly weight: number;
}

/**
 * How a value stands against its target; `undefined` without a target or without working days.
 * Where a season is given (the same days with the weights of `seasonalPace`), the pace follows it;
 * the days left stay working days.
 */
export function paceOf(
  value: number,
  target: number,
  days: readonly WorkDay[],
  now: Instant,
  season: readonly WorkDay[] = days,
): Pace | undefined {
  const { elapsed, total } = workingTime(days, now);
  if (target <= 0 || total === 0) return undefined;
  const paced = workingTime(season, now);
  const attainment = value / target;
  const expected = paced.elapsed / paced.total;
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

/**
 * The working days with weights as earlier periods of the same kind went (month ends are never
 * even): each day gets what the same stretch of their working time brought on average, each period
 * counting alike. The weights add up to the same number of days. `earlier` has the days of each
 * period in order, the newest period last, of which the last six are taken; a day below zero counts
 * as nothing. Without a period that brought anything the days are as they were.
 */
export function seasonalPace(
  days: readonly WorkDay[],
  earlier: readonly (readonly DayTotal[])[],
): readonly WorkDay[] {
  const curves = earlier
    .slice(-SEASON_PERIODS)
    .map(curveOf)
    .filter((one) => one !== undefined);
  const total = days.reduce((sum, { weight }) => sum + weight, 0);
  if (curves.length === 0 || total === 0) return days;
  let worked = 0;
  let before = 0;
  return days.map((day, index) => {
    worked += day.weight;
    const time = index === days.length - 1 ? 1 : worked / total;
    const reached = curves.reduce((sum, curve) => sum + heightOf(curve, time), 0) / curves.length;
    const weight = Math.max(0, reached - before) * total;
    before = reached;
    return { ...day, weight };
  });
}

const SEASON_PERIODS = 6;

/** Share of the value that was there when a share of the working time was gone; both end at 1. */
type Curve = readonly (readonly [time: number, value: number])[];

function curveOf(period: readonly DayTotal[]): Curve | undefined {
  const time = period.reduce((sum, { weight }) => sum + weight, 0);
  const value = period.reduce((sum, { total }) => sum + Math.max(0, total), 0);
  if (time <= 0 || value <= 0) return undefined;
  let gone = 0;
  let there = 0;
  return period.map(({ weight, total }) => {
    gone += weight;
    there += Math.max(0, total);
    return [gone / time, there / value] as const;
  });
}

function heightOf(curve: Curve, time: number): number {
  let [fromTime, fromValue] = [0, 0];
  for (const [toTime, toValue] of curve) {
    if (toTime > time) {
      return fromValue + ((time - fromTime) / (toTime - fromTime)) * (toValue - fromValue);
    }
    [fromTime, fromValue] = [toTime, toValue];
  }
  return 1;
}

/** A share as whole percent, floored toward zero: 99.6 % is never shown as 100 %. */
export const floorPercent = (share: number): number => Math.trunc(share * 100 + 1e-9);
