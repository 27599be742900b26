import { describe, expect, it } from 'vitest';
import { slideAt } from './rotation.ts';

const TURNS = [
  { id: 'leaderboard', dwellMs: 20_000 },
  { id: 'goal', dwellMs: 15_000 },
  { id: 'teams', dwellMs: 15_000 },
] as const;

describe('the rotation', () => {
  it.each([
    [0, 'leaderboard'],
    [19_999, 'leaderboard'],
    [20_000, 'goal'],
    [35_000, 'teams'],
    [49_999, 'teams'],
    [50_000, 'leaderboard'],
    [5_000_000 * 50_000 + 21_000, 'goal'],
  ])('at %d ms shows the %s', (now, id) => expect(slideAt(TURNS, now)).toBe(id));

  it('gives a slide the rest of its time after a takeover', () => {
    expect(slideAt(TURNS, 18_000)).toBe('leaderboard');
    expect(slideAt(TURNS, 18_000 + 8_000, 8_000)).toBe('leaderboard');
    expect(slideAt(TURNS, 20_000 + 8_000, 8_000)).toBe('goal');
  });

  it('stays where there is only one slide, and says nothing without any', () => {
    expect(slideAt(TURNS.slice(0, 1), 999_999)).toBe('leaderboard');
    expect(slideAt([], 5)).toBeUndefined();
  });
});
