import { startRedis, type EmbeddedRedis } from '@ovation/embedded';
import { createClient } from 'redis';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { LocalBus, RedisBus, type Bus } from './index.ts';

const running = await startRedis();
if (!running) {
  process.stderr.write(
    'NOT RUN: the bus over Redis, for no redis-server or valkey-server starts\n',
  );
}
afterAll(() => running?.stop());

const open: Bus[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((bus) => bus.close()));
});

const soon = { timeout: 10_000, interval: 10 };
const opened = async (bus: Bus): Promise<Bus> => {
  open.push(bus);
  await vi.waitFor(() => expect(bus.connected).toBe(true), soon);
  return bus;
};
const overRedis = (server = running!): Promise<Bus> => opened(RedisBus.open(server.url));

interface Sale {
  readonly sale: number;
}
const sales = (count: number): Sale[] => Array.from({ length: count }, (_, sale) => ({ sale }));

/** Somebody who listens to a channel; `all` waits for the last message there. */
async function listener(bus: Bus, channel: string) {
  const heard: unknown[] = [];
  const leave = await bus.subscribe(channel, (message) => heard.push(message));
  const all = async (last: unknown): Promise<unknown[]> => {
    await vi.waitFor(() => expect(heard).toContainEqual(last), soon);
    return heard;
  };
  return { heard, leave, all };
}

/** Resolves once what one bus says on the channel reaches the other. */
async function linked(from: Bus, to: Bus, channel: string): Promise<void> {
  let rings = 0;
  const leave = await to.subscribe(channel, (message) => {
    if ((message as { ring?: true }).ring) rings += 1;
  });
  await vi.waitFor(async () => {
    await from.publish(channel, { ring: true });
    expect(rings).toBeGreaterThan(0);
  }, soon);
  await leave();
}
const withoutRings = (heard: readonly unknown[]): unknown[] =>
  heard.filter((message) => !(message as { ring?: true }).ring);

const KINDS = [
  { name: 'within one process', skip: false, start: () => opened(new LocalBus()) },
  { name: 'over Redis', skip: !running, start: () => overRedis() },
];

describe.each(KINDS)('a bus $name', ({ skip, start }) => {
  test.skipIf(skip)('brings every sale to every listener once, in order', async () => {
    const bus = await start();
    const [one, other] = [await listener(bus, 'floor'), await listener(bus, 'floor')];
    for (const sale of sales(200)) void bus.publish('floor', sale);
    await bus.publish('floor', { last: true });
    expect(await one.all({ last: true })).toEqual([...sales(200), { last: true }]);
    expect(await other.all({ last: true })).toEqual(one.heard);
  });

  test.skipIf(skip)('keeps the news of one floor from the other', async () => {
    const bus = await start();
    const [north, south] = [await listener(bus, 'north'), await listener(bus, 'south')];
    await bus.publish('north', { sale: 1 });
    await bus.publish('south', { sale: 2 });
    expect(await north.all({ sale: 1 })).toEqual([{ sale: 1 }]);
    expect(await south.all({ sale: 2 })).toEqual([{ sale: 2 }]);
  });

  test.skipIf(skip)('brings nothing more to somebody who left', async () => {
    const bus = await start();
    const [gone, stays] = [await listener(bus, 'floor'), await listener(bus, 'floor')];
    await bus.publish('floor', { sale: 1 });
    await gone.all({ sale: 1 });
    await gone.leave();
    await bus.publish('floor', { sale: 2 });
    await stays.all({ sale: 2 });
    expect(gone.heard).toEqual([{ sale: 1 }]);
  });

  test.skipIf(skip)('brings the next sale to somebody who left and came back', async () => {
    const bus = await start();
    await (await listener(bus, 'floor')).leave();
    const back = await listener(bus, 'floor');
    await bus.publish('floor', { sale: 1 });
    expect(await back.all({ sale: 1 })).toEqual([{ sale: 1 }]);
  });

  test.skipIf(skip)('lets somebody leave twice without deafening the next', async () => {
    const bus = await start();
    const gone = await listener(bus, 'floor');
    await gone.leave();
    const next = await listener(bus, 'floor');
    const witness = await listener(bus, 'exit');
    await gone.leave();
    await bus.publish('floor', { sale: 1 });
    await bus.publish('exit', { last: true });
    await witness.all({ last: true });
    expect(next.heard).toEqual([{ sale: 1 }]);
  });

  test.skipIf(skip)('is silent once it is closed', async () => {
    const bus = await start();
    const ear = await listener(bus, 'floor');
    await bus.close();
    await bus.publish('floor', { sale: 1 });
    await new Promise((done) => setImmediate(done));
    expect(ear.heard).toEqual([]);
  });
});

