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
  const placed: Score[] = [];
  const rest: Score[] = [];
  for (const score of scores) (score.placed ? placed : rest).push(score);
  placed.sort(bestFirst(ties));
  rest.sort(byId);
  const lines = placedLines(placed, { place: 0, rank: 0 }, ties);
  return [...lines, ...unplacedLines(rest, placed.at(-1))];
}

/** Where a run of placed scores begins, and what is around it. */
export interface RunStart {
  /** The place of its first, counted from 0. */
  readonly place: number;
  /** The one before it, with its rank and who is above that rank; nobody at the top. */
  readonly before?: Score | undefined;
  readonly rank: number;
  readonly above?: Score | undefined;
  /** Who follows after its last. */
  readonly next?: Score | undefined;
}

/** The lines of some placed scores that follow each other, best first. */
export function placedLines(
  run: readonly Score[],
  { place, before, rank, above, next }: RunStart,
  ties: ContestTies,
): ContestLine[] {
  const same = (a: Score | undefined, b: Score | undefined) =>
    a !== undefined && b !== undefined && byRank(ties)(a, b) === 0;
  let level = same(before, run[0]);
  return run.map((score, index) => {
    if (!level) [rank, above] = [place + index + 1, index === 0 ? before : run[index - 1]];
    const followed = same(score, index + 1 < run.length ? run[index + 1] : next);
    const line = lineAgain(score, above, rank, level || followed);
    level = followed;
    return line;
  });
}

/** The lines of those without a place; `last` is the last one who has one. */
export function unplacedLines(rest: readonly Score[], last: Score | undefined): ContestLine[] {
  return rest.map((score) => lineAgain(score, last, null, false));
}

interface Place {
  readonly rank: number | null;
  readonly tied: boolean;
  readonly gap: Scaled | null;
}

/** The last line of a score, and who was above it then. */
const made = new WeakMap<Score, { readonly line: ContestLine; readonly above?: Score }>();

/** A score that was not worked out again keeps its line, the very same object, if it can. */
function lineAgain(
  score: Score,
  above: Score | undefined,
  rank: number | null,
  tied: boolean,
): ContestLine {
  const was = made.get(score);
  const same = was !== undefined && was.line.rank === rank && was.line.tied === tied;
  if (same && was.above === above) return was.line;
  const line = lineOf(score, { rank, tied, gap: gapTo(above, score) });
  const kept = same && was.line.gap === line.gap ? was.line : line;
  made.set(score, above === undefined ? { line: kept } : { line: kept, above });
  return kept;
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

export function byId({ player: a }: Score, { player: b }: Score): number {
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

function byOrder(a: Score, b: Score): number {
  // Whole numbers that differ when they are rounded differ the same way.
  if (a.near < b.near) return 1;
  if (a.near > b.near) return -1;
  return a.order === null || b.order === null ? 0 : compareRatios(b.order, a.order);
}

/** In the order of a standing: no two compare as equal. */
export function bestFirst(ties: ContestTies): (a: Score, b: Score) => number {
  return (a, b) => byOrder(a, b) || byTime(a, b, ties) || byId(a, b);
}

/** The same, but those who share a rank are equal. */
export function byRank(ties: ContestTies): (a: Score, b: Score) => number {
  const timed = ties === 'earliest' || ties === 'sudden_death';
  return (a, b) => byOrder(a, b) || (timed ? byTime(a, b, ties) : 0);
}
