import { readEventsAfter } from '@ovation/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type Desk, type TestOrg } from '../history/desk.fixture.ts';

let desk: Desk;
let org: TestOrg;
let other: TestOrg;
let north: string;
let ana: string;
let bo: string;
beforeAll(async () => {
  desk = await openDesk('2026-11-24T10:00:00Z');
  org = await desk.organisation();
  other = await desk.organisation();
  north = await org.team('North');
  [ana, bo] = [await org.person('Ana', north), await org.person('Bo', north)];
});
afterAll(() => desk.close());

const put = (body: object) => org.send('PUT', '/v1/targets', body);
const month = { metric: 'revenue', period: 'month' } as const;
const of = (entity: string, value: string | null) => ({ scope: 'person', entity, value });
const read = async (query: string) => (await org.send('GET', `/v1/targets?${query}`)).body;

test('a target is set, read with its window and rolled up, and taken away again', async () => {
  expect(await put({ ...month, ...of(ana, '1000') })).toMatchObject({
    status: 200,
    body: { scope: 'person', entity: ana, start: '2026-11-01', value: '1000.00' },
  });
  await put({ ...month, scope: 'team', entity: north, value: '4000.50' });
  expect(await read('metric=revenue&period=month')).toEqual({
    metric: 'revenue',
    period: 'month',
    start: '2026-11-01',
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-12-01T00:00:00.000Z',
    unit: { kind: 'money', currency: 'USD', scale: 2 },
    targets: [
      { scope: 'person', entity: ana, value: '1000.00' },
      { scope: 'team', entity: north, value: '4000.50' },
    ],
    rollUp: [
      { entity: null, own: null, people: '1000.00', percent: null },
      { entity: north, own: '4000.50', people: '1000.00', percent: '24.9' },
    ],
    consequences: [],
  });
  await put({ ...month, scope: 'team', entity: north, value: null });
  expect((await read('metric=revenue&period=month')).targets).toHaveLength(1);
});

test('the unit of the metric decides how many digits there are', async () => {
  const [start, period] = ['2026-01-01', 'quarter'];
  const rate = { metric: 'win-rate', period, start, ...of(bo, '57.5') };
  expect((await put(rate)).body.value).toBe('57.5');
  expect((await read('metric=win-rate&period=quarter&start=2026-02-03')).rollUp).toEqual([]);
  const calls = { metric: 'calls', period: 'week', start, ...of(bo, '40.5') };
  expect((await put(calls)).body).toMatchObject({ start: '2025-12-29', value: '40.5' });
  const cents = { ...month, ...of(bo, '10.005') };
  expect(await put(cents)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/value' }] },
  });
});

test.each([
  [{ ...month, ...of('per_nobody', '1') }, 'unknown'],
  [{ ...month, scope: 'organisation', entity: 'x', value: '1' }, 'unknown'],
  [{ ...month, scope: 'organisation', entity: null, value: '0' }, 'range'],
  [
    { metric: 'sleep', period: 'month', scope: 'organisation', entity: null, value: '1' },
    'unknown_metric',
  ],
  [
    { metric: 'calls', period: 'last-30', scope: 'organisation', entity: null, value: '1' },
    'bad_period',
  ],
  [{ ...month, start: '2026-02-30', scope: 'organisation', entity: null, value: '1' }, 'bad_date'],
])('refused with what to mend: %j', async (body, code) => {
  expect(await put(body)).toMatchObject({ status: 422, body: { errors: [{ code }] } });
});

test('of many targets the good ones are saved, in one go, and the rest is told', async () => {
  const window = { ...month, start: '2026-12-05' };
  const targets = [
    of(ana, '500'),
    of('per_nobody', '500'),
    of(bo, '-1'),
    { scope: 'team', entity: north, value: '900.00' },
    of(ana, '600'),
    { scope: 'planet', entity: null, value: '1' },
  ];
  const answer = await org.send('PUT', '/v1/targets/bulk', { ...window, targets });
  expect(answer.status).toBe(200);
  expect(answer.body.saved).toBe(2);
  expect(
    answer.body.refused.map((one: { index: number; code: string }) => [one.index, one.code]),
  ).toEqual([
    [1, 'unknown'],
    [2, 'range'],
    [4, 'twice'],
    [5, expect.any(String)],
  ]);
  const { targets: saved } = await read('metric=revenue&period=month&start=2026-12-01');
  expect(saved.map((one: { value: string }) => one.value)).toEqual(['500.00', '900.00']);
  const before = (await readEventsAfter(desk.db.app, org.orgId, 0, 5_000)).length;
  await org.send('PUT', '/v1/targets/bulk', { ...window, targets: [of(ana, '500.0')] });
  expect(await readEventsAfter(desk.db.app, org.orgId, 0, 5_000)).toHaveLength(before);
});

