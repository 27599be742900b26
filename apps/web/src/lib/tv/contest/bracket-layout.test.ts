import type { ContestMatch } from '@ovation/protocol';
import { expect, test } from 'vitest';
import { bracketLayout } from './bracket-layout.ts';

const match = (round: number, place: number, more: object = {}): ContestMatch => ({
  ...{ round, place, home: null, away: null, homeScore: null, awayScore: null, winner: null },
  ...more,
});
const rounds = (count: number): ContestMatch[] =>
  Array.from({ length: count }, (_, index) => index + 1).flatMap((round) =>
    Array.from({ length: 2 ** (count - round) }, (_, place) => match(round, place + 1)),
  );

test('each pairing stands in the middle of the two that lead to it', () => {
  const { matches } = bracketLayout(rounds(2), 80);
  expect(matches.map(({ column, middle }) => [column, middle])).toEqual([
    [0, 20],
    [0, 60],
    [1, 40],
  ]);
  expect(matches[1]!.next).toEqual({ column: 1, middle: 40 });
  expect(matches[2]!.next).toBeNull();
});

test('of a long ladder the last four rounds are shown', () => {
  const layout = bracketLayout(rounds(6), 80);
  expect(layout.rounds).toEqual([3, 4, 5, 6]);
  expect(layout.matches).toHaveLength(15);
});

test('the match for the third place stands apart', () => {
  const third = match(2, 2, { thirdPlace: true });
  const layout = bracketLayout([...rounds(2), third], 80);
  expect(layout.third).toBe(third);
  expect(layout.matches).toHaveLength(3);
});
