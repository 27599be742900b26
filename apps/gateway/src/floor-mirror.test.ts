import { LocalBus } from '@ovation/bus';
import {
  askChannel,
  liveChannel,
  type BoardSnapshot,
  type LiveAsk,
  type LiveNews,
} from '@ovation/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FloorMirror } from './floor-mirror.ts';
import { LIMITS } from './limits.ts';

const ORG = 'org_1';
const SLUG = 'deals-day';
const frame = (v: number, ep = 'e1'): BoardSnapshot => ({
  kind: 'snapshot',
  b: SLUG,
  ep,
  v,
  at: v,
  meta: {
    slug: SLUG,
    metric: 'deals',
    of: 'people',
    better: 'higher',
    unit: { kind: 'count', scale: 6 },
    period: 'day',
    from: null,
    to: null,
    workDays: [],
  },
  totals: { total: String(v), target: null, count: 1, days: [] },
  off: 0,
  rows: [['p', 'p', 0, 0, String(v), 1, 0, null, 0, null]],
});

let bus: LocalBus;
let now: number;
let mirror: FloorMirror;
let asked: LiveAsk[];
let shown: number[];
const watched = new Set<string>();

const tell = async (news: LiveNews) => {
  await bus.publish(liveChannel(ORG), news);
  await heard();
};
/** Everything that is under way on the bus has arrived. */
const heard = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const beat = (boot: string, boards: Record<string, readonly [string, number]> = {}) =>
  tell({ kind: 'beat', boot, seq: 1, boards });
const asksFor = (slug: string) => asked.filter((ask) => ask.boards.includes(slug) && !ask.keep);

beforeEach(async () => {
  bus = new LocalBus();
  now = 1_000_000;
  asked = [];
  shown = [];
  watched.clear();
  mirror = new FloorMirror(bus, { now: () => now }, ORG, {
    board: (slug) => shown.push(mirror.get(slug)!.version),
    watched: () => watched,
    celebrate: () => undefined,
    uncelebrate: () => undefined,
    feed: () => undefined,
    feedChange: () => undefined,
    contests: () => undefined,
    pay: () => undefined,
  });
  await bus.subscribe(askChannel(ORG), (ask) => asked.push(ask as LiveAsk));
  await mirror.open();
  await heard();
});
afterEach(() => bus.close());

/** Somebody watches a board, and it came. */
async function watching(boot = 'run_1'): Promise<void> {
  const arrived = mirror.ready(SLUG);
  await heard();
  await tell({ kind: 'board', frame: frame(1) });
  await arrived;
  watched.add(SLUG);
  await beat(boot, { [SLUG]: ['e1', 1] });
  asked = [];
  now += LIMITS.askEveryMs;
}

describe('a board that is watched', () => {
  test('is asked for when another projector begins, and is current within that beat', async () => {
    await watching();
    await beat('run_2');
    expect(asksFor(SLUG)).toHaveLength(1);
    await tell({ kind: 'board', frame: frame(9) });
    expect(shown.at(-1)).toBe(9);
    expect(mirror.get(SLUG)?.version).toBe(9);
  });

  test('is asked for when the projector no longer keeps it', async () => {
    await watching();
    await beat('run_1');
    expect(asksFor(SLUG)).toHaveLength(1);
  });

  test('is asked for again when it got lost here', async () => {
    watched.add(SLUG);
    await beat('run_1', { [SLUG]: ['e1', 4] });
    now += LIMITS.askEveryMs;
    await beat('run_1', { [SLUG]: ['e1', 4] });
    expect(asksFor(SLUG).length).toBeGreaterThan(0);
    await tell({ kind: 'board', frame: frame(4) });
    expect(shown).toEqual([4]);
  });

  test('is asked for when a message of it was lost, and not while it is current', async () => {
    await watching();
    await beat('run_1', { [SLUG]: ['e1', 1] });
    expect(asksFor(SLUG)).toEqual([]);
    await beat('run_1', { [SLUG]: ['e1', 2] });
    expect(asksFor(SLUG)).toHaveLength(1);
  });

  test('is kept, said from time to time', async () => {
    await watching();
    now += LIMITS.keepEveryMs;
    await beat('run_1', { [SLUG]: ['e1', 1] });
    await beat('run_1', { [SLUG]: ['e1', 1] });
    expect(asked).toEqual([{ boards: [SLUG], keep: true }]);
  });
});

test('a board that nobody watches any more is let go, and its news is none of ours', async () => {
  await watching();
  watched.clear();
  await beat('run_1', { [SLUG]: ['e1', 2] });
  expect(mirror.get(SLUG)).toBeUndefined();
  expect(asked).toEqual([]);
  shown = [];
  await tell({ kind: 'board', frame: frame(3) });
  expect(shown).toEqual([]);
  expect(mirror.get(SLUG)).toBeUndefined();
});

test('a board that there is none of is answered at once, not after the wait', async () => {
  const ready = mirror.ready('nothing-day');
  await heard();
  await tell({ kind: 'no_board', slug: 'nothing-day' });
  expect(await ready).toBeUndefined();
});
