import { keepDeliveries, pruneDeliveries } from '@ovation/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type Office, type Send } from './office.fixture.ts';

let office: Office;
let crm: { key: string; sourceId: string; send: Send };
beforeAll(async () => {
  office = await openOffice();
  crm = await office.machine(['events:write']);
});
afterAll(() => office.close());

const call = (id: string, more: object = {}) => ({
  id,
  type: 'activity.logged',
  activity: 'call',
  person: 'ana@example.com',
  ...more,
});
const bad = (id: string) => call(id, { type: 'deal.sold' });
const list = async (send = office.send, query = '') =>
  (await send('GET', `/v1/quarantine${query}`)).body.deliveries;
const one = async (id: string) => (await list()).find((row: { id: string }) => row.id === id);

describe('what a machine sends and cannot be taken', () => {
  test('is kept with its reason, and the answer says where', async () => {
    const answer = await crm.send('POST', '/v1/events', bad('q1'));
    expect(answer).toMatchObject({ status: 422, type: 'application/problem+json; charset=utf-8' });
    expect(await one(answer.body.quarantine)).toMatchObject({
      source: { id: crm.sourceId, name: 'CRM' },
      eventId: 'q1',
      body: JSON.stringify(bad('q1')),
      fault: { code: 'not_one_of', pointer: '/type' },
      settledAt: null,
      outcome: null,
    });
  });

  test('is kept once while it is open: the newer refusal stands', async () => {
    const first = await crm.send('POST', '/v1/events', bad('q2'));
    const second = await crm.send('POST', '/v1/events', call('q2', { amount: 5 }));
    expect(second.body.quarantine).toBe(first.body.quarantine);
    expect(await one(first.body.quarantine)).toMatchObject({ fault: { pointer: '/amount' } });
    const other = await office.send('POST', '/v1/events', bad('q2'));
    expect(other.body.quarantine).not.toBe(first.body.quarantine);
  });

  test('in a batch is kept item by item, each id once', async () => {
    const events = [call('b1'), bad('b2'), bad('b3'), call('b2', { class: 'x' }), 7];
    const { body } = await crm.send('POST', '/v1/events', { events });
    const kept = body.results.map((line: { problem?: { quarantine?: string } }) =>
      Boolean(line.problem?.quarantine),
    );
    expect(kept).toEqual([false, true, true, true, true]);
    expect(body.results[3].problem.quarantine).toBe(body.results[1].problem.quarantine);
    expect(await one(body.results[1].problem.quarantine)).toMatchObject({
      fault: { pointer: '/class' },
    });
  });

  test('is not kept for people, for what cannot be read, nor what is far too long', async () => {
    const before = (await list()).length;
    const owner = await office.user('owner');
    expect((await owner('POST', '/v1/events', bad('p1'))).body).not.toHaveProperty('quarantine');
    expect((await crm.send('POST', '/v1/events', '{"id": ')).status).toBe(400);
    const long = await crm.send('POST', '/v1/events', call('l1', { note: 'x'.repeat(70_000) }));
    expect(long.status).toBe(422);
    expect(long.body).not.toHaveProperty('quarantine');
    expect((await list()).length).toBe(before);
  });
});

describe('mending', () => {
  test('a delivery replayed as it came stays, with the new reason', async () => {
    const { quarantine } = (await crm.send('POST', '/v1/events', bad('m1'))).body;
    const url = `/v1/quarantine/${quarantine}/replay`;
    expect((await office.send('POST', url, {})).status).toBe(422);
    const half = JSON.stringify({ ...call('m1'), activity: undefined });
    const still = await office.send('POST', url, { body: half });
    expect(still.body.errors[0]).toMatchObject({ code: 'activity_missing' });
    expect(await one(quarantine)).toMatchObject({
      fault: { code: 'activity_missing' },
      body: half,
      settledAt: null,
    });
    expect((await office.send('POST', url, { body: '{' })).status).toBe(400);
  });

  test('a mended one is stored as its source’s, once, and audited', async () => {
    const { quarantine } = (await crm.send('POST', '/v1/events', bad('m2'))).body;
    const url = `/v1/quarantine/${quarantine}/replay`;
    const body = JSON.stringify(call('m2'));
    const manager = await office.user('manager');
    expect(await manager('POST', url, { body })).toMatchObject({ status: 201, body: { id: 'm2' } });
    const event = (await office.log('activity.logged')).at(-1);
    expect(event.key).toBe(`${crm.sourceId}/m2`);
    expect(await one(quarantine)).toMatchObject({ outcome: 'replayed' });
    expect((await office.log('delivery.settled')).at(-1)).toMatchObject({
      subject: quarantine,
      now: { outcome: 'replayed', event: `${crm.sourceId}/m2` },
      by: { kind: 'user' },
    });
    expect((await manager('POST', url, { body })).status).toBe(410);
  });

  test('a CloudEvent is replayed as the same event', async () => {
    const event = { specversion: '1.0', id: 'c1', source: '/crm', type: 'x.activity.logged' };
    const type = { 'content-type': 'application/cloudevents+json' };
    const refused = await crm.send('POST', '/v1/events', event, type);
    expect(refused.body.errors[0]).toMatchObject({
      code: 'nobody_credited',
      pointer: '/data/credits',
    });
    const { quarantine } = refused.body;
    expect(await one(quarantine)).toMatchObject({ eventId: '/crm|c1' });
    const body = JSON.stringify({ ...event, data: { activity: 'call', person: 'Ana' } });
    const url = `/v1/quarantine/${quarantine}/replay`;
    expect(await office.send('POST', url, { body })).toMatchObject({
      status: 201,
      body: { id: '/crm|c1' },
    });
  });

  test('one that its sender sends again in a good form settles itself', async () => {
    const { quarantine } = (await crm.send('POST', '/v1/events', bad('m3'))).body;
    expect((await crm.send('POST', '/v1/events', call('m3'))).status).toBe(201);
    expect(await one(quarantine)).toMatchObject({ outcome: 'replayed' });
    // A later refusal under an id that is known stays open: nothing of it was taken.
    const again = (await crm.send('POST', '/v1/events', bad('m3'))).body;
    expect(await one(again.quarantine)).toMatchObject({ outcome: null });
  });

  test('a dismissed one goes behind the open ones', async () => {
    const { quarantine } = (await crm.send('POST', '/v1/events', bad('m4'))).body;
    const url = `/v1/quarantine/${quarantine}/dismiss`;
    expect((await office.send('POST', url)).status).toBe(204);
    expect((await office.send('POST', url)).status).toBe(410);
    const rows = await list();
    const open = rows.map((row: { settledAt: string | null }) => row.settledAt === null);
    expect(open).toEqual([...open].sort((a, b) => Number(b) - Number(a)));
    expect((await office.log('delivery.settled')).at(-1).now).toMatchObject({
      outcome: 'dismissed',
    });
  });
});

