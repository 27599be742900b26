import { describe, expect, test } from 'vitest';
import {
  called,
  contestOf,
  day,
  forPlaces,
  lineOf,
  paid,
  shown,
  stand,
  won,
} from '../contest.fixture.ts';
import { linesOf } from './bingo.ts';

/** Calls 1 2 3, revenue 100 200 300, deals 1 2 3: a row for each. */
const cells = [
  ...['1', '2', '3'].map((goal) => ({ metric: 'calls', goal })),
  ...['100', '200', '300'].map((goal) => ({ metric: 'revenue', goal })),
  ...['1', '2', '3'].map((goal) => ({ metric: 'deals', goal })),
];
const card = (win: 'first_line' | 'most_lines') =>
  contestOf(
    { kind: 'bingo', size: 3, cells, win },
    { scoring: { metric: 'calls' }, prizes: [forPlaces('bingo', 1, 2, '10')] },
  );
const said = [
  // Ada: the three calls by Tuesday, and a column, later: 100 dollars and a deal.
  called('p_ada', day(0)),
  called('p_ada', day(0, 11)),
  called('p_ada', day(1)),
  won('p_ada', 150, day(3)),
  // Bo: 300 dollars at once on Monday: the second row; one deal, so no column.
  won('p_bo', 300, day(0, 9)),
  // Cy: two cells.
  called('p_cy', day(0)),
  called('p_cy', day(0, 12)),
];

describe('a card', () => {
  test('of nine has three rows, three columns and two diagonals', () => {
    expect(linesOf(3)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
      [0, 3, 6],
      [1, 4, 7],
      [2, 5, 8],
      [0, 4, 8],
      [2, 4, 6],
    ]);
    expect(linesOf(5)).toHaveLength(12);
  });

  test('is ranked by lines, then by cells', () => {
    const standing = stand(card('most_lines'), { said });
    expect(shown(standing)).toEqual(['1 ada 2', '2 bo 1', '3 cy 0', '- di 0']);
    expect(standing.counted).toEqual({ kind: 'count', scale: 6 });
    expect(lineOf(standing, 'p_ada')).toMatchObject({
      reached: 2,
      raw: 5_000_000n,
      reachedAt: day(3),
      gap: 1_000_000n,
      marks: ['0', '1', '2', '3', '6'],
    });
    expect(lineOf(standing, 'p_cy')).toMatchObject({ raw: 2_000_000n, gap: 1_000_000n });
    expect(paid(standing.awards)).toEqual(['ada 10 bingo', 'bo 10 bingo']);
  });

  test('with a line is ahead of one that has as many cells and none', () => {
    const row = [called('p_ada', day(2)), called('p_ada', day(3)), called('p_ada', day(4))];
    const block = [won('p_bo', 100, day(0)), won('p_bo', 100, day(0, 11))];
    const standing = stand(card('most_lines'), { said: [...row, ...block] });
    const raws = standing.lines.slice(0, 2).map(({ entrant, raw }) => [entrant, raw]);
    expect(raws).toEqual([
      ['p_ada', 3_000_000n],
      ['p_bo', 4_000_000n],
    ]);
  });

  test('is won with the first line, by whoever has it first', () => {
    const standing = stand(card('first_line'), { said });
    expect(shown(standing)).toEqual(['1 bo 1', '2 ada 2', '3 cy 0', '- di 0']);
    expect(standing.decidedAt).toBe(day(0, 9));
    expect(lineOf(standing, 'p_ada').reachedAt).toBe(day(1));
    const three = { ...card('first_line'), prizes: [forPlaces('bingo', 1, 3, '10')] };
    expect(paid(stand(three, { said }).awards)).toEqual(['bo 10 bingo', 'ada 10 bingo']);
  });
});
