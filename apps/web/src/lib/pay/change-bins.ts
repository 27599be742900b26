import { max, tickStep } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import type { Frame } from '../chart/chart-maths.ts';

/** How many people's pay changes by so much: above `from` to `to`, both zero for no change. */
export interface ChangeBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly side: 'worse' | 'same' | 'better';
}

const BINS_A_SIDE = 6;

/** Changes by their size in steps of one width; those who keep their pay have their own bin. */
export function changeBins(changes: readonly string[]): readonly ChangeBin[] {
  const values = changes.map(Number);
  const most = max(values, Math.abs) ?? 0;
  if (values.length === 0) return [];
  const step = most === 0 ? 1 : tickStep(0, most, BINS_A_SIDE);
  const placeOf = (value: number) => Math.sign(value) * Math.ceil(Math.abs(value) / step);
  const places = values.map(placeOf);
  const [low, high] = [Math.min(0, ...places), Math.max(0, ...places)];
  return Array.from({ length: high - low + 1 }, (_, index): ChangeBin => {
    const place = low + index;
    const side = place < 0 ? 'worse' : place > 0 ? 'better' : 'same';
    // Adding zero makes a zero without a sign of what was a minus zero.
    const inner = (Math.abs(place) - 1) * Math.sign(place) * step + 0;
    const outer = place * step;
    return {
      from: place === 0 ? 0 : Math.min(inner, outer),
      to: place === 0 ? 0 : Math.max(inner, outer),
      count: places.filter((one) => one === place).length,
      side,
    };
  });
}

export interface DrawnBin extends ChangeBin {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
}

/** Bars side by side, from the greatest loss to the greatest gain. */
export function drawnBins(bins: readonly ChangeBin[], frame: Frame): readonly DrawnBin[] {
  const band = scaleBand<number>()
    .domain([...bins.keys()])
    .range([frame.left, frame.width - frame.right])
    .padding(0.12);
  const floor = frame.height - frame.bottom;
  const y = scaleLinear([0, max(bins, ({ count }) => count) || 1], [floor, frame.top]);
  return bins.map((bin, index) => ({
    ...bin,
    x: band(index)!,
    width: band.bandwidth(),
    y: y(bin.count),
    height: floor - y(bin.count),
  }));
}
