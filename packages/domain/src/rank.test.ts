import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBetter, rankStandings, standingOrder, type Standing } from './rank.ts';

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
        const ahead = all.flatMap(({ value }) => (value! > line.value! ? [value!] : []));
        expect(line.rank - 1).toBe(ahead.length);
        expect(line.tied).toBe(all.filter((one) => one.value === line.value).length > 1);
        const next = ahead.reduce<bigint | null>(
          (least, value) => (least === null || value < least ? value : least),
          null,
        );
        expect(line.gap).toBe(next === null ? null : next - line.value!);
      }
    }),
  );
});

const mixed = standings.chain((all) =>
  fc
    .array(fc.boolean(), { minLength: all.length, maxLength: all.length })
    .map((none) => all.map((one, index) => (none[index] ? { ...one, value: null } : one))),
);
const rules = fc.record({
  better: fc.constantFrom('higher' as const, 'lower' as const),
  ties: fc.constantFrom('shared' as const, 'first' as const),
});

test('the order is total: any two are the one or the other way round', () => {
  fc.assert(
    fc.property(mixed, rules, (all, { better }) => {
      const order = standingOrder(better);
      for (const a of all) {
        for (const b of all) {
          expect(Math.sign(order(a, b)) + Math.sign(order(b, a))).toBe(0);
          if (a.id !== b.id) expect(order(a, b)).not.toBe(0);
        }
      }
    }),
  );
});

test('better values are ahead, and those without one come last in the order of their ids', () => {
  fc.assert(
    fc.property(mixed, rules, (all, { better, ties }) => {
      const lines = rankStandings(all, { better, ties });
      lines.slice(1).forEach((line, index) => {
        expect(isBetter(line.value, lines[index]!.value, better)).toBe(false);
      });
      const without = lines.filter((line) => line.value === null);
      expect(lines.slice(lines.length - without.length)).toEqual(without);
      const ids = without.map((line) => line.id);
      expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)));
      for (const line of without) {
        expect(line.gap).toBeNull();
        if (ties === 'shared') expect(line.rank).toBe(lines.length - without.length + 1);
      }
    }),
  );
});

test('a gap is never negative and leads to the next better value, or to the one just ahead', () => {
  fc.assert(
    fc.property(mixed, rules, (all, { better, ties }) => {
      const lines = rankStandings(all, { better, ties });
      lines.forEach((line, index) => {
        const ahead = lines
          .slice(0, index)
          .findLast((one) => ties === 'first' || one.value !== line.value);
        if (!ahead || line.value === null) return expect(line.gap).toBeNull();
        expect(line.gap! >= 0n).toBe(true);
        const reached = better === 'higher' ? line.value + line.gap! : line.value - line.gap!;
        expect(reached).toBe(ahead.value);
      });
    }),
  );
});

test('where whoever was first is ahead, ranks are places and nobody ties', () => {
  fc.assert(
    fc.property(mixed, fc.constantFrom('higher' as const, 'lower' as const), (all, better) => {
      const first = rankStandings(all, { better, ties: 'first' });
      expect(first.map((line) => line.rank)).toEqual(first.map((_, index) => index + 1));
      expect(first.some((line) => line.tied)).toBe(false);
      const shared = rankStandings(all, { better, ties: 'shared' });
      expect(first.map((line) => line.id)).toEqual(shared.map((line) => line.id));
    }),
  );
});

test('the fewest lead where fewer are better', () => {
  const rows = [
    { id: 'slow', value: 9n, reachedAt: 1 },
    { id: 'none', value: null, reachedAt: 0 },
    { id: 'late', value: 2n, reachedAt: 5 },
    { id: 'soon', value: 2n, reachedAt: 4 },
  ];
  const told = (ties: 'shared' | 'first') =>
    rankStandings(rows, { better: 'lower', ties }).map(({ id, rank: place, tied, gap }) => [
      id,
      place,
      tied,
      gap,
    ]);
  expect(told('shared')).toEqual([
    ['soon', 1, true, null],
    ['late', 1, true, null],
    ['slow', 3, false, 7n],
    ['none', 4, false, null],
  ]);
  expect(told('first')).toEqual([
    ['soon', 1, false, null],
    ['late', 2, false, 0n],
    ['slow', 3, false, 7n],
    ['none', 4, false, null],
  ]);
});
