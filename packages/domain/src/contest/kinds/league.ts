import type { ContestRules, EntrantId } from '../definition.ts';
import type { ContestKind, Score } from '../kind.ts';
import type { Play } from '../play.ts';
import { lineOf, ranked } from '../ranking.ts';
import { ceilRatio, minusRatio } from '../ratio.ts';
import type { Scaled } from '../../types.ts';
import {
  byRound,
  linesInOrder,
  roundsOf,
  roundsOver,
  scoreInRounds,
  scoresById,
} from './rounds.ts';
import { seedsOf } from './seeding.ts';

type Rules = Extract<ContestRules, { kind: 'league' }>;
type Divisions = readonly (readonly EntrantId[])[];

/**
 * Divisions play rounds; after each but the last the best of one change places with the last of
 * the one above. Level is who got there first, then who stood better before the round.
 */
export const league: ContestKind<Rules> = {
  score: (play, player) => scoreInRounds(play, player, roundsOf(play, play.rules.rounds)),
  turns: (play) => roundsOf(play, play.rules.rounds).map((round) => round.to),
  finish(play, scores) {
    const rounds = roundsOf(play, play.rules.rounds);
    const { order, draw } = seedsOf(play);
    if (order === null) {
      const waiting = scores.map((one) => ({ ...one, placed: false }));
      return { lines: ranked(waiting, 'shared'), rounds };
    }
    const byId = scoresById(scores);
    const played = playedOn(play, order, byId);
    const drawn = draw === undefined ? {} : { draw };
    return { lines: linesInOrder(linesOf(played, byId), scores), rounds, ...drawn };
  },
};

/** About equal, the upper ones larger where it does not come out even. */
export function divide(order: readonly EntrantId[], divisions: number): EntrantId[][] {
  const count = Math.max(1, Math.min(divisions, order.length));
  const edge = (division: number): number => {
    const more = Math.min(division, order.length % count);
    return division * Math.floor(order.length / count) + more;
  };
  return Array.from({ length: count }, (_, index) => order.slice(edge(index), edge(index + 1)));
}

interface Played {
  readonly divisions: Divisions;
  /** The round that is played, or the last. */
  readonly round: number;
}

function playedOn(
  play: Play<Rules>,
  order: readonly EntrantId[],
  scores: ReadonlyMap<EntrantId, Score>,
): Played {
  const { rules } = play;
  const over = roundsOver(play, roundsOf(play, rules.rounds));
  const last = Math.min(rules.rounds, over + 1);
  let divisions: Divisions = divide(order, rules.divisions);
  for (let round = 1; ; round += 1) {
    const placed = divisions.map((members) =>
      [...members].sort((a, b) => byRound(scores.get(a)!, scores.get(b)!, round)),
    );
    if (round === last) return { divisions: placed, round };
    divisions = moved(placed, rules.move);
  }
}

/** The last of each division and the first of the one below it change places. */
export function moved(divisions: Divisions, move: number): EntrantId[][] {
  const moving = (upper: number): number => {
    const sizes = [divisions[upper], divisions[upper + 1]].map((one) => one?.length ?? 0);
    return Math.min(move, ...sizes.map((size) => Math.floor(size / 2)));
  };
  return divisions.map((members, index) => {
    const [up, down] = [index === 0 ? 0 : moving(index - 1), moving(index)];
    const fallen = index === 0 ? [] : tail(divisions[index - 1]!, up);
    const risen = (divisions[index + 1] ?? []).slice(0, down);
    return [...fallen, ...members.slice(up, members.length - down), ...risen];
  });
}

const tail = <T>(all: readonly T[], count: number): T[] => all.slice(all.length - count);

function linesOf({ divisions, round }: Played, scores: ReadonlyMap<EntrantId, Score>) {
  let place = 0;
  return divisions.flatMap((members, index) =>
    members.map((id, own) => {
      const score = scores.get(id)!;
      place += 1;
      const gap = gapIn(scores.get(members[own - 1] ?? ''), score, round);
      const line = lineOf(score, { rank: place, tied: false, gap }, { division: index + 1 });
      const now = score.rounds?.[round - 1];
      return { ...line, score: now?.score ?? 0n, reachedAt: now?.reachedAt ?? 0 };
    }),
  );
}

/** To the next better place of the own division in this round. */
export function gapIn(above: Score | undefined, own: Score, round: number): Scaled | null {
  const [ahead, now] = [above?.rounds?.[round - 1]?.order, own.rounds?.[round - 1]?.order];
  return ahead && now ? ceilRatio(minusRatio(ahead, now)) : null;
}
