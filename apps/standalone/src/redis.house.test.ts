import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { RedisBus } from '@ovation/bus';
import { freePort } from '@ovation/embedded';
import { attachGateway, type Gateway } from '@ovation/gateway';
import { createLogger } from '@ovation/host';
import type { BoardDelta, BoardSnapshot, WatchAnswer } from '@ovation/protocol';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHouse, until } from './house.fixture.ts';

const installed = spawnSync('redis-server', ['--version']).status === 0;
if (!installed) {
  process.stderr.write(
    '\n*** redis-server is not on PATH: the test that kills a real Redis DID NOT RUN. ***\n\n',
  );
}

let port: number;
let redis: ChildProcess;
let house: TestHouse;
let gateway: Gateway;
let gatewayUrl: string;

async function startRedis(): Promise<void> {
  redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
    stdio: 'ignore',
  });
  await until(() => spawnSync('redis-cli', ['-p', String(port), 'ping']).status === 0);
}

async function killRedis(): Promise<void> {
  const ended = new Promise((resolve) => redis.once('exit', resolve));
  redis.kill('SIGKILL');
  await ended;
}

/** A gateway in another process, as far as the house can tell: they meet on Redis only. */
async function startGateway(): Promise<void> {
  const bus = RedisBus.open(`redis://127.0.0.1:${port}`);
  const secret = await readFile(join(house.folder, 'secret'), 'utf8');
  const server = createServer();
  gateway = attachGateway(server, {
    bus,
    secret,
    logger: createLogger('test', 'error'),
    appVersion: 'test',
  });
  await until(() => bus.connected);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  gatewayUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  if (!installed) return;
  port = await freePort();
  await startRedis();
  house = await TestHouse.make({ REDIS_URL: `redis://127.0.0.1:${port}` });
  await house.start();
  await house.send('POST', '/v1/people', { name: 'Ana' });
  await startGateway();
});
afterAll(async () => {
  await gateway?.close();
  await house?.remove();
  redis?.kill('SIGKILL');
});

/** Keeps the total that a wall shows. */
async function watchTotal(url: string): Promise<{ socket: Socket; total: () => string }> {
  const token = new URL(await house.screen()).searchParams.get('screen')!;
  const answer = await fetch(`${house.url}/v1/ticket`, {
    headers: { cookie: `ovation_screen=${token}` },
  });
  const { ticket } = (await answer.json()) as { ticket: string };
  const socket = io(`${url}/screen`, { transports: ['websocket'], auth: { ticket } });
  let total = '';
  const hear = (frame: BoardDelta | BoardSnapshot) => {
    total = frame.totals?.total ?? total;
  };
  socket.on('board:delta', hear);
  const watch = { board: 'revenue-all', view: 'top:10' };
  const first = (await socket.emitWithAck('board:watch', watch)) as WatchAnswer;
  if (first.kind !== 'refused') hear(first);
  return { socket, total: () => total };
}

test.runIf(installed)(
  'Redis is killed, comes back empty, and nothing is lost: one process moves on, others catch up',
  async () => {
    const own = await watchTotal(house.url);
    const far = await watchTotal(gatewayUrl);
    let sent = 0;
    const sell = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        sent += 1;
        expect((await house.win(`w${sent}`, 'Ana', '1.00')).status).toBe(201);
      }
    };
    await sell(5);
    await until(() => own.total() === '5.00' && far.total() === '5.00');
    await killRedis();
    await sell(5);
    await until(() => own.total() === '10.00');
    expect(far.total()).toBe('5.00');
    await startRedis();
    const back = performance.now();
    await sell(2);
    await until(() => far.total() === '12.00');
    expect((performance.now() - back) / 1_000).toBeLessThan(3);
    spawnSync('redis-cli', ['-p', String(port), 'flushall']);
    await sell(1);
    await until(() => own.total() === '13.00' && far.total() === '13.00');
    expect((await house.send('GET', '/v1/boards/revenue-all')).body.total).toBe('13.00');
    own.socket.disconnect();
    far.socket.disconnect();
  },
);

test.runIf(installed)('a screen that was away catches up with one message', async () => {
  const { socket } = await watchTotal(house.url);
  const watch = { board: 'revenue-all', view: 'top:10' };
  const first = (await socket.emitWithAck('board:watch', watch)) as BoardSnapshot;
  socket.disconnect();
  for (let n = 0; n < 20; n += 1) await house.win(`away${n}`, 'Ana', '1.00');
  // Everything is folded and told before the screen is back: what it hears then is a replay.
  const board = async () => (await house.send('GET', '/v1/boards/revenue-all')).body;
  await until(async () => (await board()).total === '33.00');
  const frames: unknown[] = [];
  const again = await watchTotal(house.url);
  again.socket.on('celebrate', (one) => frames.push(one));
  await until(() => again.total() === '33.00');
  const since = { ...watch, epoch: first.ep, since: first.v };
  const caught = (await again.socket.emitWithAck('board:watch', since)) as BoardDelta;
  expect(caught).toMatchObject({ kind: 'delta', f: first.v });
  expect(caught.u.length).toBe(1);
  expect(caught.totals?.total).toBe('33.00');
  expect(frames).toEqual([]);
  again.socket.disconnect();
});
