import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RankIndex } from './rank-index.ts';
import { rankStandings, type Standing } from './rank.ts';

const better = fc.constantFrom('higher' as const, 'lower' as const);
const value = fc.option(fc.bigInt({ min: -5n, max: 5n }));
type Change = { id: number } | { id: number; value: bigint | null; at: number };
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ id: fc.nat({ max: 25 }), value, at: fc.nat({ max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ id: fc.nat({ max: 25 }) }) },
);
const nameOf = (n: number): string => `per_${n}`;

/** Does what was asked to the index and to a plain map, and returns both. */
function after(direction: 'higher' | 'lower', changes: readonly Change[]) {
  const index = new RankIndex(direction);
  const plain = new Map<string, Standing>();
  for (const one of changes) {
    const id = nameOf(one.id);
    if ('value' in one) {
      index.set(id, one.value, one.at);
      plain.set(id, { id, value: one.value, reachedAt: one.at });
    } else {
      expect(index.delete(id)).toBe(plain.delete(id));
    }
  }
  return { index, standings: [...plain.values()] };
}

function expectSame(
  index: RankIndex,
  standings: readonly Standing[],
  direction: 'higher' | 'lower',
) {
  const ranked = rankStandings(standings, { better: direction });
  expect(index.size).toBe(standings.length);
  const plain = ({ id, value: own, reachedAt }: Standing) => ({ id, value: own, reachedAt });
  expect(index.slice(0, Infinity).map(plain)).toEqual(
    ranked.map(({ id, value: own, reachedAt }) => ({ id, value: own, reachedAt })),
  );
  ranked.forEach(({ id, rank, value: own }, place) => {
    expect(index.positionOf(id)).toBe(place);
    expect(index.rankOf(id)).toBe(rank);
    expect(index.valueAt(place)).toBe(own);
  });
}

test('an index says what a ranking of all would say, whatever came and went', () => {
  fc.assert(
    fc.property(better, fc.array(change, { maxLength: 120 }), (direction, changes) => {
      const { index, standings } = after(direction, changes);
      expectSame(index, standings, direction);
    }),
  );
});

test('the rank of one is one more than there are with a better value', () => {
  fc.assert(
    fc.property(better, fc.array(change, { maxLength: 60 }), (direction, changes) => {
      const { index, standings } = after(direction, changes);
      for (const { id, value: own } of standings) {
        const ahead = standings.filter(({ value: other }) => {
          if (other === null || own === null) return other !== null;
          return direction === 'higher' ? other > own : other < own;
        });
        expect(index.rankOf(id)).toBe(1 + ahead.length);
      }
    }),
  );
});

test('thousands move up and down over many chunks', () => {
  const moves = fc.array(
    fc.tuple(fc.nat({ max: 2_999 }), fc.nat({ max: 400 }), fc.nat({ max: 9 })),
    {
      minLength: 6_000,
      maxLength: 7_000,
      size: 'max',
    },
  );
  fc.assert(
    fc.property(better, moves, (direction, all) => {
      const { index, standings } = after(
        direction,
        all.map(([id, points, at]) =>
          points === 400 ? { id } : { id, value: points > 390 ? null : BigInt(points), at },
        ),
      );
      expectSame(index, standings, direction);
      expect(index.slice(700, 1_300)).toEqual(index.slice(0, 3_000).slice(700, 1_300));
      for (const { id } of standings.slice(50)) index.delete(id);
      expectSame(index, standings.slice(0, 50), direction);
    }),
    { numRuns: 4 },
  );
});

describe('who is not in the ranking', () => {
  test('has no place, no rank and no value', () => {
    const index = new RankIndex('higher');
    index.set('ada', 3n, 1);
    expect([index.has('ada'), index.has('ben')]).toEqual([true, false]);
    expect(index.positionOf('ben')).toBeUndefined();
    expect(() => index.rankOf('ben')).toThrow(RangeError);
    expect(index.valueAt(1)).toBeUndefined();
    expect(index.slice(1, 9)).toEqual([]);
    expect(index.delete('ben')).toBe(false);
  });
});
