import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

let floor: TestFloor;
const teams: Record<string, string> = {};
let ana: string;
beforeAll(async () => {
  floor = await openFloor();
  for (const name of ['North', 'South']) {
    teams[name] = (await floor.send('POST', '/v1/teams', { name })).body.id;
  }
  const body = { name: 'Ana Snelling', team: teams['North'] };
  await floor.send('POST', '/v1/people', { name: 'Cy', team: teams['South'] });
  ana = (await floor.send('POST', '/v1/people', body)).body.id;
});
afterAll(() => floor.close());

const request = async (method: 'PATCH' | 'DELETE', url: string, body?: object) =>
  floor.ingest.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${floor.key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
const totals = async (slug: string): Promise<Record<string, string>> => {
  const { rows } = (await floor.send('GET', `/v1/boards/${slug}`)).body;
  return Object.fromEntries(
    rows.map((row: { entity: { id: string }; value: string }) => [row.entity.id, row.value]),
  );
};
let count = 0;
const won = (person: string, amount: string, occurredAt = '2026-05-10T10:00:00Z', more = {}) =>
  floor.send('POST', '/v1/events', {
    id: `s${(count += 1)}`,
    type: 'deal.won',
    occurredAt,
    person,
    amount: { amount, currency: 'USD' },
    ...more,
  });

test('what a stranger did waits, counts for their match, and no longer if undone', async () => {
  await won('a.snelling@crm.example', '10.00');
  await won('Ana Snelling', '5.00');
  expect((await totals('revenue-all'))[ana]).toBe('5.00');
  const [waiting] = (await floor.send('GET', '/v1/unmatched')).body.subjects;
  expect(waiting).toMatchObject({
    alias: 'a.snelling@crm.example',
    events: 1,
    revenue: '10.00',
    lastEventAt: '2026-05-10T10:00:00.000Z',
    suggestions: [{ person: { id: ana } }],
  });
  const url = `/v1/unmatched/${waiting.subject}`;
  await floor.send('POST', `${url}/match`, { person: ana });
  expect((await totals('revenue-all'))[ana]).toBe('15.00');
  await won('A.Snelling@crm.example', '1.00');
  expect((await totals('revenue-all'))[ana]).toBe('16.00');
  await floor.send('POST', `${url}/undo`, {});
  expect((await totals('revenue-all'))[ana]).toBe('5.00');
  const [again] = (await floor.send('GET', '/v1/unmatched')).body.subjects;
  expect(again).toMatchObject({ events: 2, revenue: '11.00' });
});

test('a stranger counts for the team they are placed in', async () => {
  await won('Phone 7', '3.00');
  const { subjects } = (await floor.send('GET', '/v1/unmatched')).body;
  const { subject } = subjects.find((one: { alias: string }) => one.alias === 'phone 7');
  const south = async () => (await totals('team-revenue-all'))[teams['South']!];
  expect(await south()).toBe('0.00');
  await floor.send('POST', `/v1/unmatched/${subject}/place`, { team: teams['South'] });
  expect(await south()).toBe('3.00');
  await floor.send('POST', `/v1/unmatched/${subject}/place`, { team: null });
  expect(await south()).toBe('0.00');
});

test('a mended history moves what was won in that time, and nothing else', async () => {
  const body = { name: 'Bo', team: teams['North'] };
  const bo = (await floor.send('POST', '/v1/people', body)).body.id as string;
  const total = async (name: string) => Number((await totals('team-revenue-all'))[teams[name]!]);
  const start = { North: await total('North'), South: await total('South') };
  const gained = async (name: 'North' | 'South') => (await total(name)) - start[name];
  await won('Bo', '100.00', '2026-02-10T10:00:00Z');
  await won('Bo', '20.00', '2026-04-10T10:00:00Z');
  expect([await gained('North'), await gained('South')]).toEqual([120, 0]);
  await request('PATCH', `/v1/people/${bo}`, { team: teams['South'], since: '2026-03-01' });
  expect([await gained('North'), await gained('South')]).toEqual([100, 20]);
  const at = (since: string) => `/v1/people/${bo}/memberships/${since}`;
  await request('PATCH', at('2026-03-01'), { since: '2026-01-01' });
  expect([await gained('North'), await gained('South')]).toEqual([0, 120]);
  await request('PATCH', at('2026-01-01'), { since: '2026-05-01' });
  expect([await gained('North'), await gained('South')]).toEqual([120, 0]);
  await request('DELETE', at('2026-05-01'));
  await won('Bo', '1.00', '2026-06-10T10:00:00Z');
  expect([await gained('North'), await gained('South')]).toEqual([121, 0]);
});

test('money of another currency counts with its rate, also after a correction', async () => {
  await floor.send('PUT', '/v1/rates', { currency: 'EUR', from: '2026-01-01', rate: '1.1' });
  const before = Number((await totals('revenue-all'))[ana]);
  const euro = { amount: { amount: '10.00', currency: 'EUR' }, deal: 'euro-1' };
  await won('Ana Snelling', '', '2026-05-10T10:00:00Z', euro);
  expect(Number((await totals('revenue-all'))[ana]) - before).toBe(11);
  const amount = { amount: '20.00', currency: 'EUR' };
  const fix = { id: 'fix-1', type: 'deal.amended', deal: 'euro-1', amount };
  expect((await floor.send('POST', '/v1/events', fix)).status).toBe(201);
  expect(Number((await totals('revenue-all'))[ana]) - before).toBe(22);
});
