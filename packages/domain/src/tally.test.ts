import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Tally, type Aggregate, type Sum, type TallyEntry } from './tally.ts';

const DAY = 7;
const instant = fc.integer({ min: 0, max: 20 });
const entry: fc.Arbitrary<TallyEntry> = fc.record({
  fact: fc.constantFrom('s/1', 's/2', 's/3', 's/4'),
  subject: fc.constantFrom('d/1', 'd/2'),
  person: fc.constantFrom('ada', 'ben'),
  at: instant,
  value: fc.bigInt({ min: -50n, max: 50n }),
  item: fc.option(fc.constantFrom('north', 'south', 'east')),
});
const entries = fc.array(entry, { maxLength: 30 });
const window = fc.tuple(instant, instant).map(([a, b]) => ({ from: a, to: b }));

const filled = (all: readonly TallyEntry[]): Tally => {
  const tally = new Tally();
  for (const one of all) tally.add(one);
  return tally;
};

const keyOf = ({ at, fact, subject, person, value, item }: TallyEntry): string =>
  [String(at).padStart(9, '0'), fact, subject, person, value, item].join(' ');

const inside = (all: readonly TallyEntry[], { from, to }: { from: number; to: number }) =>
  all.filter((one) => one.at >= from && one.at < to);

const added = (values: readonly bigint[]): bigint => values.reduce((sum, one) => sum + one, 0n);

/** The same in the plainest way. `latest` is left to the tests that have no ties. */
const NAIVE: Record<Exclude<Aggregate, 'latest'>, (all: readonly TallyEntry[]) => bigint> = {
  sum: (all) => added(all.map(({ value }) => value)),
  min: (all) => all.map(({ value }) => value).reduce((a, b) => (b < a ? b : a)),
  max: (all) => all.map(({ value }) => value).reduce((a, b) => (b > a ? b : a)),
  distinct: (all) => BigInt(new Set(all.flatMap(({ item }) => item ?? [])).size) * 1_000_000n,
};
const HOWS = Object.keys(NAIVE) as (keyof typeof NAIVE)[];

function naive(
  all: readonly TallyEntry[],
  value: (all: readonly TallyEntry[]) => bigint,
): Sum | undefined {
  if (all.length === 0) return undefined;
  const reachedAt = Math.max(...all.map((one) => one.at));
  return { value: value(all), reachedAt, credits: all.length };
}

test('what was asked before is worked out anew once an entry came or went', () => {
  fc.assert(
    fc.property(entries, fc.array(window, { minLength: 1, maxLength: 7 }), (all, spans) => {
      const tally = new Tally();
      const known: TallyEntry[] = [];
      const asked = () => {
        for (const span of [...spans, ...spans]) {
          const within = inside(known, span);
          expect(tally.growth(span)).toEqual(filled(within).growth({ from: 0, to: 21 }));
        }
      };
      for (const one of all) {
        tally.add(one);
        known.push(one);
        asked();
      }
      for (const one of [...known]) {
        tally.remove(one);
        known.splice(known.indexOf(one), 1);
        asked();
      }
    }),
    { numRuns: 40 },
  );
});

test('what somebody has in a window is made of the credits in it', () => {
  fc.assert(
    fc.property(entries, window, (all, span) => {
      const tally = filled(all);
      const within = inside(all, span);
      expect(tally.sum(span)).toEqual(naive(within, NAIVE.sum));
      const grown = tally.growth(span);
      expect(grown?.value).toBe(naive(within, NAIVE.sum)?.value);
      expect(grown?.rises ?? true).toBe(within.every(({ value }) => value > 0n));
      expect(tally.reachedAt(span)).toBe(naive(within, NAIVE.sum)?.reachedAt);
      for (const how of HOWS) {
        expect(tally.aggregate(span, how)).toEqual(naive(within, NAIVE[how]));
      }
      const listed = [...tally.entries(span)];
      expect(listed.map((one) => one.at)).toEqual(
        within.map((one) => one.at).sort((a, b) => a - b),
      );
      expect(listed.map(keyOf).sort()).toEqual(within.map(keyOf).sort());
      expect(tally.aggregate(span, 'latest')?.value).toBe(listed.at(-1)?.value);
    }),
  );
});

test('the order is time, then fact, then subject, whichever came first', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const listed = [...filled(all).entries({ from: 0, to: 99 })];
      const places = listed.map(({ at, fact, subject }) => [1000 + at, fact, subject].join(' '));
      expect(places).toEqual([...places].sort());
      expect([...filled([...all].reverse()).entries({ from: 0, to: 99 })]).toEqual(listed);
    }),
  );
});

test('credits that are taken back in any order leave no trace', () => {
  const kept = fc.tuple(
    entries,
    entries.chain((gone) =>
      fc.tuple(
        fc.constant(gone),
        fc.shuffledSubarray(gone, { minLength: gone.length, maxLength: gone.length }),
      ),
    ),
  );
  fc.assert(
    fc.property(kept, window, ([stay, [gone, order]], span) => {
      const tally = filled([...stay, ...gone]);
      for (const one of order) tally.remove({ ...one });
      expect(tally.size).toBe(stay.length);
      expect(tally.sum(span)).toEqual(filled(stay).sum(span));
      expect([...tally.entries(span)]).toEqual([...filled(stay).entries(span)]);
    }),
  );
});

