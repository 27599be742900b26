import { describe, expect, test } from 'vitest';
import { contestOf, day, lineOf, money, paid, stand, WEEK_END, won } from '../contest.fixture.ts';
import { commitmentOf, verifyDraw } from '../draw.ts';

const SEED = '5eed'.repeat(16);
const prizes = [
  { id: 'car', for: { to: 'drawn', winners: 1 }, item: money('1000') },
  { id: 'cup', for: { to: 'drawn', winners: 2 }, item: money('10') },
] as const;
const lottery = contestOf({ kind: 'raffle', ticket: '100', most: 5 }, { prizes });
const said = [
  won('p_ada', 350, day(0)),
  won('p_bo', 99, day(1)),
  won('p_cy', 2_000, day(2)),
  won('p_di', 100, day(3)),
];

describe('a raffle', () => {
  test('gives a ticket for every so much, at most so many', () => {
    const standing = stand(lottery, { said });
    const tickets = standing.lines.map(({ entrant, reached, gap }) => [entrant, reached, gap]);
    expect(tickets).toEqual([
      ['p_cy', 5, null],
      ['p_ada', 3, 5_000n],
      ['p_di', 1, 10_000n],
      ['p_bo', 0, 100n],
    ]);
    expect(standing.draw).toBeUndefined();
    expect(standing.awards).toEqual([]);
  });

  test('draws after the end, from the seed, without putting back', () => {
    const facts = { seed: SEED };
    expect(stand(lottery, { said, facts, now: WEEK_END - 1 }).draw).toBeUndefined();
    const { draw, awards } = stand(lottery, { said, facts });
    expect(draw?.tickets).toEqual([
      ['p_ada', 3],
      ['p_cy', 5],
      ['p_di', 1],
    ]);
    expect(new Set(draw?.drawn.map(([ticket]) => ticket)).size).toBe(3);
    expect(draw && verifyDraw(draw, commitmentOf(SEED))).toEqual({
      seed: true,
      digest: true,
      drawn: true,
    });
    const winners = draw?.drawn.map(([, entrant]) => entrant.slice(2));
    expect(paid(awards)).toEqual([
      `${winners?.[0]} 1000 car`,
      `${winners?.[1]} 10 cup`,
      `${winners?.[2]} 10 cup`,
    ]);
  });

  test('draws what it always drew', () => {
    const { draw } = stand(lottery, { said, facts: { seed: SEED } });
    expect(draw?.drawn).toMatchInlineSnapshot(`
      [
        [
          1,
          "p_ada",
        ],
        [
          0,
          "p_ada",
        ],
        [
          3,
          "p_cy",
        ],
      ]
    `);
    expect(lineOf(stand(lottery, { said }), 'p_bo').rank).toBe(4);
  });
});
