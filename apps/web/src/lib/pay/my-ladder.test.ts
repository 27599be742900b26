import { describe, expect, it } from 'vitest';
import { ladderOf } from './my-ladder.ts';

const bands = [
  { from: '0', rate: '0.06' },
  { from: '800', rate: '0.08' },
  { from: '1000', rate: '0.12' },
];
const states = (value: string) => ladderOf({ bands, value }).map(({ state }) => state);

describe('the tiers that somebody climbs', () => {
  it.each([
    ['-50', ['next', 'later', 'later']],
    ['0', ['now', 'next', 'later']],
    ['799.99', ['now', 'next', 'later']],
    ['800', ['past', 'now', 'next']],
    ['1200', ['past', 'past', 'now']],
  ])('at %s are %j', (value, expected) => expect(states(value)).toEqual(expected));

  it('are as wide as they reach, and filled as far as one is', () => {
    const [first, second, third] = ladderOf({ bands, value: '900' });
    expect(first).toMatchObject({ grow: 1, filled: 1, to: '800' });
    expect(second).toMatchObject({ grow: 0.25, filled: 0.5, to: '1000' });
    expect(third).toMatchObject({ filled: 0, to: null });
  });
  it('go on as far as somebody does beyond the last edge', () => {
    const last = ladderOf({ bands, value: '3000' }).at(-1)!;
    expect(last.filled).toBeGreaterThan(0.8);
    expect(last.filled).toBeLessThan(1);
  });
  it('stand on exact fractions too', () =>
    expect(ladderOf({ bands, value: '2401/3' })[1]?.state).toBe('now'));
  it('of one rate for everything are one', () => {
    expect(ladderOf({ bands: bands.slice(0, 1), value: '0' })).toHaveLength(1);
  });
});
