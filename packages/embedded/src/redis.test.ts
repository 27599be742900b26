import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { createClient } from 'redis';
import { expect, test } from 'vitest';
import { startRedis } from './index.ts';
import { goneWithin } from './orphan.ts';

const found = ['redis-server', 'valkey-server'].some(
  (program) => spawnSync(program, ['--version']).status === 0,
);
if (!found) console.warn('NOT RUN: no redis-server or valkey-server on PATH');

test.skipIf(!found)('a private server answers with its password and keeps nothing', async () => {
  const running = await startRedis();
  if (!running) throw new Error('a server is on PATH but did not start');
  const client = createClient({ url: running.url });
  await client.connect();
  expect(await client.ping()).toBe('PONG');
  expect(await client.configGet('save')).toEqual({ save: '' });
  client.destroy();
  await running.stop();
  expect(await goneWithin(running.pid, 2_000)).toBe(true);
});

test.skipIf(!found)('a port that is taken gives no server rather than an error', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => taken.once('listening', done));
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await startRedis({ port })).toBeUndefined();
  taken.close();
});
