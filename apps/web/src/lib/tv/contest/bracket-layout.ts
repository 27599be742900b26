import type { ContestMatch } from '@ovation/protocol';

/** One pairing with its place on the stage, rem. */
export interface PlacedMatch {
  readonly match: ContestMatch;
  readonly column: number;
  /** From the top of the tree to the middle of the pairing. */
  readonly middle: number;
  /** The pairing that its winner goes to. */
  readonly next: { readonly column: number; readonly middle: number } | null;
}

export interface BracketLayout {
  readonly rounds: readonly number[];
  readonly matches: readonly PlacedMatch[];
  readonly third: ContestMatch | null;
}

/** Rounds that fit beside one another; earlier ones are over and stay out. */
const COLUMNS_MAX = 4;

/** The last rounds of a ladder, each pairing in the middle of the two that lead to it. */
export function bracketLayout(matches: readonly ContestMatch[], height: number): BracketLayout {
  const tree = matches.filter((match) => match.thirdPlace !== true);
  const last = Math.max(0, ...tree.map((match) => match.round));
  const first = Math.max(1, last - COLUMNS_MAX + 1);
  const rounds = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const countIn = (round: number) => 2 ** (last - round);
  /** Places of a round are counted from 1. */
  const middle = (round: number, place: number) => (height * (place - 0.5)) / countIn(round);
  return {
    rounds,
    matches: tree
      .filter((match) => match.round >= first)
      .map((match) => ({
        match,
        column: match.round - first,
        middle: middle(match.round, match.place),
        next:
          match.round === last
            ? null
            : {
                column: match.round - first + 1,
                middle: middle(match.round + 1, Math.ceil(match.place / 2)),
              },
      })),
    third: matches.find((match) => match.thirdPlace === true) ?? null,
  };
}
