import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contestOf, DAY, factsOf, floorOf, inTeam, MONDAY, won } from './contest.fixture.ts';
import type { ContestDefinition, ContestRules } from './definition.ts';
import { contestReader } from './floor-reader.ts';
import { freezeContest } from './freeze.ts';
import { standContest } from './stand.ts';
import type { ContestStanding } from './standing.ts';

/** What must hold of everything that is played in rounds, for any number of entrants. */

const SEED = 'fade'.repeat(16);
const nameOf = (n: number): string => `p_${String(n).padStart(3, '0')}`;

interface Field {
  readonly size: number;
  /** Dollars of somebody on some day of fourteen. */
  readonly sales: readonly (readonly [who: number, on: number, dollars: number])[];
  readonly out: readonly number[];
}

const fields = (least: number): fc.Arbitrary<Field> =>
  fc.integer({ min: least, max: 64 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      sales: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(13), fc.constantFrom(0, 1, 2, 3, 500)), {
        maxLength: 80,
      }),
      out: fc.array(fc.nat(size - 1), { maxLength: Math.min(5, size - 1) }),
    }),
  );

function stand(rules: ContestRules, { size, sales, out }: Field, on: number): ContestStanding {
  const contest: ContestDefinition = contestOf(rules, { to: MONDAY + 14 * DAY });
  const people = Array.from({ length: size }, (_, n) => inTeam(nameOf(n), null));
  const now = MONDAY + on * DAY;
  const said = sales
    .filter(([, day]) => day < on)
    .map(([who, day, dollars], n) =>
      won(nameOf(who), dollars, MONDAY + day * DAY + 9 * 3_600_000 + n, `r${n}`),
    );
  const reader = contestReader(floorOf([...people, ...said], now));
  const facts = factsOf(freezeContest(contest, reader), {
    seed: SEED,
    out: new Set(out.map(nameOf)),
  });
  return standContest(contest, facts, reader);
}

const everybody = (size: number): string[] => Array.from({ length: size }, (_, n) => nameOf(n));
const entrants = ({ lines }: ContestStanding): string[] =>
  lines.map(({ entrant }) => entrant).sort();

describe('a knock-out of 2 to 64', () => {
  const rules = fc.record({
    kind: fc.constant('bracket' as const),
    seeding: fc.constantFrom('history' as const, 'draw' as const),
    thirdPlace: fc.boolean(),
  });

  test('ends with exactly one winner, and everybody else has lost once', () => {
    fc.assert(
      fc.property(rules, fields(2), (how, field) => {
        const standing = stand(how, field, 14);
        const matches = standing.bracket!.filter((match) => match.thirdPlace !== true);
        const last = Math.max(...matches.map(({ round }) => round));
        const finals = matches.filter(({ round }) => round === last);
        expect(finals).toHaveLength(1);
        const champion = finals[0]!.winner;
        expect(field.out.map(nameOf)).not.toContain(champion);
        const losers = matches.flatMap(({ home, away, winner }) =>
          home !== null && away !== null ? [winner === home ? away : home] : [],
        );
        expect([...losers, champion].sort()).toEqual(everybody(field.size));
        expect(standing.lines.filter(({ outIn }) => outIn === undefined)).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  test('has byes for the best seeds alone, and none after the first round', () => {
    fc.assert(
      fc.property(fields(2), (field) => {
        const how = { kind: 'bracket', seeding: 'history', thirdPlace: false } as const;
        const { bracket = [] } = stand(how, { ...field, out: [] }, 14);
        const byes = bracket.filter(({ home, away }) => home === null || away === null);
        const size = 2 ** Math.ceil(Math.log2(field.size));
        expect(byes.every(({ round }) => round === 1)).toBe(true);
        expect(byes.map(({ winner }) => winner).sort()).toEqual(everybody(size - field.size));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a league', () => {
  test('keeps its members and the sizes of its divisions round after round', () => {
    const rules = fc.record({
      kind: fc.constant('league' as const),
      divisions: fc.integer({ min: 1, max: 7 }),
      rounds: fc.integer({ min: 1, max: 7 }),
      move: fc.integer({ min: 0, max: 9 }),
      seeding: fc.constantFrom('history' as const, 'draw' as const),
    });
    fc.assert(
      fc.property(rules, fields(1), (how, field) => {
        const sizes = [1, 5, 10, 14].map((on) => {
          const standing = stand(how, field, on);
          expect(entrants(standing)).toEqual(everybody(field.size));
          const divisions = standing.lines.map(({ division }) => division!);
          return [...divisions].sort((a, b) => a - b);
        });
        for (const size of sizes) expect(size).toEqual(sizes[0]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('an elimination', () => {
  test('lets as many go as it says, never more, and nobody come back', () => {
    const rules = fc.record({
      kind: fc.constant('elimination' as const),
      rounds: fc.integer({ min: 1, max: 7 }),
      out: fc.integer({ min: 1, max: 9 }),
      left: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(rules, fields(1), (how, { out: _, ...rest }) => {
        const field = { ...rest, out: [] };
        let gone: string[] = [];
        for (const on of [1, 5, 10, 14]) {
          const standing = stand(how, field, on);
          const over = standing.rounds!.filter(({ to }) => to <= MONDAY + on * DAY).length;
          const now = standing.lines.flatMap(({ entrant, outIn }) => (outIn ? [entrant] : []));
          const most = Math.max(0, field.size - how.left);
          expect(now).toHaveLength(Math.min(most, over * how.out));
          expect(gone.every((one) => now.includes(one))).toBe(true);
          gone = now;
        }
      }),
      { numRuns: 40 },
    );
  });
});
