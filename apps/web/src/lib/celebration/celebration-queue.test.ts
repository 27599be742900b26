import { describe, expect, it } from 'vitest';
import type { Celebration } from '@ovation/protocol';
import {
  advance,
  BANNER_MS,
  CALM_MS,
  cancel,
  clear,
  EMPTY_QUEUE,
  enqueue,
  TAKEOVER_MS,
  type CelebrationQueue,
} from './celebration-queue.ts';

const win = (id: string, value: number, more: Partial<Celebration> = {}): Celebration => ({
  id,
  tier: 'takeover',
  at: 0,
  startAt: 1_500,
  expiresAt: 600_000,
  person: { id: 'p', name: 'Sara Karimi' },
  team: null,
  account: null,
  amount: { value: String(value), currency: 'USD' },
  quota: null,
  goal: null,
  ...more,
});

const queueOf = (...wins: Celebration[]): CelebrationQueue => wins.reduce(enqueue, EMPTY_QUEUE);
const shownId = (queue: CelebrationQueue): string | undefined =>
  queue.showing && queue.showing.kind !== 'roll_up' ? queue.showing.win.id : undefined;

describe('the queue of celebrations', () => {
  it('waits for the common start', () => {
    const queue = queueOf(win('a', 1));
    expect(advance(queue, 1_499).queue.showing).toBeNull();
    expect(shownId(advance(queue, 1_500).queue)).toBe('a');
  });

  it('shows one at a time, the bigger first, then the older', () => {
    let { queue } = advance(queueOf(win('b', 5), win('c', 9), win('a', 5, { at: -1 })), 2_000);
    expect(queue.showing).toMatchObject({ kind: 'takeover', win: { id: 'c' }, more: 2 });
    expect(shownId(advance(queue, 3_000).queue)).toBe('c');
    queue = advance(queue, 2_000 + TAKEOVER_MS).queue;
    expect(queue.showing).toBeNull();
    queue = advance(queue, 2_000 + TAKEOVER_MS + CALM_MS).queue;
    expect(shownId(queue)).toBe('a');
  });

  it('leaves the board its twenty seconds between takeovers, but lets a banner in', () => {
    const began = advance(queueOf(win('a', 9), win('b', 1)), 2_000).queue;
    const over = 2_000 + TAKEOVER_MS;
    const withBanner = enqueue(began, win('s', 2, { tier: 'banner' }));
    const banner = advance(withBanner, over).queue;
    expect(shownId(banner)).toBe('s');
    expect(advance(banner, over + BANNER_MS).queue.showing).toBeNull();
    expect(advance(banner, over + CALM_MS - 1).queue.showing).toBeNull();
    expect(shownId(advance(banner, over + CALM_MS).queue)).toBe('b');
  });

  it('never shows the same win twice', () => {
    const over = advance(advance(queueOf(win('a', 1)), 2_000).queue, 50_000).queue;
    expect(advance(enqueue(over, win('a', 1)), 60_000).queue.showing).toBeNull();
  });

  it('lets the expired pass and says so', () => {
    const step = advance(queueOf(win('a', 1, { expiresAt: 5_000 })), 5_000);
    expect(step).toMatchObject({ expired: ['a'], begun: [], queue: { showing: null } });
  });

  it('drops a win that was taken back while it waits', () => {
    expect(advance(cancel(queueOf(win('a', 1)), 'a'), 2_000).queue.showing).toBeNull();
  });

  it('rolls a burst up into one', () => {
    const burst = [1, 4, 2, 3].map((value) => win(`w${value}`, value, { at: value * 60_000 }));
    const step = advance(queueOf(...burst), 300_000);
    expect(step.queue.showing).toMatchObject({ kind: 'roll_up', minutes: 3 });
    expect(step.begun).toEqual(['w4', 'w3', 'w2', 'w1']);
    expect(step.queue.waiting).toEqual([]);
  });

  it('lets everything go when the numbers are old', () => {
    const step = clear(queueOf(win('a', 1)), 2_000);
    expect(step).toMatchObject({ expired: ['a'], queue: { waiting: [], showing: null } });
  });
});
