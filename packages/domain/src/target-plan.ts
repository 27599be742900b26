import Fraction from 'fraction.js';
import { allocate } from './allocate.ts';
import type { WorkDay } from './calendar.ts';
import { PERCENT_SCALE } from './metric.ts';
import { weightsOf, type Share } from './share.ts';
import type { Instant, Scaled } from './types.ts';

/** How much of the whole a part is given: decimals are taken as they are written, never rounded. */
export type Weight = number | bigint | Share;

/** Why a part is as large as it is; the texts are made where the language is known. */
export type PlanReason =
  /** `11 of 22 working days`. */
  | { readonly by: 'working_days'; readonly workDays: number; readonly of: number }
  /** Share of the whole (0 to 1) that earlier periods had there, and how many of them did. */
  | { readonly by: 'seasonality'; readonly share: number; readonly periods: number }
  /** The `step`th of `of` windows of a new hire, from 1. */
  | { readonly by: 'ramp'; readonly percent: number; readonly step: number; readonly of: number };

export interface PlannedValue {
  readonly value: Scaled;
  readonly because: PlanReason;
}

/**
 * Splits a target by weights to the last unit (largest remainder): the parts add up to it exactly.
 * Throws `RangeError` for a weight below zero or when all are zero.
 */
export function spreadTarget(value: Scaled, weights: readonly Weight[]): Scaled[] {
  return allocate(value, weightsOf(weights.map(exact)));
}

/**
 * Spreads a target over windows by their working days. Throws `RangeError` when there are none in
 * any of them.
 */
export function spreadByWorkDays(
  value: Scaled,
  windows: readonly (readonly WorkDay[])[],
): PlannedValue[] {
  return spreadBySeason(value, windows, []);
}

/**
 * Spreads a target over windows as the same windows of earlier periods went: `earlier` has, for
 * each period, one total a window, `null` where there is none. A window counts with the average of
 * its totals, nothing when that is below zero. Windows without any total get their share by working
 * days first, and so do all when every total is zero. Throws `RangeError` when neither totals nor
 * working days are there to go by.
 */
export function spreadBySeason(
  value: Scaled,
  windows: readonly (readonly WorkDay[])[],
  earlier: readonly (readonly (Scaled | null)[])[],
): PlannedValue[] {
  const days = windows.map(workDaysIn);
  const seasons = windows.map((_, index) => averageOf(earlier.map((totals) => totals[index])));
  const seasonal = total(seasons.map((season) => season?.average ?? NONE));
  const allDays = total(days);
  const known = days.filter((_, index) => seasons[index]);
  const knownDays = allDays.equals(0) ? new Fraction(1) : total(known).div(allDays);
  const weights = days.map((own, index) => {
    const season = seasonal.equals(0) ? undefined : seasons[index];
    if (season) return season.average.div(seasonal).mul(knownDays);
    return allDays.equals(0) ? NONE : own.div(allDays);
  });
  const parts = allocate(value, weightsOf(weights));
  const whole = total(weights);
  return parts.map((part, index) => {
    const season = seasonal.equals(0) ? undefined : seasons[index];
    const share = weights[index]!.div(whole).valueOf();
    const because: PlanReason = season
      ? { by: 'seasonality', share, periods: season.periods }
      : { by: 'working_days', workDays: days[index]!.valueOf(), of: allDays.valueOf() };
    return { value: part, because };
  });
}

/**
 * The target of somebody who is there from `from` and until (not at) `until`: its share of the
 * window's working days, where a day counts for whoever is there when it closes. Stretches that
 * lie edge to edge add up to the last unit, so a successor gets exactly what the leaver does not.
 * Throws `RangeError` without working days.
 */
export function prorate(
  value: Scaled,
  days: readonly WorkDay[],
  from: Instant = -Infinity,
  until: Instant = Infinity,
): PlannedValue {
  const all = workDaysIn(days);
  const gone = (at: Instant) => workDaysIn(days.filter((day) => day.to <= at));
  const [first, end] = [gone(from), gone(Math.max(from, until))];
  const upTo = (passed: Fraction): Scaled => spreadTarget(value, [passed, all.sub(passed)])[0]!;
  const workDays = end.sub(first).valueOf();
  const because = { by: 'working_days', workDays, of: all.valueOf() } as const;
  return { value: upTo(end) - upTo(first), because };
}

/** The targets of a new hire's windows, each so many percent of the full one. */
export function ramp(value: Scaled, percents: readonly number[]): PlannedValue[] {
  return percents.map((percent, index) => ({
    value: percentOfTarget(value, percent),
    because: { by: 'ramp', percent, step: index + 1, of: percents.length },
  }));
}

/**
 * So many percent of a target, halves away from zero. Throws `RangeError` for a percentage below
 * zero.
 */
export function percentOfTarget(value: Scaled, percent: number): Scaled {
  const { n, d } = exact(percent);
  const [twice, whole] = [value * n * 2n, d * 100n];
  return (twice + (twice < 0n ? -whole : whole)) / (2n * whole);
}

export interface RollUp {
  /** What the people's targets add up to. */
  readonly sum: Scaled;
  /** That in percent of the own target, in thousandths, floored; `null` without an own target. */
  readonly percent: Scaled | null;
  /** What the people lack to the own target; below zero when they have more. */
  readonly missing: Scaled | null;
}

/** Holds the targets of people against the one of their team, or of the organisation. */
export function rollUp(people: ReadonlyMap<string, Scaled>, own: Scaled | null): RollUp {
  const sum = [...people.values()].reduce((all, one) => all + one, 0n);
  const percent = own === null || own === 0n ? null : (sum * HUNDRED_PERCENT) / own;
  return { sum, percent, missing: own === null ? null : own - sum };
}

const HUNDRED_PERCENT = 100n * 10n ** BigInt(PERCENT_SCALE);
const NONE = new Fraction(0);

function exact(weight: Weight): Share {
  const share = typeof weight === 'object' ? weight : { n: weight, d: 1n };
  if (share.n < 0 || share.d <= 0n) throw new RangeError('a share is never below zero');
  return typeof weight === 'object' ? weight : new Fraction(weight);
}

const total = (all: readonly Fraction[]): Fraction => all.reduce((sum, one) => sum.add(one), NONE);

const workDaysIn = (days: readonly WorkDay[]): Fraction =>
  total(days.map(({ weight }) => new Fraction(weight)));

/** The average of the totals that are there, at least zero. */
function averageOf(
  totals: readonly (Scaled | null | undefined)[],
): { average: Fraction; periods: number } | undefined {
  const known = totals.filter((one) => one !== null && one !== undefined);
  if (known.length === 0) return undefined;
  const sum = known.reduce((all, one) => all + one, 0n);
  const average = sum > 0n ? new Fraction(sum).div(known.length) : NONE;
  return { average, periods: known.length };
}
