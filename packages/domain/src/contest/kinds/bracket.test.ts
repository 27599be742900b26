import { describe, expect, test } from 'vitest';
import {
  contestOf,
  day,
  DAY,
  forPlaces,
  inTeam,
  lineOf,
  MONDAY,
  paid,
  stand,
  won,
  type Said,
} from '../contest.fixture.ts';
import type { BracketMatch, ContestStanding } from '../standing.ts';
import { seedPlaces } from './bracket.ts';

/** Five, seeded by hand; rounds of two days each. */
const people = ['p_ada', 'p_bo', 'p_cy', 'p_di', 'p_ed'];
const rules = { kind: 'bracket', seeding: 'hand', thirdPlace: true } as const;
const contest = contestOf(rules, {
  to: MONDAY + 6 * DAY,
  who: { people },
  prizes: [forPlaces('cup', 1, 1, '100'), forPlaces('medals', 2, 3, '20')],
});
const ed: Said = inTeam('p_ed', 't_south');
const said = [
  ed,
  // Round one, Monday and Tuesday: Di against Ed; the others have a bye.
  won('p_di', 10, day(0)),
  won('p_ed', 20, day(1)),
  won('p_ada', 5, day(1)),
  // Round two, Wednesday and Thursday: Ada against Ed, Bo against Cy.
  won('p_ada', 50, day(2)),
  won('p_ed', 30, day(2)),
  won('p_bo', 40, day(3)),
  won('p_cy', 40, day(2)),
  // Round three, Friday and Saturday: Ada against Cy; Ed against Bo for the third place.
  won('p_cy', 70, day(4)),
  won('p_ada', 60, day(5)),
  won('p_bo', 15, day(4)),
];

const shown = ({ bracket = [] }: ContestStanding) => bracket.map(matchShown);
const matchShown = ({ home, away, winner, homeScore, awayScore }: BracketMatch) =>
  [home, homeScore, away, awayScore, winner]
    .map((one) => (typeof one === 'string' ? one.slice(2) : one === null ? '-' : Number(one) / 100))
    .join(' ');

describe('a knock-out', () => {
  test('lets the best seeds meet last', () => {
    expect(seedPlaces(8)).toEqual([1, 8, 4, 5, 2, 7, 3, 6]);
    expect(seedPlaces(1)).toEqual([1]);
  });

  test('goes round by round to one winner, with byes and a match for the third place', () => {
    const standing = stand(contest, { said });
    expect(shown(standing)).toEqual([
      'ada 5 - - ada',
      'di 10 ed 20 ed',
      'bo 0 - - bo',
      'cy 0 - - cy',
      'ada 50 ed 30 ada',
      'bo 40 cy 40 cy',
      'ada 60 cy 70 cy',
      'ed 0 bo 15 bo',
    ]);
    expect(standing.bracket?.at(-1)).toMatchObject({ thirdPlace: true, round: 3 });
    const places = standing.lines.map(({ entrant, rank, outIn }) => [entrant, rank, outIn]);
    expect(places).toEqual([
      ['p_cy', 1, undefined],
      ['p_ada', 2, 3],
      ['p_bo', 3, 2],
      ['p_ed', 4, 2],
      ['p_di', 5, 1],
    ]);
    expect(paid(standing.awards)).toEqual(['cy 100 cup', 'ada 20 medals', 'bo 20 medals']);
  });

  test('knows nobody of a round that is not over', () => {
    const now = day(3, 12);
    const standing = stand(contest, { said, now });
    expect(shown(standing).slice(4)).toEqual([
      'ada 50 ed 30 -',
      'bo 40 cy 40 -',
      '- - - - -',
      '- - - - -',
    ]);
    expect(standing.rounds?.map(({ from, to }) => [from, to])).toEqual([
      [day(0, 0), day(2, 0)],
      [day(2, 0), day(4, 0)],
      [day(4, 0), day(6, 0)],
    ]);
    // Who is still in is ahead, by the round that is played.
    const ranks = standing.lines.map(({ entrant, rank, score }) => [entrant, rank, score]);
    expect(ranks).toEqual([
      ['p_ada', 1, 5_000n],
      ['p_cy', 2, 4_000n],
      ['p_bo', 3, 4_000n],
      ['p_ed', 4, 3_000n],
      ['p_di', 5, 1_000n],
    ]);
  });

  test('lets who left lose at once, and the places stand', () => {
    const standing = stand(contest, { said, now: day(0, 12), facts: { out: new Set(['p_bo']) } });
    expect(shown(standing)[5]).toBe('bo 0 cy 0 cy');
    expect(lineOf(standing, 'p_bo')).toMatchObject({ rank: null, outIn: 2 });
  });

  test('shares the third place where there is no match for it', () => {
    const none = { ...contest, rules: { ...rules, thirdPlace: false } };
    const standing = stand(none, { said });
    expect(standing.lines.map(({ rank }) => rank)).toEqual([1, 2, 3, 3, 5]);
    expect(paid(standing.awards).slice(2)).toEqual(['bo 10 medals', 'ed 10 medals']);
  });

  test('is seeded by what everybody had before, or by lot', () => {
    const past = [won('p_di', 500, day(-3)), won('p_cy', 900, day(-4))];
    const byHistory = { ...contest, rules: { ...rules, seeding: 'history' as const } };
    const standing = stand(byHistory, { said: [...said, ...past] });
    expect(shown(standing).slice(0, 2)).toEqual(['cy 0 - - cy', 'bo 0 ed 20 ed']);
    const byLot = { ...contest, rules: { ...rules, seeding: 'draw' as const } };
    expect(stand(byLot, { said }).bracket).toEqual([]);
    const drawn = stand(byLot, { said, facts: { seed: 'ab'.repeat(32) } });
    const homes = drawn.bracket?.slice(0, 4).map(({ home }) => home);
    const lots = drawn.draw?.drawn.map(([, entrant]) => entrant);
    expect(homes).toEqual([0, 3, 1, 2].map((seed) => lots?.[seed]));
  });
});
