import { describe, expect, test } from 'vitest';
import { contestOf, day, forPlaces, paid, shown, stand, won } from '../contest.fixture.ts';

const prizes = [forPlaces('first', 1, 1, '10')];
const hours = [{ from: 10 * 60, to: 11 * 60 }];
const rules = { kind: 'power_hour', hours, weekdays: [1, 3] } as const;
const contest = contestOf(rules, { prizes });
const said = [
  won('p_ada', 100, day(0, 10)),
  won('p_bo', 900, day(0, 11)),
  won('p_bo', 60, day(2, 10.99)),
  won('p_cy', 900, day(1, 10)),
  won('p_ada', 900, day(2, 9.99)),
];

describe('power hours', () => {
  test('count what happens in them alone, on their days', () => {
    const standing = stand(contest, { said });
    expect(shown(standing)).toEqual(['1 ada 100', '2 bo 60', '- cy 0', '- di 0']);
    expect(paid(standing.awards)).toEqual(['ada 10 first']);
  });

  test('are every day where no days are named', () => {
    const daily = contestOf({ kind: 'power_hour', hours });
    expect(shown(stand(daily, { said }))[0]).toBe('1 cy 900');
  });

  test('do not go on in a pause', () => {
    const pauses = [{ from: day(0, 9), to: day(0, 10.5) }];
    expect(shown(stand(contest, { said, facts: { pauses } }))[0]).toBe('1 bo 60');
  });
});
