import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Credit } from './credit.ts';
import { Tally } from './tally.ts';

const instant = fc.integer({ min: 0, max: 20 });
const credit: fc.Arbitrary<Credit> = fc.record({
  fact: fc.constantFrom('s/1', 's/2', 's/3', 's/4'),
  metric: fc.constant('revenue' as const),
  person: fc.constant('ada'),
  team: fc.constant(null),
  at: instant,
  endedAt: fc.constant(null),
  value: fc.bigInt({ min: -50n, max: 50n }),
});
const credits = fc.array(credit, { maxLength: 30 });

const filled = (all: readonly Credit[]): Tally => {
  const tally = new Tally();
  for (const one of all) tally.add(one);
  return tally;
};

function bruteSum(all: readonly Credit[], from: number, to: number) {
  const inside = all.filter((one) => one.at >= from && one.at < to);
  if (inside.length === 0) return undefined;
  return {
    value: inside.reduce((sum, one) => sum + one.value, 0n),
    reachedAt: Math.max(...inside.map((one) => one.at)),
  };
}

test('what somebody has in a window is the sum of the credits in it', () => {
  fc.assert(
    fc.property(credits, instant, instant, (all, a, b) => {
      const window = { from: Math.min(a, b), to: Math.max(a, b) };
      const tally = filled(all);
      const expected = bruteSum(all, window.from, window.to);
      expect(tally.sum(window)).toEqual(expected);
      expect(tally.reachedAt(window)).toBe(expected?.reachedAt);
    }),
  );
});

test('credits that are taken back in any order leave no trace', () => {
  const kept = fc.tuple(
    credits,
    credits.chain((gone) =>
      fc.tuple(
        fc.constant(gone),
        fc.shuffledSubarray(gone, { minLength: gone.length, maxLength: gone.length }),
      ),
    ),
  );
  fc.assert(
    fc.property(kept, instant, instant, ([stay, [gone, order]], a, b) => {
      const window = { from: Math.min(a, b), to: Math.max(a, b) };
      const tally = filled([...stay, ...gone]);
      for (const one of order) tally.remove(one);
      expect(tally.sum(window)).toEqual(filled(stay).sum(window));
      expect(tally.reachedAt(window)).toBe(filled(stay).reachedAt(window));
    }),
  );
});

test('a credit that was never given cannot be taken back', () => {
  const [given] = fc.sample(credit, 1);
  const tally = filled([given!]);
  expect(() => tally.remove({ ...given!, value: given!.value + 1n })).toThrow(/never given/);
  expect(() => tally.remove({ ...given!, at: given!.at + 1 })).toThrow(/never given/);
  expect(() => tally.remove({ ...given!, fact: 's/9' })).toThrow(/never given/);
  tally.remove(given!);
  expect(() => tally.remove(given!)).toThrow(/never given/);
});
