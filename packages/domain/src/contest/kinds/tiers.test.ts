import { describe, expect, test } from 'vitest';
import { contestOf, day, lineOf, money, paid, shown, stand, won } from '../contest.fixture.ts';

const prizes = [
  { id: 'bronze', for: { to: 'reached', step: 1 }, item: money('10') },
  { id: 'silver', for: { to: 'reached', step: 2 }, item: money('30') },
  { id: 'gold', for: { to: 'reached', step: 3 }, item: money('100') },
] as const;
const steps = ['500', '1000', '2000'];
const said = [won('p_ada', 2_500, day(0)), won('p_bo', 1_000, day(1)), won('p_cy', 499, day(2))];

describe('steps', () => {
  test('pay the last one that was passed', () => {
    const standing = stand(contestOf({ kind: 'tiers', steps }, { prizes }), { said });
    expect(shown(standing)).toEqual(['1 ada 2500', '2 bo 1000', '3 cy 499', '- di 0']);
    expect(paid(standing.awards)).toEqual(['bo 30 silver', 'ada 100 gold']);
    expect(lineOf(standing, 'p_ada')).toMatchObject({ reached: 3, gap: null });
    expect(lineOf(standing, 'p_bo')).toMatchObject({ reached: 2, gap: 100_000n });
    expect(lineOf(standing, 'p_cy')).toMatchObject({ reached: 0, gap: 100n });
  });

  test('pay all that were passed, where each one does', () => {
    const contest = contestOf({ kind: 'tiers', steps, each: true }, { prizes });
    expect(paid(stand(contest, { said }).awards)).toEqual([
      'ada 10 bronze',
      'bo 10 bronze',
      'ada 30 silver',
      'bo 30 silver',
      'ada 100 gold',
    ]);
  });

  test('pay the next lower one where a step has no prize', () => {
    const contest = contestOf({ kind: 'tiers', steps }, { prizes: [prizes[0], prizes[2]] });
    expect(paid(stand(contest, { said }).awards)).toEqual(['bo 10 bronze', 'ada 100 gold']);
  });
});
