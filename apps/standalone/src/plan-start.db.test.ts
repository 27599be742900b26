import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCrew, type Crew } from './crew.fixture.ts';

/** When a draft may begin: said while it is written, and kept to when it is approved. */

let crew: Crew;
let plan = '';
const now = Date.parse('2026-03-10T12:00:00Z');
const definition = (rate: string) => ({
  ...{ schema: 1, currency: 'USD', measures: [{ id: 'sold', sum: 'amount' }] },
  components: [{ id: 'base', kind: 'flat', measure: 'sold', rate }],
});

beforeAll(async () => {
  crew = await openCrew({ clock: { now: () => now } });
  const body = { name: 'Flat', from: '2026-01-01', definition: definition('0.1') };
  plan = (await good('POST', '/v1/plans', body)).id;
  await good('POST', `/v1/plans/${plan}/versions/1/approve`, {});
  const { ids } = crew;
  await good('POST', `/v1/plans/${plan}/assignments`, { person: ids.Ana, from: '2026-01-01' });
  await crew.win('Ana', 'deal-1', 50, '1000.00');
  for (const start of ['2026-01-01', '2026-02-01']) {
    await good('POST', '/v1/pay/periods', { start });
  }
  await good('POST', '/v1/pay/periods/2026-01-01/close', {});
});
afterAll(() => crew.floor.close());

async function good(method: 'GET' | 'POST' | 'PUT', url: string, body?: object) {
  const said = await crew.as.owner(method, url, body);
  expect(said.status, JSON.stringify(said.body)).toBeLessThan(300);
  return said.body;
}
/** A draft that begins on a day, and what is said of it. */
async function draftFrom(from: string) {
  const body = await good('POST', `/v1/plans/${plan}/versions`, { from });
  const { number } = body.versions.find((one: { status: string }) => one.status === 'draft');
  const url = `/v1/plans/${plan}/versions/${number}`;
  return { url, found: await good('POST', `${url}/check`) };
}
const atStart = (list: readonly { pointer: string; code: string }[]) =>
  list.filter(({ pointer }) => pointer === '/from').map(({ code }) => code);

test('a draft in a closed period is told so; its differences go into an open one', async () => {
  const { url, found } = await draftFrom('2026-01-01');
  expect(found.faults).toEqual([]);
  expect(atStart(found.warnings)).toEqual(['begins_closed']);
  expect(found.warnings[0].detail).toContain('2026-01-01');
  await good('PUT', url, { definition: definition('0.2') });
  await good('POST', `${url}/approve`, {});
  await good('POST', '/v1/pay/periods/2026-02-01/calculate', {});
  const { entries } = await good('GET', '/v1/pay/entries');
  const late = entries.filter((one: { posting: string }) => one.posting === '2026-02-01');
  expect(late).toMatchObject([{ origin: '2026-01-01', amount: '100.00' }]);
});

test('a draft before a published version is refused at its date at once', async () => {
  const later = await draftFrom('2026-06-01');
  expect(atStart([...later.found.faults, ...later.found.warnings])).toEqual([]);
  await good('POST', `${later.url}/approve`, {});
  const early = await draftFrom('2026-05-01');
  expect(atStart(early.found.faults)).toEqual(['overlaps']);
  const said = await crew.as.owner('POST', `${early.url}/approve`, {});
  expect(said.status).toBe(422);
  expect(said.body.errors[0].pointer).toBe('/from');
  await good('PUT', early.url, { from: '2026-06-01', definition: definition('0.2') });
  expect((await good('POST', `${early.url}/check`)).faults).toEqual([]);
});

test('what is published is not judged by its date any more', async () => {
  const { warnings } = await good('POST', `/v1/plans/${plan}/versions/1/check`);
  expect(atStart(warnings)).toEqual([]);
});
