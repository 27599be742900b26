import type { Instant, Scaled } from '../types.ts';
import type { ContestTies } from './definition.ts';
import type { Score } from './kind.ts';
import { ceilRatio, compareRatios, minusRatio } from './ratio.ts';
import type { ContestLine } from './standing.ts';

/**
 * Competition ranking (1, 2, 2, 4) of those who may have a place; the others follow in order of id.
 * Equal scores share a rank unless the ties go by time, and then only what is equal in time too.
 */
export function ranked(scores: readonly Score[], ties: ContestTies): ContestLine[] {
  const placed = scores.filter((one) => one.placed).sort(bestFirst(ties));
  const rest = scores.filter((one) => !one.placed).sort(byId);
  const same = sameRank(ties);
  let rank = 0;
  let above: Score | undefined;
  const lines = placed.map((score, index) => {
    const [before, after] = [placed[index - 1], placed[index + 1]];
    const tiedUp = before !== undefined && same(before, score);
    if (!tiedUp) [rank, above] = [index + 1, before];
    const tied = tiedUp || (after !== undefined && same(score, after));
    return lineOf(score, { rank, tied, gap: gapTo(above, score) });
  });
  const last = placed.at(-1);
  const others = rest.map((score) =>
    lineOf(score, { rank: null, tied: false, gap: gapTo(last, score) }),
  );
  return [...lines, ...others];
}

interface Place {
  readonly rank: number | null;
  readonly tied: boolean;
  readonly gap: Scaled | null;
}

export function lineOf(score: Score, { rank, tied, gap }: Place, more: object = {}): ContestLine {
  return {
    entrant: score.player.id,
    rank,
    tied,
    score: score.score,
    raw: score.raw,
    reachedAt: score.reachedAt,
    gap: score.gap === undefined ? gap : score.gap,
    reached: score.reached,
    ...(score.marks === undefined ? {} : { marks: score.marks }),
    ...more,
  };
}

/** What is missing, rounded up: with so much more one is at least level. */
export function gapTo(above: Score | undefined, own: Score): Scaled | null {
  if (!above?.order || !own.order) return null;
  return ceilRatio(minusRatio(above.order, own.order));
}

/** What orders equal scores, and what is still equal shares a rank. */
const timesOf = (one: Score, ties: ContestTies): readonly [Instant, Instant] =>
  ties === 'sudden_death' ? [one.again, one.reachedAt] : [one.reachedAt, 0];

const byTime = (a: Score, b: Score, ties: ContestTies): number => {
  const [[a1, a2], [b1, b2]] = [timesOf(a, ties), timesOf(b, ties)];
  return a1 - b1 || a2 - b2;
};

export const byId = (a: Score, b: Score): number => (a.player.id < b.player.id ? -1 : 1);

const byOrder = (a: Score, b: Score): number =>
  a.order === null || b.order === null ? 0 : compareRatios(b.order, a.order);

export function bestFirst(ties: ContestTies): (a: Score, b: Score) => number {
  return (a, b) => byOrder(a, b) || byTime(a, b, ties) || byId(a, b);
}

function sameRank(ties: ContestTies): (a: Score, b: Score) => boolean {
  const timed = ties === 'earliest' || ties === 'sudden_death';
  return (a, b) => byOrder(a, b) === 0 && (!timed || byTime(a, b, ties) === 0);
}
