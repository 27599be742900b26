import { max, min } from 'd3-array';
import { scaleLinear } from 'd3-scale';

/** A bar in percent of the track, from where the line begins. */
export interface WaterfallBar {
  readonly start: number;
  readonly width: number;
  /** Where the next one begins. */
  readonly end: number;
  /** It takes away. */
  readonly back: boolean;
}

export interface WaterfallShape {
  readonly bars: readonly WaterfallBar[];
  /** From nothing to what all of them come to. */
  readonly total: WaterfallBar;
  /** Where nothing is, when something lies below it. */
  readonly zero: number;
}

/** Places of steps that begin where the last one ended; decimal texts, drawn as floats. */
export function waterfall(amounts: readonly string[]): WaterfallShape {
  const ends = amounts
    .map(Number)
    .reduce<number[]>((all, amount) => [...all, (all.at(-1) ?? 0) + amount], [0]);
  const [low, high] = [min(ends) ?? 0, max(ends) ?? 0];
  const x = scaleLinear()
    .domain(low === high ? [0, 1] : [low, high])
    .range([0, 100]);
  const bar = (from: number, to: number): WaterfallBar => ({
    start: x(Math.min(from, to)),
    width: x(Math.max(from, to)) - x(Math.min(from, to)),
    end: x(to),
    back: to < from,
  });
  return {
    bars: ends.slice(1).map((to, index) => bar(ends[index]!, to)),
    total: bar(0, ends.at(-1)!),
    zero: x(0),
  };
}
