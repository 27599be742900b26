import { describe, expect, test } from 'vitest';
import { contestOf, day, lineOf, money, paid, shown, stand, won } from '../contest.fixture.ts';

const prizes = [{ id: 'bonus', for: { to: 'reached' }, item: money('50') }] as const;
const goal = contestOf({ kind: 'all_who_reach', goal: '1000' }, { prizes });
const said = [
  won('p_ada', 1_000, day(0)),
  won('p_bo', 999.99, day(1)),
  won('p_cy', 400, day(2)),
  won('p_cy', 700, day(3)),
];

describe('everybody who reaches the goal', () => {
  test('wins, and to reach it exactly is enough', () => {
    const standing = stand(goal, { said });
    expect(shown(standing)).toEqual(['1 cy 1100', '2 ada 1000', '3 bo 999.99', '- di 0']);
    expect(paid(standing.awards)).toEqual(['cy 50 bonus', 'ada 50 bonus']);
    expect(lineOf(standing, 'p_bo')).toMatchObject({ reached: 0, gap: 1n });
    expect(lineOf(standing, 'p_cy')).toMatchObject({ reached: 1, gap: null });
    expect(lineOf(standing, 'p_di').gap).toBe(100_000n);
  });

  test('shares a budget that is too small for all, to the last cent', () => {
    const more = [...said, won('p_bo', 1, day(4))];
    const { awards } = stand({ ...goal, budget: '100' }, { said: more });
    expect(paid(awards)).toEqual(['cy 33.34 bonus', 'bo 33.33 bonus', 'ada 33.33 bonus']);
  });

  test('has to be as low as the goal where less is better', () => {
    const open = (n: number) =>
      ({ type: 'deal.opened', deal: `s/d-q${n}`, credits: [], at: day(0, 0) }) as const;
    const quick = [
      open(1),
      open(2),
      won('p_ada', 1, day(0, 5), 'q1'),
      won('p_bo', 1, day(0, 7), 'q2'),
    ];
    const rules = { kind: 'all_who_reach', goal: '21600' } as const;
    const contest = contestOf(rules, { scoring: { metric: 'cycle-length' }, prizes });
    const standing = stand(contest, { said: quick });
    expect(paid(standing.awards)).toEqual(['ada 50 bonus']);
    expect(lineOf(standing, 'p_bo').gap).toBe(3_600_000n);
    expect(lineOf(standing, 'p_cy').reached).toBe(0);
  });
});
