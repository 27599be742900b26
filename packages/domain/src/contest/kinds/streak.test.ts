import { describe, expect, test } from 'vitest';
import {
  called,
  contestOf,
  day,
  forPlaces,
  lineOf,
  MONDAY,
  DAY,
  paid,
  shown,
  stand,
} from '../contest.fixture.ts';

/** Ten working days with a weekend between. */
const contest = contestOf(
  { kind: 'streak', daily: '2' },
  {
    scoring: { metric: 'calls' },
    to: MONDAY + 12 * DAY,
    prizes: [forPlaces('first', 1, 1, '10')],
  },
);
const two = (person: string, ...days: number[]) =>
  days.flatMap((on) => [called(person, day(on)), called(person, day(on, 15))]);
const said = [
  // Ada: Thursday, Friday, Monday, Tuesday; the weekend does not break it.
  ...two('p_ada', 3, 4, 7, 8),
  // Bo: Monday to Wednesday, one call on Thursday, Friday.
  ...two('p_bo', 0, 1, 2, 4),
  called('p_bo', day(3)),
  // Cy: the weekend does not count either.
  ...two('p_cy', 4, 5, 6, 7),
];

describe('a streak', () => {
  test('is the longest run of working days with enough', () => {
    const standing = stand(contest, { said });
    expect(shown(standing)).toEqual(['1 ada 4', '2 bo 3', '3 cy 2', '- di 0']);
    expect(lineOf(standing, 'p_ada')).toMatchObject({
      raw: 8_000_000n,
      reached: 4,
      reachedAt: day(8, 15),
      marks: ['2026-11-05', '2026-11-06', '2026-11-09', '2026-11-10'],
    });
    expect(lineOf(standing, 'p_bo')).toMatchObject({ reachedAt: day(2, 15), gap: 1_000_000n });
    expect(paid(standing.awards)).toEqual(['ada 10 first']);
  });

  test('is not broken by a day that was paused, and grows if it has enough all the same', () => {
    const pauses = [{ from: day(3, 12), to: day(3, 23) }];
    expect(shown(stand(contest, { said, facts: { pauses } }))).toEqual([
      '1 bo 4',
      '2 ada 3',
      '3 cy 2',
      '- di 0',
    ]);
    const open = [{ from: day(3, 20), to: day(3, 23) }];
    expect(lineOf(stand(contest, { said, facts: { pauses: open } }), 'p_ada').reached).toBe(4);
  });
});
