import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createClient,
  type BoardView,
  type BoardViewName,
  type WatchFailed,
} from '@ovation/client';
import { attachGateway, type Gateway } from '@ovation/gateway';
import { hashToken, newId } from '@ovation/host';
import { revokedChannel } from '@ovation/protocol';
import { createSource, inOrg, saveApiKey } from '@ovation/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';
import { until } from './house.fixture.ts';

/** The client against a real house: HTTP, log, projector, gateway and sockets. */

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

let floor: TestFloor;
let gateway: Gateway;
let url: string;
let stop: () => Promise<unknown>;

beforeAll(async () => {
  floor = await openFloor();
  const server = createServer();
  const { bus, logger, secret } = floor.deps;
  gateway = attachGateway(server, { bus, logger, secret, appVersion: '1.2.3' });
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/socket.io/')) floor.ingest.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => new Promise((resolve) => server.close(resolve));
  const person = { name: 'Darcel Schlecht', email: 'darcel@example.com' };
  await floor.send('POST', '/v1/people', person);
});
afterAll(async () => {
  await gateway.close();
  await stop();
  await floor.close();
});

/** The example of the README, as a program of its own. */
async function runReadme(): Promise<{ code: number | null; output: string }> {
  const readme = await readFile(join(ROOT, 'packages/client/README.md'), 'utf8');
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readme)!;
  const folder = join(ROOT, 'node_modules/.cache/ovation');
  const file = join(folder, `${newId('readme')}.mts`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, example!);
  try {
    const env = { ...process.env, OVATION_URL: url, OVATION_KEY: floor.key };
    const args = ['--conditions=source', '--import', 'tsx', file];
    const child = spawn(process.execPath, args, { cwd: ROOT, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    }
    return await new Promise((resolve) => child.once('exit', (code) => resolve({ code, output })));
  } finally {
    await rm(file);
  }
}

/** A key of its own, with these rights. */
async function newKey(scopes: string[]): Promise<{ key: string; keyId: string }> {
  const { orgId } = floor;
  const [keyId, sourceId] = [newId('key'), newId('src')];
  const key = `ovk_${keyId}`;
  await inOrg(floor.db.app, orgId, async (tx) => {
    await createSource(tx, orgId, { id: sourceId, name: 'Test', kind: 'key' });
    const names = { prefix: key.slice(0, 8), keyHash: hashToken(key), name: 'Test' };
    await saveApiKey(tx, { orgId, keyId, scopes, sourceId, ...names });
  });
  return { key, keyId };
}

test('the example of the README does what it says', async () => {
  const { code, output } = await runReadme();
  expect(output.split('\n')).toEqual([
    expect.stringMatching(/^The win is number \d+ in the log\.$/),
    'Stored.',
    'Refused: Say in "credits" whose it is.',
    'Darcel Schlecht leads with 4514.00 of 4514.00.',
    '',
  ]);
  expect(code).toBe(0);
});

describe('a watched board', () => {
  const win = (id: string, amount: string) =>
    floor.send('POST', '/v1/events', {
      id,
      type: 'deal.won',
      amount: { amount, currency: 'USD' },
      person: 'darcel@example.com',
    });

  test('goes on where it was after a broken connection', async () => {
    const client = createClient({ url, key: floor.key });
    const seen: BoardView[] = [];
    const watch = client.watch('deals-all', { view: 'all' }, (view) => void seen.push(view));
    await until(() => seen.length > 0);
    const before = Number(watch.view!.totals.total);
    await win('w1', '10.00');
    await until(() => Number(watch.view!.totals.total) === before + 1);
    gateway.io.of('/live').disconnectSockets(true);
    await win('w2', '10.00');
    await until(() => Number(watch.view!.totals.total) === before + 2);
    const versions = seen.map((view) => view.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    await client.close();
    await until(() => gateway.io.of('/live').sockets.size === 0);
  });

  test('is refused to who may not see it, with why', async () => {
    const failed = async (key: string, board: string, view: BoardViewName = 'top:10') => {
      const client = createClient({ url, key });
      const error = await new Promise<WatchFailed>((onFailed) => {
        client.watch(board, { view, onFailed }, () => undefined);
      });
      await client.close();
      return error.code;
    };
    const { key } = await newKey(['events:write']);
    expect(await failed('ovk_nobody_has_this', 'deals-all')).toBe('unauthenticated');
    expect(await failed(key, 'deals-all')).toBe('forbidden');
    expect(await failed(floor.key, 'no-such-board')).toBe('unknown_board');
    expect(await failed(floor.key, 'deals-all', 'around')).toBe('not_yours');
  });

  test('ends with the key that it was opened by', async () => {
    const { key, keyId } = await newKey(['boards:read']);
    const client = createClient({ url, key });
    let opened = false;
    const ended = new Promise<WatchFailed>((onFailed) => {
      client.watch('deals-all', { onFailed }, () => (opened = true));
    });
    await until(() => opened);
    await floor.bus.publish(revokedChannel(floor.orgId), { subject: keyId });
    expect((await ended).code).toBe('ended');
    await client.close();
  });
});
