import { revokedChannel } from '@ovation/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openOffice, type Office, type Send } from './office.fixture.ts';

let office: Office;
let owner: Send;
beforeAll(async () => {
  office = await openOffice();
  owner = await office.user('owner');
});
afterAll(() => office.close());

let count = 0;
const call = () => ({
  id: `k${(count += 1)}`,
  type: 'activity.logged',
  activity: 'call',
  person: 'Ana',
});
const as = (secret: string) => ({ authorization: `Bearer ${secret}` });
const sendAs = (secret: string) => office.send('POST', '/v1/events', call(), as(secret));
const newKey = async (more: object = {}) =>
  (await owner('POST', '/v1/keys', { name: 'CRM', scopes: ['events:write'], ...more })).body;
const keyOf = async (id: string) =>
  (await owner('GET', '/v1/keys')).body.keys.find((key: { id: string }) => key.id === id);
const sourceOf = async (id: string) =>
  (await owner('GET', '/v1/sources')).body.sources.find((one: { id: string }) => one.id === id);

describe('a key', () => {
  test('shows its secret once, and opens the door as far as its rights go', async () => {
    const key = await newKey();
    expect(key.secret).toMatch(/^ovk_/);
    expect(key.prefix).toBe(key.secret.slice(0, 8));
    expect((await sendAs(key.secret)).status).toBe(201);
    expect((await office.send('GET', '/v1/people', undefined, as(key.secret))).status).toBe(403);
    expect(await keyOf(key.id)).not.toHaveProperty('secret');
    const [made] = (await office.log('key.changed')).slice(-1);
    expect(made).toMatchObject({
      subject: key.id,
      now: { name: 'CRM', scopes: ['events:write'], source: key.source },
    });
    expect(JSON.stringify(await office.log())).not.toContain(key.secret);
  });

  test('can give no more than its maker has', async () => {
    const { send } = await office.machine(['keys:write', 'events:write']);
    const more = await send('POST', '/v1/keys', {
      name: 'x',
      scopes: ['events:write', 'audit:read'],
    });
    expect(more).toMatchObject({ status: 403, body: { errors: [{ pointer: '/scopes/1' }] } });
    const strong = await newKey({ scopes: ['settings:write'] });
    expect((await send('POST', `/v1/keys/${strong.id}/rotate`, {})).status).toBe(403);
    expect((await send('POST', '/v1/keys', { name: 'x', scopes: ['events:write'] })).status).toBe(
      201,
    );
    const manager = await office.user('manager');
    expect((await manager('GET', '/v1/keys')).status).toBe(403);
  });

  test.each([
    [{ scopes: [] }, 'minItems'],
    [{ scopes: ['everything'] }, 'not_one_of'],
    [{ scopes: ['events:write', 'events:write'] }, 'uniqueItems'],
    [{ source: 'src_ovation' }, 'unknown_source'],
    [{ source: 'src_none' }, 'unknown_source'],
  ])('is refused with %j', async (more, code) => {
    const answer = await owner('POST', '/v1/keys', {
      name: 'x',
      scopes: ['events:write'],
      ...more,
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code }] } });
  });

  test('ends at once when it is revoked, and whoever hangs on it is told', async () => {
    const key = await newKey();
    expect((await sendAs(key.secret)).status).toBe(201);
    const heard: unknown[] = [];
    await office.bus.subscribe(revokedChannel(office.orgId), (message) => heard.push(message));
    expect((await owner('DELETE', `/v1/keys/${key.id}`)).status).toBe(204);
    expect((await sendAs(key.secret)).status).toBe(401);
    expect(heard).toEqual([{ subject: key.id }]);
    expect((await keyOf(key.id)).revokedAt).not.toBeNull();
    expect((await office.log('key.changed')).at(-1)).toMatchObject({
      now: null,
      was: { name: 'CRM' },
    });
    expect((await owner('DELETE', '/v1/keys/key_none')).status).toBe(404);
  });

  test('notes when it was used', async () => {
    const key = await newKey();
    expect((await keyOf(key.id)).lastUsedAt).toBeNull();
    await sendAs(key.secret);
    await vi.waitFor(async () => expect((await keyOf(key.id)).lastUsedAt).not.toBeNull());
  });
});

