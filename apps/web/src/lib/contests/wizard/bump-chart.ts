import { scaleLinear } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';

/** Somebody's places, step by step. */
export interface Course {
  readonly id: string;
  readonly ranks: readonly number[];
}

export interface BumpLine {
  readonly id: string;
  readonly path: string;
  /** Height at the start and at the end. */
  readonly start: number;
  readonly end: number;
}

export interface BumpChart {
  readonly lines: readonly BumpLine[];
  /** Where half-time is. */
  readonly half: number;
  /** Heights of the places, the first on top. */
  readonly places: readonly number[];
}

/** Places over time; who falls below the last place shown runs along the bottom. */
export function bumpChart(
  courses: readonly Course[],
  { width, height }: { readonly width: number; readonly height: number },
): BumpChart {
  const steps = Math.max(2, ...courses.map(({ ranks }) => ranks.length));
  const x = scaleLinear([0, steps - 1], [0, width]);
  const y = scaleLinear([1, Math.max(2, courses.length)], [0, height]).clamp(true);
  const path = line<number>(
    (_, step) => x(step),
    (rank) => y(rank),
  ).curve(curveMonotoneX);
  return {
    lines: courses.map(({ id, ranks }) => ({
      id,
      path: path(ranks) ?? '',
      start: y(ranks[0] ?? 1),
      end: y(ranks.at(-1) ?? 1),
    })),
    half: width / 2,
    places: courses.map((_, place) => y(place + 1)),
  };
}
