import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankStandings, type Standing } from './rank.ts';

type Row = readonly [id: string, value: bigint, reachedAt: number];
type Line = readonly [id: string, rank: number, tied: boolean, gap: bigint | null];

const rank = (rows: readonly Row[]): Line[] =>
  rankStandings(rows.map(([id, value, reachedAt]) => ({ id, value, reachedAt }))).map(
    (line) => [line.id, line.rank, line.tied, line.gap] as const,
  );

const CASES: readonly (readonly [name: string, rows: Row[], lines: Line[]])[] = [
  ['nobody is on it', [], []],
  ['one person sells alone', [['a', 5n, 1]], [['a', 1, false, null]]],
  [
    'two tie for second',
    [
      ['a', 9n, 1],
      ['b', 5n, 2],
      ['c', 5n, 3],
      ['d', 1n, 4],
    ],
    [
      ['a', 1, false, null],
      ['b', 2, true, 4n],
      ['c', 2, true, 4n],
      ['d', 4, false, 4n],
    ],
  ],
  [
    'the one who got there first comes later in the alphabet',
    [
      ['a', 5n, 20],
      ['z', 5n, 10],
    ],
    [
      ['z', 1, true, null],
      ['a', 1, true, null],
    ],
  ],
  [
    'the same moment leaves it to the id',
    [
      ['b', 5n, 10],
      ['a', 5n, 10],
    ],
    [
      ['a', 1, true, null],
      ['b', 1, true, null],
    ],
  ],
  [
    'three tie at the top',
    [
      ['a', 5n, 1],
      ['b', 5n, 2],
      ['c', 5n, 3],
      ['d', 4n, 1],
    ],
    [
      ['a', 1, true, null],
      ['b', 1, true, null],
      ['c', 1, true, null],
      ['d', 4, false, 1n],
    ],
  ],
  [
    'refunds put somebody below zero',
    [
      ['a', -3n, 1],
      ['b', 0n, 0],
    ],
    [
      ['b', 1, false, null],
      ['a', 2, false, 3n],
    ],
  ],
];

describe('a board ranks when', () => {
  test.each(CASES)('%s', (_, rows, lines) => {
    expect(rank(rows)).toEqual(lines);
  });
});

const standings: fc.Arbitrary<Standing[]> = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    value: fc.bigInt({ min: -3n, max: 3n }),
    reachedAt: fc.integer({ min: 0, max: 3 }),
  }),
  { selector: (one) => one.id, maxLength: 20 },
);

test('every screen shows the same order, whatever order the rows came in', () => {
  const shuffled = standings.chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([one, other]) => {
      expect(rankStandings(one)).toEqual(rankStandings(other));
    }),
  );
});

test('a rank less one is the number of people ahead, and the gap reaches the next of them', () => {
  fc.assert(
    fc.property(standings, (all) => {
      for (const line of rankStandings(all)) {
        const ahead = all.filter((one) => one.value > line.value).map((one) => one.value);
        expect(line.rank - 1).toBe(ahead.length);
        expect(line.tied).toBe(all.filter((one) => one.value === line.value).length > 1);
        const next = ahead.reduce<bigint | null>(
          (least, value) => (least === null || value < least ? value : least),
          null,
        );
        expect(line.gap).toBe(next === null ? null : next - line.value);
      }
    }),
  );
});
