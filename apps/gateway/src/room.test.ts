import type { BoardDelta, BoardSnapshot, PackedRow } from '@ovation/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Mirror } from './mirror.ts';
import { Room } from './room.ts';

const START = Date.UTC(2026, 10, 24, 9);
const row = (value: number): PackedRow => ['p', 'p', 0, 0, String(value), 1, 0, null, 0, null];
const snapshot = (v: number, value: number, ep = 'e1'): BoardSnapshot => ({
  kind: 'snapshot',
  b: 'deals-day',
  ep,
  v,
  at: START,
  meta: {
    slug: 'deals-day',
    metric: 'deals',
    of: 'people',
    better: 'higher',
    unit: { kind: 'count', scale: 6 },
    period: 'day',
    from: null,
    to: null,
    workDays: [],
  },
  totals: { total: '0', target: null, count: 2, days: [] },
  off: 0,
  rows: [row(value), row(0)],
});
const delta = (f: number, slot: number, value: number): BoardDelta => ({
  kind: 'delta',
  b: 'deals-day',
  ep: 'e1',
  f,
  v: f + 1,
  at: START,
  u: [[slot, row(value)]],
});

let mirror: Mirror;
let sent: (BoardDelta | BoardSnapshot)[];
let room: Room;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  mirror = new Mirror(snapshot(1, 0));
  sent = [];
  room = new Room({
    view: 'top:1',
    person: null,
    limited: true,
    everyMs: 100,
    clock: { now: () => Date.now() },
    mirror,
    send: (frame) => sent.push(frame),
  });
});
afterEach(() => {
  room.close();
  vi.useRealTimers();
});

function move(frame: BoardDelta | BoardSnapshot): void {
  expect(mirror.apply(frame)).toBe('applied');
  room.changed(mirror);
}

test('the first sale after a quiet spell is shown at once', () => {
  move(delta(1, 0, 1));
  expect(sent).toMatchObject([{ kind: 'delta', f: 1, v: 2, u: [[0, row(1)]] }]);
});

test('sales that follow within the interval are shown together at its end', () => {
  move(delta(1, 0, 1));
  vi.advanceTimersByTime(10);
  move(delta(2, 0, 2));
  move(delta(3, 0, 3));
  vi.advanceTimersByTime(89);
  expect(sent).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toMatchObject({ kind: 'delta', f: 2, v: 4, u: [[0, row(3)]] });
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveLength(2);
});

test('a sale further down than one watches is not sent, and does not delay the next', () => {
  move(delta(1, 1, 5));
  expect(sent).toEqual([]);
  move(delta(2, 0, 1));
  expect(sent).toMatchObject([{ f: 1, v: 3, u: [[0, row(1)]] }]);
});

test('a new epoch is sent as a whole board', () => {
  move(snapshot(1, 9, 'e2'));
  expect(sent).toMatchObject([{ kind: 'snapshot', ep: 'e2', rows: [row(9)] }]);
});

test('a room that is closed sends nothing more', () => {
  move(delta(1, 0, 1));
  move(delta(2, 0, 2));
  room.close();
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveLength(1);
});

test('a board that is to show fewer rows to all is sent anew, and shows no more', () => {
  room = new Room({
    view: 'top:10',
    person: null,
    limited: true,
    everyMs: 100,
    clock: { now: () => Date.now() },
    mirror,
    send: (frame) => sent.push(frame),
  });
  const whole = snapshot(2, 7, 'e1.1');
  move({ ...whole, meta: { ...whole.meta, topN: 1 } });
  expect(sent).toMatchObject([{ kind: 'snapshot', ep: 'e1.1', rows: [row(7)] }]);
  expect((sent[0] as BoardSnapshot).rows).toHaveLength(1);
});