test('five thousand at once are one transaction', async () => {
  const people = Array.from({ length: 5_000 }, (_, n) => of(n === 7 ? ana : `per_${n}`, '5'));
  const body = { metric: 'demos', period: 'day', targets: people };
  const answer = await org.send('PUT', '/v1/targets/bulk', body);
  expect(answer.body).toMatchObject({ saved: 1 });
  expect(answer.body.refused).toHaveLength(4_999);
  const tooMany = await org.send('PUT', '/v1/targets/bulk', {
    ...body,
    targets: [...people, of(bo, '1')],
  });
  expect(tooMany.status).toBeGreaterThanOrEqual(400);
});

test('each change is in the log with who did it and what was there', async () => {
  const quarter = { metric: 'deals', period: 'quarter' };
  const user = await org.user('manager', null);
  await put({ ...quarter, ...of(ana, '10') });
  await org.send('PUT', '/v1/targets', { ...quarter, ...of(ana, '12') }, user);
  await put({ ...quarter, ...of(ana, null) });
  const { changes } = (
    await org.send('GET', `/v1/targets/changes?metric=deals&period=quarter&entity=${ana}`)
  ).body;
  expect(changes).toMatchObject([
    { by: 'First key', scope: 'person', entity: ana, start: '2026-10-01', was: '12', now: null },
    { by: expect.stringMatching(/^User/), was: '10', now: '12' },
    { by: 'First key', was: null, now: '10' },
  ]);
  const elsewhere = `metric=deals&period=quarter&scope=team`;
  expect((await org.send('GET', `/v1/targets/changes?${elsewhere}`)).body.changes).toEqual([]);
});

test('another organisation sees and sets none of it', async () => {
  expect((await other.send('GET', '/v1/targets')).body.targets).toEqual([]);
  const body = { ...month, ...of(ana, '1') };
  expect((await other.send('PUT', '/v1/targets', body)).status).toBe(422);
  const changes = '/v1/targets/changes?metric=deals&period=quarter';
  expect((await other.send('GET', changes)).body.changes).toEqual([]);
});

test('a rep reads consequences, and neither reads nor sets targets of all', async () => {
  const rep = await org.user('rep', ana);
  for (const [method, url, body] of [
    ['GET', '/v1/targets', undefined],
    ['PUT', '/v1/targets', { ...month, ...of(ana, '1') }],
    ['POST', '/v1/targets/plan', { kind: 'copy', ...month, to: '2027-01-01' }],
    ['PUT', '/v1/consequences', { ...month, atPercent: 100, text: 'x' }],
  ] as const) {
    expect((await org.send(method, url, body, rep)).status).toBe(403);
  }
  expect((await org.send('GET', '/v1/consequences', undefined, rep)).status).toBe(200);
});

test('a consequence is said, changed, shown with the targets, and taken back', async () => {
  const said = { ...month, atPercent: 120, text: 'Bonus', texts: { fa: 'پاداش' } };
  const { body } = await org.send('PUT', '/v1/consequences', said);
  const at100 = { ...month, atPercent: 100, text: 'Tier 2' };
  await org.send('PUT', '/v1/consequences', at100);
  await org.send('PUT', '/v1/consequences', { ...said, id: body.id, atPercent: 110 });
  expect((await read('metric=revenue&period=month')).consequences).toMatchObject([
    { atPercent: 100, text: 'Tier 2' },
    { id: body.id, atPercent: 110, text: 'Bonus', texts: { fa: 'پاداش' } },
  ]);
  expect((await org.send('PUT', '/v1/consequences', { ...said, id: 'cns_no' })).status).toBe(404);
  expect((await other.send('DELETE', `/v1/consequences/${body.id}`)).status).toBe(404);
  expect((await org.send('DELETE', `/v1/consequences/${body.id}`)).status).toBe(204);
  const events = await readEventsAfter(desk.db.app, org.orgId, 0, 5_000);
  const mine = events.filter((one) => one.type === 'consequence.set' && one.subject === body.id);
  expect(mine).toMatchObject([
    { was: null, now: { atPercent: 120 } },
    { was: { atPercent: 120 }, now: { atPercent: 110 } },
    { was: { atPercent: 110 }, now: null },
  ]);
});
