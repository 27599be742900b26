import { describe, expect, test } from 'vitest';
import {
  contestOf,
  day,
  forPlaces,
  lineOf,
  money,
  paid,
  shown,
  stand,
  won,
  type Said,
} from '../contest.fixture.ts';

const target = (
  scope: 'person' | 'team',
  entity: string,
  dollars: number,
  window = '2026-11-02',
): Said => ({
  type: 'target.set',
  scope,
  entity,
  metric: 'revenue',
  period: 'week',
  window,
  value: String(dollars * 100),
  at: 0,
});
const prizes = [
  forPlaces('first', 1, 1, '100'),
  { id: 'all', for: { to: 'reached' }, item: money('5') },
] as const;
const contest = contestOf({ kind: 'percent_of_target', period: 'week' }, { prizes });
const said = [
  target('person', 'p_ada', 3_000),
  target('person', 'p_bo', 500),
  target('person', 'p_di', 700),
  won('p_ada', 2_000, day(0)),
  won('p_bo', 500, day(1)),
  won('p_cy', 9_000, day(2)),
];

describe('percent of the own target', () => {
  test('ranks by how much of it is there; without a target there is no place', () => {
    const standing = stand(contest, { said });
    expect([standing.unit.kind, standing.counted.kind]).toEqual(['percent', 'money']);
    expect([standing.total, standing.totalUnit.kind]).toEqual([1_150_000n, 'money']);
    // 2,000 of 3,000 are 66.666… %, 500 of 500 are 100 %.
    expect(shown(standing)).toEqual(['1 bo 100', '2 ada 66.667', '- cy 0', '- di 0']);
    expect(lineOf(standing, 'p_ada')).toMatchObject({ raw: 200_000n, gap: 33_334n, reached: 0 });
    expect(paid(standing.awards)).toEqual(['bo 100 first', 'bo 5 all']);
  });

  test('tells apart what is rounded to the same', () => {
    const close = [
      target('person', 'p_ada', 300_000),
      target('person', 'p_bo', 300_000),
      won('p_ada', 200_000, day(0)),
      won('p_bo', 200_000.01, day(1)),
    ];
    const standing = stand({ ...contest, ties: 'shared' }, { said: close });
    expect(shown(standing).slice(0, 2)).toEqual(['1 bo 66.667', '2 ada 66.667']);
    expect(standing.lines[1]).toMatchObject({ tied: false, gap: 1n });
  });

  test('adds the targets of all periods that the contest touches', () => {
    const two = [...said, target('person', 'p_bo', 300, '2026-11-09')];
    const longer = { ...contest, to: day(8) };
    // 500 of 800.
    expect(shown(stand(longer, { said: two }))[1]).toBe('2 bo 62.5');
  });

  test('goes by a team’s own target, else by those of its members', () => {
    const teams = { ...contest, of: 'teams' as const };
    // North: 2,500 of 3,500; South has Di’s 700 alone, and sold 9,000.
    const north = '2 north 71.429';
    expect(shown(stand(teams, { said }))).toEqual(['1 south 1285.714', north]);
    const own = [...said, target('team', 't_south', 90_000)];
    expect(shown(stand(teams, { said: own }))[1]).toBe('2 south 10');
  });
});
