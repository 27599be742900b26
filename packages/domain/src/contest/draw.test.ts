import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  commitmentOf,
  digestOf,
  drawOrder,
  drawTickets,
  spinOf,
  verifyDraw,
  type Tickets,
} from './draw.ts';

const seed = fc.stringMatching(/^[0-9a-f]{64}$/);
const tickets: fc.Arbitrary<Tickets> = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 })
  .map((counts) => counts.map((count, index) => [`p_${index}`, count] as const));
const flipped = (text: string) => `${text[0] === '0' ? '1' : '0'}${text.slice(1)}`;
const ALL = { seed: true, digest: true, drawn: true };

describe('a draw', () => {
  test('is promised by the SHA-256 of the seed as it is written', () => {
    expect(commitmentOf('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(digestOf([['p_ada', 3]])).toBe(commitmentOf('p_ada 3\n'));
  });

  test('comes out the same again from its seed, whoever draws', () => {
    fc.assert(
      fc.property(seed, tickets, fc.nat(30), (one, list, winners) => {
        const draw = drawTickets(one, list, winners);
        expect(drawTickets(one, list, winners)).toEqual(draw);
        expect(verifyDraw(draw, commitmentOf(one))).toEqual(ALL);
      }),
    );
  });

  test('draws each ticket once, and tickets of whom they belong to', () => {
    fc.assert(
      fc.property(seed, tickets, (one, list) => {
        const owners = list.flatMap(([entrant, count]) => Array<string>(count).fill(entrant));
        const { drawn } = drawTickets(one, list, 10_000);
        expect(drawn.map(([ticket]) => ticket).sort((a, b) => a - b)).toEqual([...owners.keys()]);
        for (const [ticket, entrant] of drawn) expect(entrant).toBe(owners[ticket]);
      }),
    );
  });

  test('goes on as it began, however many are drawn', () => {
    fc.assert(
      fc.property(seed, tickets, fc.nat(10), (one, list, winners) => {
        const few = drawTickets(one, list, winners).drawn;
        expect(drawTickets(one, list, winners + 5).drawn.slice(0, few.length)).toEqual(few);
      }),
    );
  });

  test('cannot be steered after the promise: other seeds, tickets or winners do not hold', () => {
    fc.assert(
      fc.property(seed, tickets, fc.nat(), (one, list, pick) => {
        const draw = drawTickets(one, list, 3);
        const promised = commitmentOf(one);
        const reseeded = drawTickets(flipped(one), list, 3);
        expect(verifyDraw(reseeded, promised)).toEqual({ ...ALL, seed: false });
        const owner = pick % list.length;
        const more = list.map(([id, n], index) => [id, index === owner ? n + 1 : n] as const);
        expect(verifyDraw({ ...draw, tickets: more }, promised).digest).toBe(false);
        const [first, ...rest] = draw.drawn;
        const stolen = [[first![0], 'p_thief'] as const, ...rest];
        expect(verifyDraw({ ...draw, drawn: stolen }, promised).drawn).toBe(false);
        const longer = { ...draw, drawn: [...draw.drawn, first!] };
        expect(verifyDraw(longer, promised).drawn).toBe(false);
      }),
    );
  });

  test('gives every ticket the same chance', () => {
    const firsts = new Map<number, number>();
    const list: Tickets = [
      ['p_a', 1],
      ['p_b', 2],
      ['p_c', 3],
    ];
    for (let n = 0; n < 6_000; n += 1) {
      const [ticket] = drawTickets(String(n), list, 1).drawn[0]!;
      firsts.set(ticket, (firsts.get(ticket) ?? 0) + 1);
    }
    // A thousand each; four standard deviations are 116.
    for (const count of firsts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(116);
    expect(firsts.size).toBe(6);
  });

  test('orders everybody by lot, whatever order they are named in', () => {
    const everybody = ['p_c', 'p_a', 'p_b'];
    const order = drawOrder('5eed', everybody);
    expect(drawOrder('5eed', [...everybody].reverse())).toEqual(order);
    expect(order.drawn.map(([, entrant]) => entrant).sort()).toEqual(['p_a', 'p_b', 'p_c']);
  });

  test('spins the same for an event, whatever was spun before', () => {
    expect(spinOf('5eed', 's/1', [1, 1])).toBe(spinOf('5eed', 's/1', [1, 1]));
    expect(spinOf('5eed', 's/1', [0, 7])).toBe(1);
  });
});
