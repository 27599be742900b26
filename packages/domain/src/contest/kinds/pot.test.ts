import { describe, expect, test } from 'vitest';
import { contestOf, day, paid, shown, stand, won } from '../contest.fixture.ts';

/** 100 dollars, and half a dollar for each deal, up to 101. */
const of = (percents: readonly number[] | 'by_score', more = {}) =>
  contestOf(
    { kind: 'pot', start: '100', per: '0.5', ...more },
    {
      scoring: { metric: 'deals' },
      prizes: [{ id: 'pot', for: { to: 'pot', percents } }],
    },
  );
const said = [won('p_ada', 1, day(0)), won('p_ada', 1, day(1)), won('p_bo', 1, day(2))];

describe('a pot', () => {
  test('grows with what anybody adds and is paid in parts by place', () => {
    const standing = stand(of([60, 40]), { said });
    // 100 and three halves: 101.50.
    expect(standing.total).toBe(10_150n);
    expect(standing.totalUnit).toEqual({ kind: 'money', currency: 'USD', scale: 2 });
    expect(shown(standing)).toEqual(['1 ada 2', '2 bo 1', '- cy 0', '- di 0']);
    expect(paid(standing.awards)).toEqual(['ada 60.9 pot', 'bo 40.6 pot']);
  });

  test('stops growing at its most', () => {
    expect(stand(of([100], { most: '101' }), { said }).total).toBe(10_100n);
  });

  test('is paid in proportion to what each one scored, to the last cent', () => {
    // 101.50 in thirds: 67.666… and 33.833…
    expect(paid(stand(of('by_score'), { said }).awards)).toEqual(['ada 67.67 pot', 'bo 33.83 pot']);
  });

  test('is never paid twice, however places are tied', () => {
    const level = [...said, won('p_bo', 1, day(1))];
    const shared = { ...of([60, 40]), ties: 'shared' as const };
    const standing = stand(shared, { said: level });
    expect(standing.total).toBe(10_200n);
    expect(paid(standing.awards)).toEqual(['ada 51 pot', 'bo 51 pot']);
    expect(paid(stand(of([60, 30, 10]), { said }).awards)).toEqual([
      'ada 60.9 pot',
      'bo 30.45 pot',
    ]);
  });

  test('holds what was in it where nobody adds anything, and pays nobody', () => {
    const standing = stand(of([100]), { said: [] });
    expect(standing.total).toBe(10_000n);
    expect(standing.awards).toEqual([]);
  });
});
