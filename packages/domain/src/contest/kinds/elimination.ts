import type { ContestRules, EntrantId } from '../definition.ts';
import type { ContestKind, Score } from '../kind.ts';
import { isOut, type Play } from '../play.ts';
import { lineOf } from '../ranking.ts';
import { compareRatios, plusRatio, wholeRatio, type Ratio } from '../ratio.ts';
import { gapIn } from './league.ts';
import { byRound, linesInOrder, roundsOf, roundsOver, scoreInRounds } from './rounds.ts';

type Rules = Extract<ContestRules, { kind: 'elimination' }>;

/**
 * After each round the last ones of it are out, until only so many are left. Level is who got
 * there first, then who has more in all rounds so far, then the order of ids.
 */
export const elimination: ContestKind<Rules> = {
  score: (play, player) => scoreInRounds(play, player, roundsOf(play, play.rules.rounds)),
  turns: (play) => roundsOf(play, play.rules.rounds).map((round) => round.to),
  finish(play, scores) {
    const rounds = roundsOf(play, play.rules.rounds);
    const over = roundsOver(play, rounds);
    const now = Math.min(play.rules.rounds, over + 1);
    const { left, gone } = cut(play, scores, over);
    const standing = [...left].sort(inRound(now));
    const lines = [...standing, ...gone.map(({ score }) => score)].map((score, index, all) => {
      const out = gone[index - standing.length]?.round;
      const round = out ?? now;
      const gap = out === undefined ? gapIn(all[index - 1], score, now) : null;
      const place = { rank: index + 1, tied: false, gap };
      const line = lineOf(score, place, out === undefined ? {} : { outIn: out });
      const then = score.rounds?.[round - 1];
      return { ...line, score: then?.score ?? 0n, reachedAt: then?.reachedAt ?? 0 };
    });
    return { lines: linesInOrder(lines, scores), rounds };
  },
};

interface Gone {
  readonly score: Score;
  readonly round: number;
}

/** Who is left after the rounds that are over, and who is not, the last to go first. */
function cut(
  { rules }: Play<Rules>,
  scores: readonly Score[],
  over: number,
): { left: readonly Score[]; gone: readonly Gone[] } {
  let left: readonly Score[] = scores.filter(({ player }) => !isOut(player));
  const gone: Gone[] = scores
    .filter(({ player }) => isOut(player))
    .map((score) => ({ score, round: 1 }));
  for (let round = 1; round <= over; round += 1) {
    const out = Math.max(0, Math.min(rules.out, left.length - rules.left));
    const ordered = [...left].sort(inRound(round));
    left = ordered.slice(0, ordered.length - out);
    gone.unshift(...ordered.slice(ordered.length - out).map((score) => ({ score, round })));
  }
  return { left, gone };
}

function inRound(round: number): (a: Score, b: Score) => number {
  return (a, b) =>
    byRound(a, b, round) ||
    compareRatios(upTo(b, round), upTo(a, round)) ||
    compareIds(a.player.id, b.player.id);
}

/** All rounds up to one: what comes later brings nobody back. */
const upTo = ({ rounds = [] }: Score, round: number): Ratio =>
  rounds
    .slice(0, round)
    .reduce((sum, { order }) => (order ? plusRatio(sum, order) : sum), wholeRatio(0n));

const compareIds = (a: EntrantId, b: EntrantId): number => (a < b ? -1 : 1);
