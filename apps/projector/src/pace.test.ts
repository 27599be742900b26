import type { BoardDelta } from '@ovation/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pace } from './pace.ts';
import type { Stage } from './stage.ts';

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

/** A stage with one board and some contests, each of which takes a while to rank. */
function paced(contests: number, tookMs: number) {
  let waiting = 0;
  const looks: number[] = [];
  const turns: number[] = [];
  const since = Date.now();
  const stage = {
    update: () => {
      looks.push(Date.now() - since);
      return [];
    },
    queue: () => void (waiting = contests),
    get behind() {
      return waiting > 0;
    },
    turns(_: unknown, mayGoOn: () => boolean) {
      while (waiting > 0 && mayGoOn()) {
        waiting -= 1;
        turns.push(Date.now() - since);
        vi.setSystemTime(Date.now() + tookMs);
      }
      return [] as BoardDelta[];
    },
  };
  const now = () => ({ stage: stage as unknown as Stage, directory: new Map() });
  const pace = new Pace({ now: () => Date.now() }, now, () => undefined);
  return { pace, looks, turns };
}

it('tells the first change at once, and what follows at a pace', () => {
  const { pace, looks, turns } = paced(2, 0);
  for (let n = 0; n < 60; n += 1) {
    pace.soon(false);
    vi.advanceTimersByTime(10);
  }
  expect(looks[0]).toBe(0);
  expect(looks.length).toBeGreaterThan(10);
  expect(looks.length).toBeLessThan(60);
  // Both contests at once, and again with each round.
  expect(turns.slice(0, 2)).toEqual([0, 0]);
  expect(turns.filter((at) => at > 0 && at < 200)).toEqual([]);
  expect(turns.filter((at) => at >= 200 && at < 250)).toHaveLength(2);
});

it('leaves the loop to others between contests that take long, and forgets none', () => {
  const { pace, turns } = paced(9, 3);
  pace.soon(false);
  expect(turns).toHaveLength(1);
  vi.advanceTimersByTime(500);
  expect(turns).toHaveLength(9);
});

it('ranks what changed during a round in another one', () => {
  const { pace, turns } = paced(60, 3);
  pace.soon(false);
  vi.advanceTimersByTime(41);
  expect(turns.length).toBeLessThan(60);
  pace.soon(false);
  vi.advanceTimersByTime(1_000);
  expect(turns).toHaveLength(120);
  vi.advanceTimersByTime(5_000);
  expect(turns).toHaveLength(120);
});
