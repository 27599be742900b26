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

/** Three rounds of a day; after each one goes, until two are left. */
const contest = contestOf(
  { kind: 'elimination', rounds: 3, out: 1, left: 2 },
  { to: MONDAY + 3 * DAY, prizes: [forPlaces('places', 1, 3, '10')] },
);
const said = [
  inTeam('p_di', null),
  won('p_ada', 50, day(0)),
  won('p_bo', 40, day(0)),
  won('p_cy', 30, day(0)),
  won('p_di', 20, day(0)),
  // Tuesday: Ada has the least, though she has most in all.
  won('p_bo', 6, day(1)),
  won('p_cy', 8, day(1)),
  won('p_ada', 5, day(1)),
  // Wednesday: two are left, nobody goes any more.
  won('p_cy', 1, day(2)),
  won('p_bo', 2, day(2)),
  won('p_di', 500, day(2)),
];

const shown = (now: number) =>
  stand(contest, { said, now }).lines.map(
    ({ entrant, rank, outIn }) => `${rank} ${entrant.slice(2)} ${outIn ?? 'in'}`,
  );

describe('an elimination', () => {
  test('lets nobody go before a round is over', () => {
    expect(shown(day(0, 12))).toEqual(['1 ada in', '2 bo in', '3 cy in', '4 di in']);
  });

  test('lets the last of each round go, by that round alone', () => {
    expect(shown(day(1, 12))).toEqual(['1 cy in', '2 bo in', '3 ada in', '4 di 1']);
    expect(shown(day(2, 12))).toEqual(['1 bo in', '2 cy in', '3 ada 2', '4 di 1']);
  });

  test('keeps so many to the end, who are ranked by the last round', () => {
    expect(shown(contest.to)).toEqual(['1 bo in', '2 cy in', '3 ada 2', '4 di 1']);
    const standing = stand(contest, { said });
    expect(lineOf(standing, 'p_cy')).toMatchObject({ score: 100n, gap: 100n, raw: 3_900n });
    expect(lineOf(standing, 'p_ada')).toMatchObject({ score: 500n, gap: null });
    expect(paid(standing.awards)).toEqual(['bo 10 places', 'cy 10 places', 'ada 10 places']);
  });

  test('puts who left behind everybody, without a place', () => {
    const standing = stand(contest, { said, facts: { out: new Set(['p_bo']) } });
    const left = standing.lines.map(({ entrant, rank }) => [entrant.slice(2), rank]);
    // Di goes on Monday; Ada and Cy are left, and on Wednesday Cy has more.
    expect(left).toEqual([
      ['cy', 1],
      ['ada', 2],
      ['di', 3],
      ['bo', null],
    ]);
  });

  test('asks who has more in all, where a round says nothing', () => {
    const quiet = said.slice(0, 5);
    const standing = stand(contest, { said: quiet, now: day(2, 0) });
    expect(lineOf(standing, 'p_cy').outIn).toBe(2);
  });
});
