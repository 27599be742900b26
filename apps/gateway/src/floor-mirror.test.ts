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
/** A board of so many people, of whom the first rows are told. */
const frame = (v: number, ep = 'e1', { count = 1, rows = 1 } = {}): BoardSnapshot => ({
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
  totals: { total: String(v), target: null, count, days: [] },
  off: 0,
  rows: Array.from({ length: rows }, (_, n) => [`p${n}`, 'p', 0, 0, `${v}`, 1, 0, null, 0, null]),
});

let bus: LocalBus;
let now: number;
let mirror: FloorMirror;
let asked: LiveAsk[];
let shown: number[];
const watched = new Map<string, number>();

const tell = async (news: LiveNews) => {
  await bus.publish(liveChannel(ORG), news);
  await heard();
};
/** Everything that is under way on the bus has arrived. */
const heard = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
type Versions = Extract<LiveNews, { kind: 'beat' }>['boards'];
const beat = (boot: string, boards: Versions = {}) => tell({ kind: 'beat', boot, seq: 1, boards });
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
  const arrived = mirror.ready(SLUG, 10);
  await heard();
  await tell({ kind: 'board', frame: frame(1) });
  await arrived;
  watched.set(SLUG, 10);
  await beat(boot, { [SLUG]: ['e1', 1, 10] });
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
    watched.set(SLUG, 10);
    await beat('run_1', { [SLUG]: ['e1', 4, 10] });
    now += LIMITS.askEveryMs;
    await beat('run_1', { [SLUG]: ['e1', 4, 10] });
    expect(asksFor(SLUG).length).toBeGreaterThan(0);
    await tell({ kind: 'board', frame: frame(4) });
    expect(shown).toEqual([4]);
  });

  test('is asked for when a message of it was lost, and not while it is current', async () => {
    await watching();
    await beat('run_1', { [SLUG]: ['e1', 1, 10] });
    expect(asksFor(SLUG)).toEqual([]);
    await beat('run_1', { [SLUG]: ['e1', 2, 10] });
    expect(asksFor(SLUG)).toHaveLength(1);
  });

  test('is kept, said from time to time', async () => {
    await watching();
    now += LIMITS.keepEveryMs;
    await beat('run_1', { [SLUG]: ['e1', 1, 10] });
    await beat('run_1', { [SLUG]: ['e1', 1, 10] });
    expect(asked).toEqual([{ boards: [SLUG], rows: { [SLUG]: 10 }, keep: true }]);
  });
});

describe('rows further down', () => {
  const long = { count: 40 };

  test('are asked for when somebody watches them, and waited for', async () => {
    await watching();
    await tell({ kind: 'board', frame: frame(2, 'e1', { ...long, rows: 10 }) });
    let came: number | undefined;
    const ready = mirror.ready(SLUG, 30).then((board) => {
      came = board!.snapshot({ from: 0, to: 30 }).rows.length;
    });
    await heard();
    expect(asked).toEqual([{ boards: [SLUG], rows: { [SLUG]: 30 } }]);
    await tell({ kind: 'board', frame: frame(3, 'e1', { ...long, rows: 10 }) });
    expect(came).toBeUndefined();
    // The version that is here already, and more rows of it.
    await tell({ kind: 'board', frame: frame(3, 'e1', { ...long, rows: 30 }) });
    await ready;
    expect(came).toBe(30);
  });

  test('that are no longer kept are let go, and asked for while they are watched', async () => {
    await watching();
    await tell({ kind: 'board', frame: frame(2, 'e1', { ...long, rows: 30 }) });
    await beat('run_1', { [SLUG]: ['e1', 2, 20] });
    expect(mirror.get(SLUG)!.snapshot({ from: 0, to: 99 }).rows).toHaveLength(20);
    expect(asksFor(SLUG)).toEqual([]);
    watched.set(SLUG, 30);
    await beat('run_1', { [SLUG]: ['e1', 2, 20] });
    expect(asksFor(SLUG)).toEqual([{ boards: [SLUG], rows: { [SLUG]: 30 } }]);
  });
});

test('a board that nobody watches any more is let go, and its news is none of ours', async () => {
  await watching();
  watched.clear();
  await beat('run_1', { [SLUG]: ['e1', 2, 10] });
  expect(mirror.get(SLUG)).toBeUndefined();
  expect(asked).toEqual([]);
  shown = [];
  await tell({ kind: 'board', frame: frame(3) });
  expect(shown).toEqual([]);
  expect(mirror.get(SLUG)).toBeUndefined();
});

test('a board that there is none of is answered at once, not after the wait', async () => {
  const ready = mirror.ready('nothing-day', 10);
  await heard();
  await tell({ kind: 'no_board', slug: 'nothing-day' });
  expect(await ready).toBeUndefined();
});
