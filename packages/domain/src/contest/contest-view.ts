import type { EntrantId } from './definition.ts';
import type { ContestHead, ContestLine } from './standing.ts';
import type { ContestResult } from './state.ts';

/** A contest to look at: as it stands now, or as it came out. */
export interface ContestView {
  /** How many take part. */
  readonly count: number;
  head(): ContestHead;
  /** The lines at the places `[from, to)`, counted from 0, best first. */
  lines(from: number, to: number): readonly ContestLine[];
  /** Where an entrant stands, counted from 0; `undefined` when it does not take part. */
  placeOf(entrant: EntrantId): number | undefined;
}

/**
 * A contest as it came out: what is learned afterwards moves nobody until a manager decides it.
 * There is nothing to be missing any more, so that nobody has a gap. `head` is how it stands by
 * what is known now, for what a result does not say.
 */
export function decidedView(result: ContestResult, head: ContestHead): ContestView {
  const lines = result.lines.map((line): ContestLine => ({
    ...line,
    score: BigInt(line.score),
    raw: BigInt(line.raw),
    reachedAt: 0,
    gap: null,
  }));
  const counted = JSON.stringify(head.totalUnit) === JSON.stringify(head.counted);
  const total = counted ? lines.reduce((sum, line) => sum + line.raw, 0n) : head.total;
  const places = new Map(lines.map(({ entrant }, place) => [entrant, place]));
  return {
    count: lines.length,
    head: () => ({ ...head, unit: result.unit, total }),
    lines: (from, to) => lines.slice(from, to),
    placeOf: (entrant) => places.get(entrant),
  };
}
