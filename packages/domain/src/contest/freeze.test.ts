import { describe, expect, test } from 'vitest';
import type { Staffer } from './standing.ts';
import {
  contestOf,
  day,
  DAY,
  floorOf,
  inTeam,
  MONDAY,
  STAFF,
  team,
  won,
  type Said,
} from './contest.fixture.ts';
import type { ContestDefinition } from './definition.ts';
import { contestReader } from './floor-reader.ts';
import { fittedFactors, freezeContest } from './freeze.ts';
import { formatRatio } from './ratio.ts';

type Details = Pick<Staffer, 'startedAt' | 'role'>;

const freeze = (
  more: Partial<ContestDefinition>,
  said: readonly Said[] = [],
  staff?: Record<string, Details>,
) => {
  const floor = floorOf([...STAFF, ...said], MONDAY);
  const reader = contestReader(floor, new Map(Object.entries(staff ?? {})));
  return freezeContest(contestOf({ kind: 'highest' }, more), reader).entrants;
};
const ids = (...asked: Parameters<typeof freeze>) => freeze(...asked).map(({ id }) => id);

describe('who takes part', () => {
  test('is everybody active, in order of id', () => {
    const gone = { ...inTeam('p_bo', 't_north'), active: false } as Said;
    expect(ids({})).toEqual(['p_ada', 'p_bo', 'p_cy', 'p_di']);
    expect(ids({}, [gone])).toEqual(['p_ada', 'p_cy', 'p_di']);
  });

  test('is of a team or of those below it, at the start', () => {
    const below = [team('t_far', 't_north'), inTeam('p_cy', 't_far')];
    expect(ids({ who: { teams: ['t_north'] } }, below)).toEqual(['p_ada', 'p_bo', 'p_cy']);
    expect(ids({ who: { teams: ['t_far'] } }, below)).toEqual(['p_cy']);
    const later = { ...inTeam('p_ada', 't_south'), since: MONDAY + DAY } as Said;
    expect(ids({ who: { teams: ['t_north'] } }, [later])).toEqual(['p_ada', 'p_bo']);
  });

  test('is chosen by hand, by role, and with exceptions', () => {
    const who = { people: ['p_di', 'p_ada', 'p_bo'], except: ['p_bo'] };
    expect(ids({ who })).toEqual(['p_ada', 'p_di']);
    const staff = { p_ada: { startedAt: null, role: 'rep' as const } };
    expect(ids({ who: { roles: ['rep', 'manager'] } }, [], staff)).toEqual(['p_ada']);
  });

  test('has been here long enough, or not too long', () => {
    const since = (days: number): Details => ({ startedAt: MONDAY - days * DAY, role: null });
    const staff = { p_ada: since(90), p_bo: since(89), p_cy: since(0), p_di: since(-1) };
    expect(ids({ who: { minDays: 90 } }, [], staff)).toEqual(['p_ada']);
    expect(ids({ who: { maxDays: 89 } }, [], staff)).toEqual(['p_bo', 'p_cy']);
    expect(ids({ who: { minDays: 0 } }, [], staff)).toEqual(['p_ada', 'p_bo', 'p_cy']);
    // Nobody knows since when: since ever.
    expect(ids({ who: { minDays: 9_999 } })).toHaveLength(4);
    expect(ids({ who: { maxDays: 9_999 } })).toEqual([]);
  });

  test('plays for one team, or for its squad in the order of the squad', () => {
    expect(freeze({ of: 'teams' })).toMatchObject([
      { id: 't_north', members: ['p_ada', 'p_bo'] },
      { id: 't_south', members: ['p_cy', 'p_di'] },
    ]);
    const squads = [
      { id: 'sqd_b', name: 'B', members: ['p_di', 'p_ada', 'p_nobody'] },
      { id: 'sqd_a', name: 'A', members: ['p_nobody'] },
    ];
    expect(freeze({ of: 'squads', who: { squads } })).toMatchObject([
      { id: 'sqd_b', members: ['p_di', 'p_ada'] },
    ]);
  });
});

describe('a handicap', () => {
  const past = [
    won('p_ada', 3_000, day(-7)),
    won('p_ada', 1_000, day(-14)),
    won('p_bo', 1_000, day(-7)),
    won('p_cy', 10, day(-8)),
  ];

  test('by hand is what was written', () => {
    const handicap = { by: 'hand', factors: { p_bo: '1.25' } } as const;
    expect(freeze({ handicap }).map(({ factor }) => factor)).toEqual(['1', '5/4', '1', '1']);
  });

  test('by history is the field’s mean over the own one, within its cap', () => {
    const handicap = { by: 'history', windows: 2, cap: '2' } as const;
    // Means: Ada 2,000, Bo 500, Cy 5; of the three 835. Ada 835/2,000, at least a half; Bo
    // 835/500, Cy 167 and so the cap; Di has nothing to be measured by.
    expect(freeze({ handicap }, past).map(({ factor }) => factor)).toEqual([
      '1/2',
      '167/100',
      '2',
      '1',
    ]);
    const wide = { ...handicap, cap: '10' };
    expect(freeze({ handicap: wide }, past)[0]!.factor).toBe('167/400');
  });

  test('makes everybody level who does what they always did', () => {
    const means = new Map([
      ['a', { n: 10n, d: 1n }],
      ['b', { n: 70n, d: 3n }],
      ['c', { n: 1n, d: 9n }],
    ]);
    const factors = fittedFactors(means, { n: 1_000n, d: 1n });
    const levelled = [...means].map(([id, { n, d }]) => {
      const factor = factors.get(id)!;
      return formatRatio({ n: n * factor.n, d: d * factor.d });
    });
    expect(new Set(levelled).size).toBe(1);
  });

  test('does not hold time against anybody in which they were not here', () => {
    const handicap = { by: 'history', windows: 2, cap: '9' } as const;
    const staff = { p_bo: { startedAt: MONDAY - 7 * DAY, role: null } };
    // Bo’s one window has 1,000; Ada’s mean is 2,000, Cy’s 5: 1,001 2/3 of the field.
    const factors = freeze({ handicap }, past, staff).map(({ factor }) => factor);
    expect(factors[1]).toBe('601/600');
  });
});
