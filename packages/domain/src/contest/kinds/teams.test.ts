import { describe, expect, test } from 'vitest';
import {
  contestOf,
  day,
  forPlaces,
  inTeam,
  lineOf,
  paid,
  shown,
  stand,
  team,
  won,
} from '../contest.fixture.ts';

const said = [
  inTeam('p_ed', 't_south'),
  won('p_ada', 500, day(0)),
  won('p_bo', 400, day(1)),
  won('p_cy', 1_000, day(2)),
  won('p_ed', 1, day(3)),
];
const of = (by: 'sum' | 'average', more = {}) =>
  contestOf({ kind: 'teams', by }, { of: 'teams', ...more });

describe('team against team', () => {
  test('goes by the sum of the members', () => {
    expect(shown(stand(of('sum'), { said }))).toEqual(['1 south 1001', '2 north 900']);
  });

  test('goes by the mean of the members, so that size does not win', () => {
    const standing = stand(of('average'), { said });
    // North has two: 450 each. South has three, of whom one sold nothing: 333.666… each.
    expect(shown(standing)).toEqual(['1 north 450', '2 south 333.67']);
    expect(lineOf(standing, 't_south')).toMatchObject({ raw: 100_100n, gap: 11_634n });
  });

  test('leaves out of the mean who left', () => {
    const facts = { out: new Set(['p_di', 'p_ed']) };
    expect(shown(stand(of('average'), { said, facts }))[0]).toBe('1 south 1000');
  });

  test('has a prize split among members to the last cent, or paid to each', () => {
    const prize = forPlaces('win', 1, 1, '100');
    expect(paid(stand(of('sum', { prizes: [prize] }), { said }).awards)).toEqual([
      'cy 33.34 win',
      'di 33.33 win',
      'ed 33.33 win',
    ]);
    const each = [{ ...prize, members: 'each' as const }];
    expect(paid(stand(of('sum', { prizes: each }), { said }).awards)).toEqual([
      'cy 100 win',
      'di 100 win',
      'ed 100 win',
    ]);
  });

  test('counts everybody once, for the nearest team that plays', () => {
    const below = [team('t_far', 't_south'), inTeam('p_fay', 't_far'), won('p_fay', 100, day(4))];
    const all = stand(of('sum'), { said: [...said, ...below] });
    expect(shown(all)).toEqual(['1 south 1001', '2 north 900', '3 far 100']);
    const two = of('sum', { who: { teams: ['t_north', 't_south'] } });
    expect(shown(stand(two, { said: [...said, ...below] }))).toEqual([
      '1 south 1101',
      '2 north 900',
    ]);
  });

  test('works for squads, made for the contest', () => {
    const squads = [
      { id: 'sqd_a', name: 'A', members: ['p_di', 'p_ada'] },
      { id: 'sqd_b', name: 'B', members: ['p_bo'] },
    ];
    const contest = contestOf({ kind: 'teams', by: 'sum' }, { of: 'squads', who: { squads } });
    expect(shown(stand(contest, { said }))).toEqual(['1 d_a 500', '2 d_b 400']);
  });
});