describe('at the same time', () => {
  test('one id is kept once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => crm.send('POST', '/v1/events', bad('r1'))),
    );
    expect(new Set(answers.map(({ body }) => body.quarantine)).size).toBe(1);
    const rows = await list(office.send, '?limit=200');
    expect(rows.filter((row: { eventId: string }) => row.eventId === 'r1')).toHaveLength(1);
  });

  test('two who replay store one event and settle it once', async () => {
    const { quarantine } = (await crm.send('POST', '/v1/events', bad('r2'))).body;
    const url = `/v1/quarantine/${quarantine}/replay`;
    const body = JSON.stringify(call('r2'));
    const answers = await Promise.all([1, 2].map(() => office.send('POST', url, { body })));
    for (const { status } of answers) expect([200, 201, 410]).toContain(status);
    const settled = (await office.log('delivery.settled')).filter(
      (event) => event.subject === quarantine,
    );
    expect(settled).toHaveLength(1);
  });

  test('who sends what is wrong does not delay who sends what is right', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let locked = (): void => undefined;
    const isLocked = new Promise<void>((resolve) => (locked = resolve));
    const holding = office.db.owner.begin(async (tx) => {
      const name = `quarantine/${office.orgId}`;
      await tx`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
      locked();
      await held;
    });
    await isLocked;
    const wrong = Array.from({ length: 20 }, (_, n) =>
      crm.send('POST', '/v1/events', bad(`w${n}`)),
    );
    const right = await Promise.all(
      Array.from({ length: 20 }, (_, n) => crm.send('POST', '/v1/events', call(`g${n}`))),
    );
    expect(right.map(({ status }) => status)).toEqual(right.map(() => 201));
    release();
    await holding;
    for (const answer of await Promise.all(wrong)) expect(answer.body.quarantine).toMatch(/^dlv_/);
  });
});

test('pages lead through all of them without a gap', async () => {
  const all = (await list(office.send, '?limit=200')).map((row: { id: string }) => row.id);
  const seen: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const after: string = next === '' ? '' : `&after=${next}`;
    const page = (await office.send('GET', `/v1/quarantine?limit=3${after}`)).body;
    seen.push(...page.deliveries.map((row: { id: string }) => row.id));
    next = page.next;
  }
  expect(seen).toEqual(all);
});

test('another organisation sees, mends and dismisses none of it', async () => {
  const { quarantine } = (await crm.send('POST', '/v1/events', bad('t1'))).body;
  const { send } = await office.neighbour();
  expect(await list(send)).toEqual([]);
  const body = JSON.stringify(call('t1'));
  expect((await send('POST', `/v1/quarantine/${quarantine}/replay`, { body })).status).toBe(404);
  expect((await send('POST', `/v1/quarantine/${quarantine}/dismiss`)).status).toBe(404);
  expect((await crm.send('GET', '/v1/quarantine')).status).toBe(403);
  const rep = await office.user('rep');
  expect((await rep('GET', '/v1/quarantine')).status).toBe(403);
});

test('only the newest are kept', async () => {
  const { orgId } = await office.neighbour();
  const delivery = (n: number) => ({
    id: `dlv_${n}`,
    sourceId: 'src_x',
    eventId: null,
    fault: { code: 'x', detail: 'x' },
    body: '{}',
  });
  for (const n of [1, 2, 3, 4, 5]) await keepDeliveries(office.db.app, orgId, [delivery(n)]);
  expect(await pruneDeliveries(office.db.app, orgId, 3)).toBe(2);
  const left = await office.db.owner`
    select delivery_id as id from quarantine where org_id = ${orgId} order by 1`;
  expect(left.map((row) => row['id'])).toEqual(['dlv_3', 'dlv_4', 'dlv_5']);
});
