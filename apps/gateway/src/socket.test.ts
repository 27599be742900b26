import type { BoardSnapshot } from '@ovation/protocol';
import { beforeEach, expect, test } from 'vitest';
import type { Floor, Live } from './gateway.ts';
import { Mirror } from './mirror.ts';
import { handleSocket, type SocketDeps } from './socket.ts';

const people = Array.from({ length: 20 }, (_, n) => `p${n}`);
const snapshot: BoardSnapshot = {
  kind: 'snapshot',
  b: 'north',
  ep: 'e1',
  v: 1,
  at: 1,
  meta: {
    slug: 'north',
    metric: 'deals',
    of: 'people',
    better: 'higher',
    unit: { kind: 'count', scale: 6 },
    period: 'day',
    from: null,
    to: null,
    workDays: [],
    topN: 3,
  },
  totals: { total: '0', target: null, count: people.length, days: [] },
  off: 0,
  rows: people.map((id, n) => [id, id, 0, 0, String(20 - n), n + 1, 0, null, 0, null]),
};

let rooms: Floor['rooms'];
let arrive: (mirror: Mirror) => void;

/** A connection of somebody, and how it asks. */
function connection(role: string, person: string | null = null) {
  const hears = new Map<string, (...said: unknown[]) => void>();
  const joined: string[] = [];
  const socket = {
    connected: true,
    data: {
      ticket: { org: 'org_1', role, person },
      rooms: new Map(),
      messages: { second: 0, count: 0 },
    },
    use: () => undefined,
    on: (what: string, hear: (...said: unknown[]) => void) => hears.set(what, hear),
    join: (room: string | string[]) => joined.push(...[room].flat()),
    leave: () => undefined,
    emit: () => undefined,
    conn: { on: () => undefined },
  };
  const floor = {
    rooms,
    announcements: { for: () => [] },
    mirror: { ready: () => new Promise((resolve) => (arrive = resolve)) },
  };
  handleSocket(
    socket as unknown as Live,
    {
      floorOf: () => Promise.resolve(floor as unknown as Floor),
      clock: { now: () => 1 },
      name: '/live',
      io: { of: () => ({ adapter: { rooms: new Map() } }) },
    } as unknown as SocketDeps,
  );
  const watch = (view: string) =>
    new Promise<BoardSnapshot>((reply) =>
      hears.get('board:watch')!({ board: 'north', view }, reply),
    );
  const leave = () => {
    socket.connected = false;
    hears.get('disconnect')!();
  };
  const followPay = () => hears.get('pay:watch')!(() => undefined);
  return { watch, leave, followPay, joined };
}
beforeEach(() => {
  rooms = new Map();
});
const asked = () => new Promise((resolve) => setImmediate(resolve));

test.each([
  ['screen', 'top:10', 3],
  ['rep', 'top:10', 3],
  ['rep', 'top:2', 2],
  ['manager', 'top:10', 10],
  ['owner', 'all', 20],
])('a board of the first three shows a %s that asks for %s so many rows: %i', async (...given) => {
  const [role, view, rows] = given;
  const answer = connection(role).watch(view);
  await asked();
  arrive(new Mirror(snapshot));
  expect((await answer).rows).toHaveLength(rows);
});

test.each([
  ['rep', 'per_1', ['all', 'per_1']],
  ['rep', null, ['all']],
  ['manager', 'per_2', ['all', 'per_2', 'leaders']],
  ['owner', null, ['all', 'leaders']],
  ['screen', null, []],
  ['machine', null, []],
])('a %s who is %s hears of the pay of: %j', async (role, person, whose) => {
  const { followPay, joined } = connection(role, person);
  followPay();
  await asked();
  expect(joined).toEqual(whose.map((one) => `org_1|pay|${one}`));
});

test('who leaves while a board is on its way keeps no room of it', async () => {
  const { watch, leave, joined } = connection('owner');
  const answer = watch('all');
  await asked();
  leave();
  arrive(new Mirror(snapshot));
  expect(await answer).toEqual({ kind: 'refused', code: 'not_ready' });
  expect([...rooms.keys()]).toEqual([]);
  expect(joined).toEqual([]);
});
