import { max, min } from 'd3-array';
import { scaleBand, scaleLinear, scalePoint } from 'd3-scale';
import { line, stack, stackOffsetDiverging } from 'd3-shape';

/** One place along the bottom of a chart; `null` where there is nothing. */
export type Value = number | null;

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export interface Axis {
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly y: (value: number) => number;
}

const TICKS = 4;

/** A value axis that holds all of them, and zero. */
export function valueAxis(values: readonly Value[], frame: Frame): Axis {
  const given = values.filter((value) => value !== null);
  const low = Math.min(0, min(given) ?? 0);
  const high = Math.max(0, max(given) ?? 0);
  const domain = low === high ? [0, 1] : [low, high];
  const y = scaleLinear()
    .domain(domain)
    .nice(TICKS)
    .range([frame.height - frame.bottom, frame.top]);
  return { ticks: y.ticks(TICKS).map((value) => ({ value, y: y(value) })), y };
}

export interface Places {
  /** The middle of each place. */
  readonly x: readonly number[];
  /** How wide a bar is. */
  readonly width: number;
}

const BAR_MAX = 48;

/** Where bars stand, from the left: time runs that way in both scripts. */
export function barPlaces(count: number, frame: Frame): Places {
  const band = scaleBand<number>()
    .domain([...Array(count).keys()])
    .range([frame.left, frame.width - frame.right])
    .padding(0.25);
  const width = Math.min(BAR_MAX, band.bandwidth());
  return { x: band.domain().map((one) => band(one)! + band.bandwidth() / 2), width };
}

/** Where the points of a line stand, the first and the last at the edges. */
export function pointPlaces(count: number, frame: Frame): Places {
  const points = scalePoint<number>()
    .domain([...Array(count).keys()])
    .range([frame.left, frame.width - frame.right]);
  const x = points.domain().map((one) => points(one)!);
  return { x, width: points.step() };
}

/** The path of a line; it is broken where there is no value. */
export function linePath(values: readonly Value[], x: readonly number[], axis: Axis): string {
  const shape = line<Value>()
    .defined((value) => value !== null)
    .x((_, index) => x[index] ?? 0)
    .y((value) => axis.y(value ?? 0));
  return shape([...values]) ?? '';
}

/** Points that stand alone, so that a line through them cannot be seen. */
export function lonePoints(values: readonly Value[]): number[] {
  const given = (index: number) => values[index] !== null && values[index] !== undefined;
  return values.flatMap((value, index) =>
    value !== null && !given(index - 1) && !given(index + 1) ? [index] : [],
  );
}

export interface Slice {
  readonly key: string;
  readonly bars: readonly { readonly from: number; readonly to: number }[];
}

/** Parts on top of each other, what is below zero downwards. */
export function stacked(parts: readonly { key: string; values: readonly Value[] }[]): Slice[] {
  const length = parts[0]?.values.length ?? 0;
  const rows = [...Array(length).keys()];
  const byKey = new Map(parts.map((part) => [part.key, part.values]));
  const layers = stack<number, string>()
    .keys(parts.map(({ key }) => key))
    .value((row, key) => byKey.get(key)?.[row] ?? 0)
    .offset(stackOffsetDiverging)(
    // The series is computed from the places alone.
    rows as unknown as Iterable<number>,
  );
  return layers.map((layer) => ({
    key: layer.key,
    bars: layer.map(([from, to]) => ({ from, to })),
  }));
}

/** Which labels fit beside each other; the last one always does. */
export function labelled(count: number, width: number, each: number): Set<number> {
  const fits = Math.max(1, Math.floor(width / Math.max(1, each)));
  const every = Math.max(1, Math.ceil(count / fits));
  const shown = new Set<number>();
  for (let index = count - 1; index >= 0; index -= every) shown.add(index);
  return shown;
}

/** The place that is nearest to a pointer; -1 without any. */
export function nearest(x: number, places: readonly number[]): number {
  let best = -1;
  for (let index = 0; index < places.length; index++) {
    if (best < 0 || Math.abs(places[index]! - x) < Math.abs(places[best]! - x)) best = index;
  }
  return best;
}

/** Decimal texts as the floats that a picture is drawn with. */
export const drawn = (values: readonly (string | null)[]): Value[] =>
  values.map((value) => (value === null ? null : Number(value)));
