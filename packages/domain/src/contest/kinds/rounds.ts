import { countOf } from '../counting.ts';
import { orderOf, plainScore, type RoundScore, type Score } from '../kind.ts';
import { isOut, type Play, type Player } from '../play.ts';
import { compareRatios, roundRatio } from '../ratio.ts';
import { inside, roundsIn } from '../spans.ts';
import type { ContestLine, RoundWindow } from '../standing.ts';
import type { EntrantId } from '../definition.ts';

/** What kinds that go by rounds have in common. */

const windows = new WeakMap<Play, readonly RoundWindow[]>();

/** The rounds of a contest; worked out once. */
export function roundsOf(play: Play, count: number): readonly RoundWindow[] {
  const known = windows.get(play);
  if (known) return known;
  const rounds = roundsIn(play.contest, count, play.reader.calendar);
  windows.set(play, rounds);
  return rounds;
}

/** Whether nothing more can happen in a round, but for what arrives late. */
export const isOver = (play: Play, round: RoundWindow): boolean => play.reader.clock >= round.to;

/** The number of rounds that are over. */
export const roundsOver = (play: Play, rounds: readonly RoundWindow[]): number =>
  rounds.filter((round) => isOver(play, round)).length;

/** What somebody has in each round, and `raw` in all of them. */
export function scoreInRounds(play: Play, player: Player, rounds: readonly RoundWindow[]): Score {
  const each = rounds.map((round): RoundScore => {
    const { value, reachedAt } = countOf(play, player, { spans: inside(play.spans, round) });
    const score = value === null ? 0n : roundRatio(value);
    return { order: orderOf(play, value), score, reachedAt };
  });
  return plainScore(play, player, countOf(play, player, { capped: false }), { rounds: each });
}

/** Below zero when `a` did better in a round; who got there first, where both did as well. */
export function byRound(a: Score, b: Score, round: number): number {
  const [out, other] = [isOut(a.player), isOut(b.player)];
  if (out !== other) return out ? 1 : -1;
  const [left, right] = [a.rounds?.[round - 1], b.rounds?.[round - 1]];
  if (!left || !right) return 0;
  if (left.order === null || right.order === null) {
    return left.order === right.order ? 0 : left.order === null ? 1 : -1;
  }
  const better = compareRatios(right.order, left.order);
  if (better !== 0 || left.order.n === 0n) return better;
  return left.reachedAt - right.reachedAt;
}

/**
 * Lines with places that were earned in rounds. Who may have no place leaves it empty: nobody wins
 * because somebody else has nothing.
 */
export function linesInOrder(
  lines: readonly ContestLine[],
  scores: readonly Score[],
): ContestLine[] {
  const may = new Map(scores.map(({ player, placed }) => [player.id, placed]));
  const placed = lines.filter(({ entrant }) => may.get(entrant));
  const rest = lines
    .filter(({ entrant }) => !may.get(entrant))
    .map((line) => ({ ...line, rank: null, tied: false }))
    .sort((a, b) => (a.entrant < b.entrant ? -1 : 1));
  return [...placed, ...rest];
}

export const scoresById = (scores: readonly Score[]): ReadonlyMap<EntrantId, Score> =>
  new Map(scores.map((one) => [one.player.id, one]));
