import { describe, expect, test } from 'vitest';
import { contestOf, day, forPlaces, lineOf, paid, shown, stand, won } from '../contest.fixture.ts';

const prizes = [forPlaces('first', 1, 2, '100')];
const of = (by: 'percent' | 'amount') =>
  contestOf({ kind: 'most_improved', windows: 2, by }, { prizes });
/** The two weeks before: Ada 1,000 and 2,000; Bo 100 and nothing; Di 400 each; Cy nothing. */
const before = [
  won('p_ada', 1_000, day(-14)),
  won('p_ada', 2_000, day(-7)),
  won('p_bo', 100, day(-9)),
  won('p_di', 400, day(-10)),
  won('p_di', 400, day(-1)),
  won('p_bo', 99_999, day(-15)),
];
const said = [
  ...before,
  won('p_ada', 1_800, day(0)),
  won('p_bo', 150, day(1)),
  won('p_cy', 5_000, day(2)),
  won('p_di', 300, day(3)),
];

describe('the most improved', () => {
  test('by amount has the most beyond the own usual', () => {
    const standing = stand(of('amount'), { said });
    expect(shown(standing)).toEqual(['1 cy 5000', '2 ada 300', '3 bo 100', '- di -100']);
    expect(lineOf(standing, 'p_ada')).toMatchObject({ raw: 180_000n, gap: 470_000n });
  });

  test('by percent is measured against the own usual; without one there is no place', () => {
    const standing = stand(of('percent'), { said });
    // Ada 1,800 against 1,500: 20 %. Bo 150 against 50: 200 %.
    expect(shown(standing)).toEqual(['1 bo 200', '2 ada 20', '- cy 0', '- di -25']);
    expect(standing.unit.kind).toBe('percent');
    expect(paid(standing.awards)).toEqual(['bo 100 first', 'ada 100 first']);
  });

  test('does not hold windows against anybody in which they were not here', () => {
    const staff = new Map([['p_bo', { startedAt: day(-8), role: null }]]);
    const standing = stand(of('percent'), { said, staff });
    expect(shown(standing)).toEqual(['1 ada 20', '- bo 0', '- cy 0', '- di -25']);
  });
});
