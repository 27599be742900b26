import { expect, test } from 'vitest';
import { effectOf, effectWindows } from './effect.ts';

const brought = (some: Record<string, number>) =>
  new Map(Object.entries(some).map(([person, value]) => [person, BigInt(value)]));
const usual = brought({ ana: 10, bo: 20 });
const input = {
  before: [usual, usual, usual, usual],
  during: brought({ ana: 30, bo: 15 }),
  after: null,
  winners: new Set(['ana']),
  cost: 300n,
};

test('baseline, uplift and what one more cost', () => {
  expect(effectOf(input)).toMatchObject({
    baseline: 30n,
    during: 45n,
    uplift: 15n,
    upliftPermille: 500,
    after: null,
    dip: null,
    improved: 1,
    people: 2,
    winners: 1,
    topShare: 66,
    costPer: { minor: 300n, units: 15n },
  });
});

test('a dip afterwards is told once the time is over, and a gain is no dip', () => {
  expect(effectOf({ ...input, after: brought({ ana: 5, bo: 5 }) }).dip).toBe(-20n);
  expect(effectOf({ ...input, after: brought({ ana: 50 }) }).dip).toBe(0n);
});

test('what fell is below zero and costs nothing per unit', () => {
  const less = effectOf({ ...input, during: brought({ ana: 10, bo: 9 }) });
  expect(less.uplift).toBe(-11n);
  expect(less.upliftPermille).toBe(-367);
  expect(less.costPer).toBeNull();
});

test('without a past there is no percentage', () => {
  const first = effectOf({ ...input, before: [] });
  expect(first).toMatchObject({ baseline: 0n, upliftPermille: null, uplift: 45n });
});

test('windows of the same length, one behind the other, around the contest', () => {
  const { before, after } = effectWindows({ from: 400, to: 500 });
  expect(before.map(({ from, to }) => [from, to])).toEqual([
    [0, 100],
    [100, 200],
    [200, 300],
    [300, 400],
  ]);
  expect(after).toEqual({ from: 500, to: 600 });
});
