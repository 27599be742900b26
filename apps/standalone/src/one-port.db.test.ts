import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, Lifecycle } from '@ovation/host';
import { cloneDatabase, type TestDatabase } from '@ovation/testkit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { DataFolder } from './data-folder.ts';
import { openHouse, type House } from './house.ts';

let db: TestDatabase;
let house: House;
let path: string;
const lifecycle = new Lifecycle();

beforeAll(async () => {
  db = await cloneDatabase(inject('postgresUrl'));
  path = await mkdtemp(join(tmpdir(), 'ovation-one-port-'));
  const pages = (_request: unknown, response: { end(text: string): void }) => response.end('page');
  house = await openHouse(
    {
      host: '127.0.0.1',
      port: 0,
      databaseUrl: db.url,
      appVersion: '4.5.6',
      requestsAMinute: 50_000,
      pages: () => Promise.resolve(pages as never),
    },
    new DataFolder(path),
    lifecycle,
    createLogger('test', 'error'),
  );
});
afterAll(async () => {
  await lifecycle.stop();
  await db.close();
  await rm(path, { recursive: true, force: true });
});

const get = async (address: string) => {
  const answer = await fetch(house.url + address);
  return { answer, text: await answer.text() };
};

test('one port serves the API, its description and the pages', async () => {
  for (const address of ['/docs', '/docs/', '/docs/static/swagger-ui.css']) {
    const { answer, text } = await get(address);
    expect([address, answer.status]).toEqual([address, 200]);
    expect(text).not.toBe('page');
  }
  expect((await get('/livez')).text).toBe('{"status":"ok"}');
  for (const address of ['/', '/tv', '/documents']) expect((await get(address)).text).toBe('page');
});

test('the description and the limits are those of this house', async () => {
  const { answer, text } = await get('/v1/openapi.json');
  expect(JSON.parse(text)).toMatchObject({ info: { title: 'Ovation', version: '4.5.6' } });
  expect(answer.headers.get('ratelimit-policy')).toBe('"address";q=500;w=60');
});
