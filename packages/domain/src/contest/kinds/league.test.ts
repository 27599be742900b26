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
} from '../contest.fixture.ts';
import { divide, moved } from './league.ts';

/** Two divisions of three; three rounds of a day; one rises and one falls. */
const people = ['p_ada', 'p_bo', 'p_cy', 'p_di', 'p_ed', 'p_fay'];
const rules = { kind: 'league', divisions: 2, rounds: 3, move: 1, seeding: 'hand' } as const;
const contest = contestOf(rules, {
  to: MONDAY + 3 * DAY,
  who: { people },
  prizes: [forPlaces('title', 1, 1, '50')],
});
const said = [
  inTeam('p_ed', null),
  inTeam('p_fay', null),
  // Monday: Cy is last above, Ed first below.
  won('p_ada', 30, day(0)),
  won('p_bo', 20, day(0)),
  won('p_cy', 10, day(0)),
  won('p_di', 90, day(0)),
  won('p_ed', 95, day(0)),
  won('p_fay', 1, day(0)),
  // Tuesday: above are Ada, Bo, Ed; Ada has nothing. Below are Cy, Di, Fay; Fay is first.
  won('p_bo', 5, day(1)),
  won('p_ed', 6, day(1)),
  won('p_fay', 9, day(1)),
  // Wednesday: above are Ed, Bo, Fay; below Ada, Cy, Di.
  won('p_fay', 7, day(2)),
  won('p_bo', 8, day(2)),
  won('p_ada', 99, day(2)),
];

const divisionsOf = (now: number) =>
  stand(contest, { said, now }).lines.map(
    ({ entrant, division, rank }) => `${rank ?? '-'} ${division}${entrant.slice(2)}`,
  );

describe('a league', () => {
  test('has divisions of about equal size, the upper ones larger', () => {
    expect(divide(people, 4)).toEqual([['p_ada', 'p_bo'], ['p_cy', 'p_di'], ['p_ed'], ['p_fay']]);
    expect(divide(['p_ada'], 3)).toEqual([['p_ada']]);
  });

  test('lets the last of one and the first of the next change places', () => {
    const three = [
      ['a', 'b', 'c', 'd'],
      ['e', 'f', 'g', 'h'],
      ['i', 'j'],
    ];
    expect(moved(three, 2)).toEqual([
      ['a', 'b', 'e', 'f'],
      ['c', 'd', 'g', 'i'],
      ['h', 'j'],
    ]);
  });

  test('moves them after each round but the last', () => {
    expect(divisionsOf(day(0, 12))).toEqual([
      '1 1ada',
      '2 1bo',
      '3 1cy',
      '4 2ed',
      '5 2di',
      '6 2fay',
    ]);
    const third = ['1 1bo', '2 1fay', '3 1ed', '4 2ada', '5 2cy', '6 2di'];
    expect(divisionsOf(day(2, 12))).toEqual(third);
    expect(divisionsOf(day(3, 1))).toEqual(third);
  });

  test('shows the score of the round, and what is missing in the own division', () => {
    const standing = stand(contest, { said });
    expect(lineOf(standing, 'p_fay')).toMatchObject({ score: 700n, raw: 1_700n, gap: 100n });
    expect(lineOf(standing, 'p_ada')).toMatchObject({ score: 9_900n, gap: null, division: 2 });
    expect(paid(standing.awards)).toEqual(['bo 50 title']);
  });

  test('leaves the place of somebody empty who never had anything', () => {
    const standing = stand(contest, { said: said.slice(0, 4) });
    expect(standing.lines.map(({ entrant, rank }) => [entrant.slice(2), rank])).toEqual([
      ['ada', 1],
      ['bo', 2],
      ['cy', null],
      ['di', null],
      ['ed', null],
      ['fay', null],
    ]);
  });
});
