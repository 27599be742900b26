import { describe, expect, test } from 'vitest';
import { contestOf, day, forPlaces, lineOf, paid, shown, stand, won } from '../contest.fixture.ts';

const squads = [
  { id: 'sqd_red', name: 'Red', members: ['p_di', 'p_ada'] },
  { id: 'sqd_sky', name: 'Sky', members: ['p_bo', 'p_cy'] },
];
const contest = contestOf(
  { kind: 'relay', leg: '500' },
  {
    of: 'squads',
    who: { squads },
    prizes: [{ ...forPlaces('win', 1, 1, '30'), members: 'each' }],
  },
);
const said = [
  // Ada sells before Di hands over: it does not count. Di is through on Tuesday, with 100 too much.
  won('p_ada', 900, day(0)),
  won('p_di', 600, day(1)),
  won('p_ada', 300, day(2)),
  // Bo is through on Wednesday, Cy on Thursday.
  won('p_bo', 500, day(2)),
  won('p_cy', 700, day(3)),
];

describe('a relay', () => {
  test('counts each leg from when the one before was done, and carries nothing over', () => {
    const standing = stand(contest, { said });
    expect(shown(standing)).toEqual(['1 d_sky 1000', '2 d_red 800']);
    expect(lineOf(standing, 'sqd_red')).toMatchObject({ reached: 1, gap: 20_000n, raw: 90_000n });
    expect(lineOf(standing, 'sqd_sky')).toMatchObject({ reached: 2, gap: null, reachedAt: day(3) });
    expect(standing.decidedAt).toBe(day(3));
    expect(paid(standing.awards)).toEqual(['bo 30 win', 'cy 30 win']);
  });

  test('is won by the first squad through', () => {
    const more = [...said, won('p_ada', 200, day(2, 12))];
    const standing = stand(contest, { said: more });
    expect(shown(standing)).toEqual(['1 d_red 1000', '2 d_sky 1000']);
    expect(standing.decidedAt).toBe(day(2, 12));
  });

  test('passes over who left', () => {
    const standing = stand(contest, { said, facts: { out: new Set(['p_di']) } });
    expect(shown(standing)[0]).toBe('1 d_red 500');
    expect(standing.decidedAt).toBe(day(0));
  });

  test('does not let one event run two legs', () => {
    const credits = [
      { person: 'p_bo', share: '0.5' },
      { person: 'p_cy', share: '0.5' },
    ];
    const both = [{ ...won('p_bo', 1_000, day(0)), credits }];
    expect(lineOf(stand(contest, { said: both }), 'sqd_sky').reached).toBe(1);
  });
});
