import { describe, expect, test } from 'vitest';
import { contestOf, day, forPlaces, paid, shown, stand, won } from '../contest.fixture.ts';

const duel = contestOf(
  { kind: 'duel' },
  { who: { people: ['p_ada', 'p_cy'] }, prizes: [forPlaces('win', 1, 1, '40')] },
);
const said = [
  won('p_cy', 300, day(0)),
  won('p_ada', 200, day(1)),
  won('p_bo', 900, day(1)),
  won('p_ada', 100, day(2)),
];

describe('a duel', () => {
  test('is won by the one who has more, and nobody else is in it', () => {
    const standing = stand(duel, { said: said.slice(0, 3) });
    expect(shown(standing)).toEqual(['1 cy 300', '2 ada 200']);
    expect(standing.lines[1]?.gap).toBe(10_000n);
    expect(paid(standing.awards)).toEqual(['cy 40 win']);
  });

  test('that is level goes to whoever was there first, or is split', () => {
    expect(shown(stand(duel, { said }))).toEqual(['1 cy 300', '2 ada 300']);
    const split = stand({ ...duel, ties: 'split' }, { said });
    expect(shown(split)).toEqual(['1 cy 300', '1 ada 300']);
    expect(paid(split.awards)).toEqual(['ada 20 win', 'cy 20 win']);
  });

  test('in which nothing happens is won by nobody', () => {
    expect(stand(duel, { said: [] }).awards).toEqual([]);
  });
});
