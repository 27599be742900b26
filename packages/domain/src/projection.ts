import type { Better } from './rank.ts';
import type { DayTotal } from './pace.ts';
import { randomOf } from './random.ts';

const GONE_MIN = 0.25;
const EVENTS_MIN = 20;
const RUNS = 1_000;
const SAMPLE_PATHS = 15;

export interface ProjectionInput {
  /**
   * What was added on each past working day, the days with nothing included; a day that is not
   * over counts with the part of its weight that is gone.
   */
  readonly increments: readonly DayTotal[];
  /** What is there already: every run begins with it. */
  readonly booked: number;
  /** Weights of the working days that are left, in order; today with what is left of it. */
  readonly remaining: readonly number[];
  /** Share of the window's working time that is gone, 0 to 1. */
  readonly gone: number;
  /** How many events the value is made of. */
  readonly events: number;
  readonly target?: number | null;
  /** `lower`: the target is reached by ending at it or below. */
  readonly better?: Better;
  /** The same seed gives the same figures on every machine. */
  readonly seed: string | number;
  readonly runs?: number;
}

/** Where a value may end, over many runs of the days that are left. Figures to look at. */
export interface Projection {
  readonly runs: number;
  readonly p10: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  /** Share of runs that reach the target, 0 to 1; `null` without one. */
  readonly reach: number | null;
  /** Up to 15 runs to draw, each with its value at the end of every day that is left. */
  readonly paths: readonly (readonly number[])[];
}

/**
 * A bootstrap: each run fills the days that are left with rates drawn from the own past days, with
 * the chance and the length that their weights give them. `undefined` until a quarter of the
 * working time is gone and 20 events are there, or when no past day had working time.
 */
export function project(input: ProjectionInput): Projection | undefined {
  const { booked, remaining, target = null, better = 'higher', runs = RUNS } = input;
  if (input.gone < GONE_MIN || input.events < EVENTS_MIN) return undefined;
  const draw = drawFrom(input.increments, randomOf(input.seed));
  if (!draw || runs < 1) return undefined;
  const paths: number[][] = [];
  const ends = new Float64Array(runs);
  for (let run = 0; run < runs; run += 1) {
    let value = booked;
    const path = remaining.map((weight) => (value += weight === 0 ? 0 : draw() * weight));
    ends[run] = value;
    if (run < SAMPLE_PATHS) paths.push(path);
  }
  ends.sort();
  const reached = (end: number): boolean =>
    target !== null && (better === 'higher' ? end >= target : end <= target);
  return {
    runs,
    p10: percentile(ends, 0.1),
    p25: percentile(ends, 0.25),
    p50: percentile(ends, 0.5),
    p75: percentile(ends, 0.75),
    p90: percentile(ends, 0.9),
    reach: target === null ? null : ends.filter(reached).length / runs,
    paths,
  };
}

/**
 * Draws what a past day added per unit of weight. A day's chance is its weight, so that short days
 * do not count as much as long ones and the average rate is the true one.
 */
function drawFrom(days: readonly DayTotal[], random: () => number): (() => number) | undefined {
  const rates: number[] = [];
  const upTo: number[] = [];
  let all = 0;
  for (const { total, weight } of days) {
    if (weight <= 0) continue;
    all += weight;
    rates.push(total / weight);
    upTo.push(all);
  }
  if (rates.length === 0) return undefined;
  return () => {
    const point = random() * all;
    let low = 0;
    let high = rates.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (upTo[middle]! > point) high = middle;
      else low = middle + 1;
    }
    return rates[low]!;
  };
}

/** Between the two nearest of the values in order. */
function percentile(ordered: Float64Array, share: number): number {
  const place = (ordered.length - 1) * share;
  const below = ordered[Math.floor(place)]!;
  const above = ordered[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}
