import { describe, expect, test } from 'vitest';
import { contestOf, day, forPlaces, lineOf, paid, shown, stand, won } from '../contest.fixture.ts';

const prizes = [forPlaces('first', 1, 1, '100'), forPlaces('others', 2, 3, '50')];
const race = contestOf({ kind: 'first_to', goal: '1000' }, { prizes, ties: 'shared' });
const said = [
  won('p_ada', 600, day(0)),
  won('p_bo', 900, day(0)),
  won('p_cy', 1_000, day(1)),
  won('p_ada', 500, day(2)),
  won('p_cy', 5_000, day(3)),
];

describe('the first to reach a goal', () => {
  test('is placed by when, the others by how far they are', () => {
    const standing = stand(race, { said });
    expect(shown(standing)).toEqual(['1 cy 1000', '2 ada 1000', '3 bo 900', '- di 0']);
    expect(standing.decidedAt).toBe(day(1));
    expect(lineOf(standing, 'p_ada')).toMatchObject({ reached: 1, reachedAt: day(2), gap: null });
    expect(lineOf(standing, 'p_bo')).toMatchObject({ reached: 0, gap: 10_000n });
  });

  test('is paid, and nobody for a place who has not reached it', () => {
    expect(paid(stand(race, { said }).awards)).toEqual(['cy 100 first', 'ada 50 others']);
  });

  test('is decided by nobody while nobody is there', () => {
    expect(stand(race, { said: said.slice(0, 2) }).decidedAt).toBeNull();
  });

  test('is not through who fell below it again', () => {
    const amended = { type: 'deal.amended', deal: 's/d-cy', at: day(4) } as const;
    const story = [
      won('p_cy', 1_000, day(1), 'cy'),
      won('p_ada', 990, day(2)),
      { ...amended, amount: { minor: '98000', currency: 'USD' } },
    ];
    expect(shown(stand(race, { said: story })).slice(0, 2)).toEqual(['1 ada 990', '2 cy 980']);
  });
});
