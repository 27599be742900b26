import { describe, expect, test } from 'vitest';
import { contestOf, day, lineOf, money, paid, stand, won } from '../contest.fixture.ts';

const prizes = [{ id: 'dinner', for: { to: 'reached' }, item: money('20') }] as const;
const together = contestOf({ kind: 'collective', goal: '2000' }, { prizes });
const said = [
  won('p_ada', 900, day(0)),
  won('p_bo', 600, day(1)),
  won('p_ada', 499.99, day(2)),
  won('p_cy', 0.01, day(3)),
];

describe('all together', () => {
  test('win when the sum is there, everybody who took part', () => {
    const standing = stand(together, { said });
    expect(standing.total).toBe(200_000n);
    expect(standing.decidedAt).toBe(day(3));
    expect(paid(standing.awards)).toEqual(['ada 20 dinner', 'bo 20 dinner', 'cy 20 dinner']);
    expect(lineOf(standing, 'p_di')).toMatchObject({ rank: null, reached: 0, gap: null });
  });

  test('win nothing a cent before it', () => {
    const standing = stand(together, { said: said.slice(0, 3) });
    expect(standing.awards).toEqual([]);
    expect(standing.decidedAt).toBeNull();
    expect(standing.lines.map(({ gap }) => gap)).toEqual([1n, 1n, 1n, 1n]);
  });

  test('were there at the first moment at which they had it, refunds or not', () => {
    const metric = { metric: 'cash' };
    const cash = {
      type: 'metric.published',
      metric: { id: 'cash', unit: 'money', better: 'higher', class: null },
      version: {
        version: 1,
        from: 0,
        definition: {
          kind: 'sum',
          of: 'amount',
          events: ['payment.received', 'payment.refunded'],
        },
      },
      at: 0,
    } as const;
    const pay = (person: string, dollars: number, at: number, back = false) => ({
      type: back ? ('payment.refunded' as const) : ('payment.received' as const),
      payment: `$s/${at}`,
      credits: [{ person, share: '1' }],
      amount: { minor: String(dollars * 100), currency: 'USD' },
      at,
    });
    const story = [
      cash,
      pay('p_ada', 1_500, day(0)),
      pay('p_bo', 500, day(1)),
      pay('p_ada', 400, day(2), true),
      pay('p_cy', 400, day(3)),
    ];
    const contest = { ...together, scoring: metric };
    const ready = stand(contest, { said: story });
    expect(ready.total).toBe(200_000n);
    expect(ready.decidedAt).toBe(day(1));
    expect(stand(contest, { said: story.slice(0, 4) }).decidedAt).toBeNull();
  });

  test('are all of it after handicaps', () => {
    const handicap = { by: 'hand', factors: { p_ada: '2' } } as const;
    const standing = stand({ ...together, handicap }, { said: said.slice(0, 2) });
    expect(standing.total).toBe(240_000n);
    expect(standing.decidedAt).toBe(day(1));
  });
});
