import type { Scaled } from '../types.ts';
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
  const level = placed.map((score, index) => index > 0 && same(placed[index - 1]!, score));
  let rank = 0;
  let above: Score | undefined;
  const lines = placed.map((score, index) => {
    if (!level[index]) [rank, above] = [index + 1, placed[index - 1]];
    const tied = level[index]! || level[index + 1] === true;
    return lineAgain(score, { rank, tied, gap: gapTo(above, score) });
  });
  const last = placed.at(-1);
  const others = rest.map((score) =>
    lineAgain(score, { rank: null, tied: false, gap: gapTo(last, score) }),
  );
  return [...lines, ...others];
}

interface Place {
  readonly rank: number | null;
  readonly tied: boolean;
  readonly gap: Scaled | null;
}

/** Lines of scores that were not worked out again, so that they are the very same objects. */
const made = new WeakMap<Score, ContestLine>();

function lineAgain(score: Score, place: Place): ContestLine {
  const was = made.get(score);
  const gap = score.gap === undefined ? place.gap : score.gap;
  if (was && was.rank === place.rank && was.tied === place.tied && was.gap === gap) return was;
  const line = lineOf(score, place);
  made.set(score, line);
  return line;
}

export function lineOf(score: Score, { rank, tied, gap }: Place, more?: object): ContestLine {
  const line = {
    entrant: score.player.id,
    rank,
    tied,
    score: score.score,
    raw: score.raw,
    reachedAt: score.reachedAt,
    gap: score.gap === undefined ? gap : score.gap,
    reached: score.reached,
  };
  const { marks } = score;
  if (more === undefined) return marks === undefined ? line : { ...line, marks };
  return { ...line, ...more };
}

/** What is missing, rounded up: with so much more one is at least level. */
export function gapTo(above: Score | undefined, own: Score): Scaled | null {
  if (!above?.order || !own.order) return null;
  const [ahead, now] = [above.order, own.order];
  return ahead.d === 1n && now.d === 1n ? ahead.n - now.n : ceilRatio(minusRatio(ahead, now));
}

/** What orders equal scores; what is still equal shares a rank. */
const byTime = (a: Score, b: Score, ties: ContestTies): number =>
  (ties === 'sudden_death' ? a.again - b.again : 0) || a.reachedAt - b.reachedAt;

export const byId = (a: Score, b: Score): number => (a.player.id < b.player.id ? -1 : 1);

function byOrder(a: Score, b: Score): number {
  // Whole numbers that differ when they are rounded differ the same way.
  if (a.near < b.near) return 1;
  if (a.near > b.near) return -1;
  return a.order === null || b.order === null ? 0 : compareRatios(b.order, a.order);
}

export function bestFirst(ties: ContestTies): (a: Score, b: Score) => number {
  return (a, b) => byOrder(a, b) || byTime(a, b, ties) || byId(a, b);
}

function sameRank(ties: ContestTies): (a: Score, b: Score) => boolean {
  const timed = ties === 'earliest' || ties === 'sudden_death';
  return (a, b) => byOrder(a, b) === 0 && (!timed || byTime(a, b, ties) === 0);
}
