import { describe, expect, test } from 'vitest';
import { contestOf, day, lineOf, money, paid, stand, won } from '../contest.fixture.ts';

const each = { id: 'each', for: { to: 'each_time' } } as const;
const prizes = [
  { ...each, item: money('25') },
  { ...each, id: 'points', item: { kind: 'points', points: 4 } },
  { ...each, id: 'star', item: { kind: 'badge', badge: 'star' } },
] as const;
const said = [
  won('p_ada', 1_250, day(0)),
  won('p_bo', 499, day(1)),
  won('p_cy', 9_000, day(2)),
  won('p_di', 1_500, day(3)),
];

describe('every so much', () => {
  test('pays once for each time, at most so often', () => {
    const contest = contestOf({ kind: 'every', step: '500', most: 3 }, { prizes });
    const standing = stand(contest, { said });
    const reached = standing.lines.map(({ entrant, reached: times, gap }) => [entrant, times, gap]);
    expect(reached).toEqual([
      ['p_cy', 3, null],
      ['p_di', 3, null],
      ['p_ada', 2, 25_000n],
      ['p_bo', 0, 100n],
    ]);
    expect(paid(standing.awards)).toEqual([
      'cy 75 each',
      'di 75 each',
      'ada 50 each',
      'cy 12p points',
      'di 12p points',
      'ada 8p points',
      'cy badge star',
      'cy badge star',
      'cy badge star',
      'di badge star',
      'di badge star',
      'di badge star',
      'ada badge star',
      'ada badge star',
    ]);
  });

  test('pays without end where nothing is said', () => {
    const contest = contestOf({ kind: 'every', step: '500' }, { prizes: prizes.slice(0, 1) });
    const standing = stand(contest, { said });
    expect(lineOf(standing, 'p_cy').reached).toBe(18);
    expect(paid(standing.awards)).toEqual(['cy 450 each', 'di 75 each', 'ada 50 each']);
  });
});