describe('a rotation', () => {
  test('lets both secrets in until the old one ends', async () => {
    const old = await newKey();
    const next = (await owner('POST', `/v1/keys/${old.id}/rotate`, { overlapHours: 1 })).body;
    expect(next).toMatchObject({ name: 'CRM', source: old.source, scopes: ['events:write'] });
    expect((await sendAs(old.secret)).status).toBe(201);
    expect((await sendAs(next.secret)).status).toBe(201);
    const ending = await keyOf(old.id);
    expect(ending.rotatedTo).toBe(next.id);
    const left = Date.parse(ending.expiresAt) - Date.now();
    expect(Math.abs(left - 3_600_000)).toBeLessThan(60_000);
    expect((await owner('POST', `/v1/keys/${old.id}/rotate`, {})).status).toBe(410);
  });

  test('without overlap ends the old secret at once', async () => {
    const old = await newKey();
    expect((await sendAs(old.secret)).status).toBe(201);
    const next = (await owner('POST', `/v1/keys/${old.id}/rotate`, { overlapHours: 0 })).body;
    expect((await sendAs(old.secret)).status).toBe(401);
    expect((await sendAs(next.secret)).status).toBe(201);
    const far = await owner('POST', `/v1/keys/${next.id}/rotate`, { overlapHours: 721 });
    expect(far.status).toBe(422);
    expect((await owner('POST', '/v1/keys/key_none/rotate', {})).status).toBe(404);
  });

  test('a key that expires is trusted no longer than it lives', async () => {
    const old = await newKey();
    await office.db.owner`
      update api_key set expires_at = clock_timestamp() + interval '300 milliseconds'
      where key_id = ${old.id}`;
    expect((await sendAs(old.secret)).status).toBe(201);
    // Well before what is remembered of a key would be looked up again.
    await vi.waitFor(async () => expect((await sendAs(old.secret)).status).toBe(401), 1_500);
  });
});

describe('a source', () => {
  test('counts what came from it and what waits', async () => {
    const source = (await owner('POST', '/v1/sources', { name: 'Phones' })).body;
    expect(source).toMatchObject({ name: 'Phones', kind: 'key', events: 0, lastEventAt: null });
    const key = await newKey({ source: source.id });
    expect(key.source).toBe(source.id);
    for (const person of ['nobody-1', 'nobody-2']) {
      await office.send('POST', '/v1/events', { ...call(), person }, as(key.secret));
      expect((await sourceOf(source.id)).lastEventAt).not.toBeNull();
    }
    await office.send('POST', '/v1/events', { ...call(), type: 'x' }, as(key.secret));
    expect(await sourceOf(source.id)).toMatchObject({ events: 2, quarantined: 1, unmatched: 2 });
  });

  test('that is paused turns events away until it is resumed', async () => {
    const key = await newKey({ name: 'Old CRM' });
    expect((await sendAs(key.secret)).status).toBe(201);
    const url = `/v1/sources/${key.source}`;
    const paused = await owner('PATCH', url, { paused: true, name: 'Older CRM' });
    expect(paused.body).toMatchObject({ name: 'Older CRM' });
    expect(paused.body.pausedAt).not.toBeNull();
    const refused = await sendAs(key.secret);
    expect(refused).toMatchObject({ status: 403 });
    expect(refused.body.detail).toContain('"Older CRM" is paused');
    expect((await owner('PATCH', url, { paused: false })).body.pausedAt).toBeNull();
    expect((await sendAs(key.secret)).status).toBe(201);
    const [first, second] = (await office.log('source.changed')).slice(-2);
    expect(first).toMatchObject({
      subject: key.source,
      was: { name: 'Old CRM', paused: false },
      now: { name: 'Older CRM', paused: true },
    });
    expect(second).toMatchObject({ now: { paused: false } });
  });

  test('of people’s own entries cannot be paused', async () => {
    const answer = await owner('PATCH', '/v1/sources/src_ovation', { paused: true });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code: 'never_paused' }] } });
    expect((await owner('PATCH', '/v1/sources/src_none', { name: 'x' })).status).toBe(404);
  });
});

test('another organisation sees and ends none of it', async () => {
  const key = await newKey();
  const { send } = await office.neighbour();
  expect((await send('GET', '/v1/keys')).body.keys).toHaveLength(1);
  const ids = (await send('GET', '/v1/sources')).body.sources.map((one: { id: string }) => one.id);
  expect(ids).not.toContain(key.source);
  expect((await send('DELETE', `/v1/keys/${key.id}`)).status).toBe(404);
  expect((await send('POST', `/v1/keys/${key.id}/rotate`, {})).status).toBe(404);
  expect((await send('PATCH', `/v1/sources/${key.source}`, { paused: true })).status).toBe(404);
  const theirs = { name: 'x', scopes: ['events:write'], source: key.source };
  expect((await send('POST', '/v1/keys', theirs)).status).toBe(422);
  expect((await sendAs(key.secret)).status).toBe(201);
});