describe.skipIf(!running)('two processes on one Redis', () => {
  test('hear each other and themselves exactly once, each in order', async () => {
    const [here, there] = [await overRedis(), await overRedis()];
    await linked(here, there, 'floor');
    await linked(there, here, 'floor');
    const [near, far] = [await listener(here, 'floor'), await listener(there, 'floor')];
    await linked(here, there, 'floor');
    for (const sale of sales(100)) void here.publish('floor', sale);
    await here.publish('floor', { last: 'here' });
    const expected = [...sales(100), { last: 'here' }];
    expect(withoutRings(await far.all({ last: 'here' }))).toEqual(expected);
    await linked(there, here, 'floor');
    await there.publish('floor', { last: 'there' });
    expect(withoutRings(await near.all({ last: 'there' }))).toEqual([
      ...expected,
      { last: 'there' },
    ]);
    expect(withoutRings(await far.all({ last: 'there' }))).toHaveLength(102);
  });
});

describe.skipIf(!running)('when Redis is killed', () => {
  let redis: EmbeddedRedis;
  let again: EmbeddedRedis | undefined;
  afterEach(async () => {
    await redis.stop();
    await again?.stop();
    again = undefined;
  });

  /** A server on the same port that knows the old password. */
  async function restarted(): Promise<EmbeddedRedis> {
    const { port, password } = new URL(redis.url);
    let server: EmbeddedRedis | undefined;
    await vi.waitFor(async () => {
      server = await startRedis({ port: Number(port) });
      expect(server).toBeDefined();
    }, soon);
    const admin = createClient({ url: server!.url });
    await admin.connect();
    await admin.configSet('requirepass', password);
    admin.destroy();
    return server!;
  }

  test('one process keeps hearing itself, and nobody waits for the answer', async () => {
    redis = (await startRedis())!;
    const bus = await overRedis(redis);
    const ear = await listener(bus, 'floor');
    await redis.stop();
    await vi.waitFor(() => expect(bus.connected).toBe(false), soon);
    for (const sale of sales(20)) await bus.publish('floor', sale);
    expect(await ear.all({ sale: 19 })).toEqual(sales(20));
  });

  test('and comes back, the bus says so and two processes hear each other again', async () => {
    redis = (await startRedis())!;
    const [here, there] = [await overRedis(redis), await overRedis(redis)];
    let returns = 0;
    there.onReturn(() => (returns += 1));
    await linked(here, there, 'floor');
    const far = await listener(there, 'floor');
    expect(returns).toBe(0);

    await redis.stop();
    await vi.waitFor(() => expect([here.connected, there.connected]).toEqual([false, false]), soon);
    await here.publish('floor', { sale: 'lost' });
    again = await restarted();
    await vi.waitFor(() => expect([here.connected, there.connected]).toEqual([true, true]), soon);
    await vi.waitFor(() => expect(returns).toBe(1), soon);

    await here.publish('floor', { sale: 'new' });
    expect(withoutRings(await far.all({ sale: 'new' }))).toEqual([{ sale: 'new' }]);
    expect(returns).toBe(1);
  });
});

test('a bus opened before there is a Redis serves its own process', async () => {
  const bus = RedisBus.open('redis://127.0.0.1:1');
  open.push(bus);
  const ear = await listener(bus, 'floor');
  await bus.publish('floor', { sale: 1 });
  expect(await ear.all({ sale: 1 })).toEqual([{ sale: 1 }]);
  expect(bus.connected).toBe(false);
});
