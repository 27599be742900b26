import { describe, expect, it } from 'vitest';
import { mixOf, mixTotal, mixWidths, newestOf } from './mix.ts';

const mix = (deal: number, sourcing: number, relationship: number) => ({
  'deal-making': deal,
  sourcing,
  relationship,
});
const event = (at: string) => ({
  type: 'deal.won',
  activity: null,
  account: null,
  amount: null,
  at,
});

describe('the mix of a team', () => {
  const people = [
    { mix: mix(1, 2, 0), last: event('2026-11-24T10:00:00Z') },
    undefined,
    { mix: mix(0, 3, 4), last: event('2026-11-24T11:00:00Z') },
    { mix: mix(0, 0, 0), last: null },
  ];

  it('is what its people did together', () => {
    expect(mixOf(people)).toEqual(mix(1, 5, 4));
    expect(mixTotal(mixOf(people))).toBe(10);
  });

  it('ends with the newest event of anybody', () => {
    expect(newestOf(people)?.at).toBe('2026-11-24T11:00:00Z');
    expect(newestOf([undefined])).toBeNull();
  });
});

describe('the bar of a mix', () => {
  it('leaves out what was not done, and keeps a little in sight', () => {
    const widths = mixWidths(mix(1, 0, 99));
    expect(widths.map((part) => part.name)).toEqual(['deal-making', 'relationship']);
    expect(widths[0]!.percent).toBe(6);
  });

  it('of nothing is nothing', () => expect(mixWidths(mix(0, 0, 0))).toEqual([]));
});
