import type { PayPosition } from '@ovation/protocol';
import { decimalOf } from './pay-text.ts';

/** A tier as it is drawn. */
export interface Rung {
  readonly from: string;
  /** Where the next one begins; `null`: the last one. */
  readonly to: string | null;
  readonly rate: string;
  readonly state: 'past' | 'now' | 'next' | 'later';
  /** How wide it is beside the others; the narrowest can still be read. */
  readonly grow: number;
  /** How much of it is reached, 0 to 1. */
  readonly filled: number;
}

/** A tier is at least so much of the widest one. */
const NARROWEST = 0.16;
/** What is beyond the last edge is drawn as wide as the tier before it, or as far as one is. */
const BEYOND = 1.15;

/** The tiers of a position from the lowest, with where somebody stands on them. */
export function ladderOf({ bands, value }: Pick<PayPosition, 'bands' | 'value'>): Rung[] {
  const drawn = (text: string) => Number(decimalOf(text));
  const at = drawn(value);
  const edges = bands.map(({ from }) => drawn(from));
  const now = edges.findLastIndex((edge) => edge <= at);
  const sizes = edges.map((edge, index) => {
    const next = edges[index + 1];
    if (next !== undefined) return next - edge;
    return Math.max(edge - (edges[index - 1] ?? 0), (at - edge) * BEYOND, 0);
  });
  const widest = Math.max(...sizes, 0);
  return bands.map(({ from, rate }, index) => {
    const size = sizes[index]!;
    const filled = index < now ? 1 : index > now || size <= 0 ? 0 : (at - edges[index]!) / size;
    return {
      ...{ from, rate, to: bands[index + 1]?.from ?? null },
      state: index < now ? 'past' : index === now ? 'now' : index === now + 1 ? 'next' : 'later',
      grow: widest <= 0 ? 1 : Math.max(size / widest, NARROWEST),
      filled: Math.min(1, Math.max(0, filled)),
    };
  });
}
