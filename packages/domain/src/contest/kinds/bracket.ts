import type { ContestRules, EntrantId } from '../definition.ts';
import type { ContestKind, Score } from '../kind.ts';
import { isOut, type Play } from '../play.ts';
import { gapTo, lineOf, ranked } from '../ranking.ts';
import type { BracketMatch, ContestLine, RoundWindow } from '../standing.ts';
import {
  byRound,
  isOver,
  linesInOrder,
  roundsOf,
  roundsOver,
  scoreInRounds,
  scoresById,
} from './rounds.ts';
import { seedsOf } from './seeding.ts';

type Rules = Extract<ContestRules, { kind: 'bracket' }>;

/**
 * Knock-out: in each round the better of two goes on; level, who got there first, then the better
 * seed. Free places fall to the best seeds, and who left loses.
 */
export const bracket: ContestKind<Rules> = {
  score: (play, player) => scoreInRounds(play, player, roundsOf(play, roundsFor(play))),
  turns: (play) => roundsOf(play, roundsFor(play)).map((round) => round.to),
  finish(play, scores) {
    const rounds = roundsOf(play, roundsFor(play));
    const { order, draw } = seedsOf(play);
    const drawn = draw === undefined ? {} : { draw };
    if (order === null) {
      const waiting = scores.map((one) => ({ ...one, placed: false }));
      return { lines: ranked(waiting, 'shared'), rounds, bracket: [] };
    }
    const knocked = playOff(play, order, scoresById(scores), rounds);
    const lines = linesOf(scores, knocked, rounds.length, roundsOver(play, rounds));
    return { lines, rounds, bracket: knocked.matches, ...drawn };
  },
};

/** Rounds until one of so many is left. */
export const roundsFor = ({ players }: Pick<Play, 'players'>): number =>
  Math.ceil(Math.log2(Math.max(1, players.length)));

/** Seeds in the order of their places, so that the best two meet last: 1 8 4 5 2 7 3 6. */
export function seedPlaces(size: number): number[] {
  let places = [1];
  while (places.length < size) {
    const both = places.length * 2 + 1;
    places = places.flatMap((seed) => [seed, both - seed]);
  }
  return places;
}

interface PlayedOff {
  readonly matches: readonly BracketMatch[];
  /** In which round somebody lost. */
  readonly lost: ReadonlyMap<EntrantId, number>;
  readonly third: BracketMatch | undefined;
}

/** Somebody; nobody (a free place); or not known yet. */
type Slot = EntrantId | null | undefined;

function playOff(
  play: Play<Rules>,
  order: readonly EntrantId[],
  scores: ReadonlyMap<EntrantId, Score>,
  rounds: readonly RoundWindow[],
): PlayedOff {
  const seeds = new Map(order.map((id, index) => [id, index]));
  const meet = (home: Slot, away: Slot, round: RoundWindow): Slot =>
    winnerOf(home, away, { round, scores, seeds, over: isOver(play, round) });
  const matches: BracketMatch[] = [];
  const lost = new Map<EntrantId, number>();
  let third: BracketMatch | undefined;
  let slots: Slot[] = seedPlaces(2 ** rounds.length).map((seed) => order[seed - 1] ?? null);
  for (const round of rounds) {
    const losers: Slot[] = [];
    const next: Slot[] = [];
    for (let place = 0; place < slots.length / 2; place += 1) {
      const [home, away] = [slots[2 * place], slots[2 * place + 1]];
      const winner = meet(home, away, round);
      const loser = winner === undefined ? undefined : winner === home ? away : home;
      if (loser) lost.set(loser, round.round);
      losers.push(loser);
      next.push(winner);
      matches.push(matchOf(scores, { round: round.round, place: place + 1, home, away, winner }));
    }
    const last = rounds[round.round];
    if (play.rules.thirdPlace && losers.length === 2 && last) {
      const [home, away] = losers;
      const pair = { round: last.round, place: 1, home, away, winner: meet(home, away, last) };
      third = { ...matchOf(scores, pair), thirdPlace: true };
    }
    slots = next;
  }
  return { matches: third ? [...matches, third] : matches, lost, third };
}

function winnerOf(
  home: Slot,
  away: Slot,
  how: {
    readonly round: RoundWindow;
    readonly scores: ReadonlyMap<EntrantId, Score>;
    readonly seeds: ReadonlyMap<EntrantId, number>;
    readonly over: boolean;
  },
): Slot {
  if (home === undefined || away === undefined) return undefined;
  if (home === null || away === null) return home ?? away;
  const [one, other] = [how.scores.get(home)!, how.scores.get(away)!];
  if (!how.over && isOut(one.player) === isOut(other.player)) return undefined;
  const better =
    byRound(one, other, how.round.round) || how.seeds.get(home)! - how.seeds.get(away)!;
  return better < 0 ? home : away;
}

function matchOf(
  scores: ReadonlyMap<EntrantId, Score>,
  match: { round: number; place: number; home: Slot; away: Slot; winner: Slot },
): BracketMatch {
  const { round, place, home, away, winner } = match;
  const scoreOf = (id: Slot) => (id ? (scores.get(id)?.rounds?.[round - 1]?.score ?? null) : null);
  return {
    round,
    place,
    home: home ?? null,
    away: away ?? null,
    homeScore: scoreOf(home),
    awayScore: scoreOf(away),
    winner: winner ?? null,
  };
}

/** Who is still in leads, by the round that is played; then who came farther. */
function linesOf(
  scores: readonly Score[],
  { lost, third }: PlayedOff,
  last: number,
  over: number,
): ContestLine[] {
  const [now, done] = [Math.min(last, over + 1), over === last];
  const levelOf = ({ player: { id } }: Score): number => {
    const out = lost.get(id);
    if (out === undefined) return last + 1;
    return out + (third?.winner === id ? THIRD : 0);
  };
  const compare = (a: Score, b: Score): number => {
    const level = levelOf(b) - levelOf(a);
    return level || lost.has(a.player.id) || done ? level : byRound(a, b, now);
  };
  const ordered = [...scores].sort((a, b) => compare(a, b) || (a.player.id < b.player.id ? -1 : 1));
  let rank = 0;
  const lines = ordered.map((score, index) => {
    const before = ordered[index - 1];
    const after = ordered[index + 1];
    const level = before !== undefined && compare(before, score) === 0;
    if (!level) rank = index + 1;
    const tied = level || (after !== undefined && compare(score, after) === 0);
    const round = lost.get(score.player.id);
    const shown = score.rounds?.[(round ?? now) - 1]?.score ?? 0n;
    const gap = round === undefined ? gapTo(before, score) : null;
    const line = lineOf(score, { rank, tied, gap }, round === undefined ? {} : { outIn: round });
    return { ...line, score: shown };
  });
  return linesInOrder(lines, scores);
}

/** The third place is better than losing in the same round. */
const THIRD = 0.5;