test('thousands of credits come and go and every window still adds up', () => {
  const steps = fc.array(
    fc.tuple(fc.nat({ max: 9_999 }), fc.nat({ max: 2_000 }), fc.integer({ min: -9, max: 9 })),
    { minLength: 4_000, maxLength: 5_000, size: 'max' },
  );
  fc.assert(
    fc.property(steps, fc.integer({ min: 2, max: 5 }), (all, keepEvery) => {
      const given = all.map(([n, at, value]): TallyEntry => {
        const [fact, person, item] = [`s/${n}`, `p${n % 3}`, n % 4 ? `i${n % 50}` : null];
        return { fact, subject: `d/${n % 7}`, person, at, value: BigInt(value), item };
      });
      const tally = filled(given);
      const kept = given.filter((_, index) => index % keepEvery === 0);
      const check = (standing: readonly TallyEntry[]): void => {
        expect(tally.size).toBe(standing.length);
        for (const [from, to] of [
          [0, 3_000],
          [500, 501],
          [300, 1_700],
          [1_999, 2_000],
        ] as const) {
          const within = inside(standing, { from, to });
          for (const how of HOWS) {
            expect(tally.aggregate({ from, to }, how)).toEqual(naive(within, NAIVE[how]));
          }
        }
      };
      check(given);
      given.forEach((one, index) => index % keepEvery !== 0 && tally.remove(one));
      check(kept);
      for (const one of kept) tally.add(one);
      check([...kept, ...kept]);
      for (const one of [...kept, ...kept]) tally.remove(one);
      check([]);
    }),
    { numRuns: 4 },
  );
});

test('half a million credits are added up without looking at each', () => {
  const base = { subject: 'd', person: 'ada', value: 1n, item: null };
  const size = 500_000;
  const tally = new Tally();
  for (let at = 0; at < size; at += 1) tally.add({ ...base, fact: `s/${at}`, at: at * 2 });
  const started = performance.now();
  for (let n = 0; n < 500; n += 1) {
    const late = { ...base, fact: `late/${n}`, at: (n * 1_999) % size };
    tally.add(late);
    expect(tally.sum({ from: 3, to: 2 * size })?.value).toBe(
      BigInt(size - 2 + (late.at > 2 ? 1 : 0)),
    );
    tally.remove(late);
  }
  // A splice and a sum of the whole array would take some ten seconds.
  expect(performance.now() - started).toBeLessThan(3_000);
});

describe('a cap of the day', () => {
  const dayOf = (at: number): number => at - (at % DAY);

  test('cuts what a person has above it, for each person and day', () => {
    fc.assert(
      fc.property(entries, window, fc.bigInt({ min: 0n, max: 60n }), (all, span, cap) => {
        const within = inside(all, span);
        const perDay = new Map<string, bigint>();
        for (const { at, person, value } of within) {
          const key = `${person} ${dayOf(at)}`;
          perDay.set(key, (perDay.get(key) ?? 0n) + value);
        }
        const value = added([...perDay.values()].map((one) => (one > cap ? cap : one)));
        const expected = naive(within, () => value);
        expect(filled(all).aggregate(span, 'sum', { cap, dayOf })).toEqual(expected);
      }),
    );
  });

  test('leaves a day below zero as it is, and is for sums only', () => {
    const of = { subject: 'd', item: null };
    const tally = filled([
      { ...of, fact: 's/1', person: 'ada', at: 1, value: 30n },
      { ...of, fact: 's/2', person: 'ada', at: 2, value: 30n },
      { ...of, fact: 's/3', person: 'ben', at: 2, value: 10n },
      { ...of, fact: 's/4', person: 'ada', at: DAY, value: -5n },
    ]);
    const span = { from: 0, to: 99 };
    const dayCap = { cap: 40n, dayOf };
    expect(tally.aggregate(span, 'sum', dayCap)).toEqual({ value: 45n, reachedAt: 7, credits: 4 });
    expect(tally.aggregate(span, 'max', { ...dayCap, cap: 1n })?.value).toBe(30n);
  });
});

test('a credit that was never given cannot be taken back', () => {
  const [given] = fc.sample(entry, 1);
  const tally = filled([given!]);
  expect(() => tally.remove({ ...given!, value: given!.value + 1n })).toThrow(/never given/);
  expect(() => tally.remove({ ...given!, at: given!.at + 1 })).toThrow(/never given/);
  expect(() => tally.remove({ ...given!, fact: 's/9' })).toThrow(/never given/);
  expect(() => tally.remove({ ...given!, subject: 'd/9' })).toThrow(/never given/);
  expect(() => tally.remove({ ...given!, person: 'cy' })).toThrow(/never given/);
  tally.remove(given!);
  expect(() => tally.remove(given!)).toThrow(/never given/);
  expect(() => new Tally().remove(given!)).toThrow(/never given/);
});
