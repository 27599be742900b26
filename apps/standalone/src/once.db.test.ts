import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

let floor: TestFloor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const post = (url: string, body: object, key?: string, headers: Record<string, string> = {}) =>
  floor.ingest.app.inject({
    method: 'POST',
    url,
    payload: JSON.stringify(body),
    headers: {
      authorization: `Bearer ${floor.key}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...headers,
    },
  });
const teams = async () => (await floor.send('GET', '/v1/teams')).body.teams as { name: string }[];

describe('a write with an Idempotency-Key', () => {
  test('is done once and answered the same again, letter by letter', async () => {
    const first = await post('/v1/teams', { name: 'North' }, 'a');
    const second = await post('/v1/teams', { name: 'North' }, 'a');
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.body).toBe(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await teams()).filter((team) => team.name === 'North')).toHaveLength(1);
  });

  test('is another one under another key, at another place, or without a key', async () => {
    for (const key of ['b', 'c', undefined, undefined]) {
      const answer = await post('/v1/teams', { name: 'East' }, key);
      expect(answer.headers['idempotency-replayed']).toBeUndefined();
    }
    expect((await teams()).filter((team) => team.name === 'East')).toHaveLength(4);
    expect((await post('/v1/people', { name: 'East' }, 'b')).json()).toHaveProperty('email');
  });

  test('is refused when the key comes with another body', async () => {
    const answer = await post('/v1/teams', { name: 'South' }, 'a');
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ code: 'key_taken' }] });
  });

  test('is refused while the first one runs', async () => {
    const both = await Promise.all(['', ''].map(() => post('/v1/people', { name: 'Zoe' }, 'z')));
    const replays = both.filter((answer) => answer.headers['idempotency-replayed'] === 'true');
    const codes = both.map((answer) => answer.statusCode).sort();
    if (replays.length === 0) expect(codes).toEqual([201, 409]);
    await floor.db.owner`update idempotency set status = null where key = 'z'`;
    const late = await post('/v1/people', { name: 'Zoe' }, 'z');
    expect([late.statusCode, late.headers['retry-after']]).toEqual([409, '1']);
    expect(late.json()).toMatchObject({ errors: [{ code: 'still_running' }] });
  });

  test('can be tried again when it changed nothing', async () => {
    const team = { name: 'West', parent: 'team_of_nobody' };
    expect((await post('/v1/teams', team, 'w')).statusCode).toBe(422);
    expect((await post('/v1/teams', { name: 'West' }, 'w')).statusCode).toBe(201);
  });

  test('is forgotten after a day', async () => {
    const first = await post('/v1/teams', { name: 'Old' }, 'old');
    await floor.db.owner`
      update idempotency set created_at = now() - interval '25 hours' where key = 'old'`;
    // Another write sweeps it, and its own key is free again in any case.
    const second = await post('/v1/teams', { name: 'Old' }, 'old');
    expect(second.statusCode).toBe(201);
    expect(second.json<{ id: string }>().id).not.toBe(first.json<{ id: string }>().id);
    await floor.db.owner`
      update idempotency set created_at = now() - interval '25 hours' where key = 'old'`;
    await post('/v1/teams', { name: 'New' }, 'new');
    const left = await floor.db.owner`select key from idempotency where key in ('old', 'new')`;
    expect(left.map((row) => row['key'] as string)).toEqual(['new']);
  });

  test('leaves no secret behind, and says so when it repeats', async () => {
    const first = await post('/v1/screens', { name: 'Wall' }, 's');
    const { id, url } = first.json<{ id: string; url: string }>();
    const again = await post('/v1/screens', { name: 'Wall' }, 's');
    expect(again.statusCode).toBe(201);
    expect(again.json()).toEqual({ id, name: 'Wall', withheld: ['url'] });
    const kept = await floor.db.owner`select answer::text as answer from idempotency`;
    const secret = new URL(url).searchParams.get('screen')!;
    expect(JSON.stringify(kept)).not.toContain(secret);
  });

  test('gives a key of its own away once only, when it is made and rotated', async () => {
    const body = { name: 'CRM', scopes: ['events:write'] };
    const first = (await post('/v1/keys', body, 'k')).json<{ id: string; secret: string }>();
    const again = (await post('/v1/keys', body, 'k')).json<{ id: string }>();
    expect(again).toMatchObject({ id: first.id, withheld: ['secret'] });
    const rotate = () => post(`/v1/keys/${first.id}/rotate`, { overlapHours: 1 }, 'r');
    const rotated = (await rotate()).json<{ id: string; secret: string }>();
    expect((await rotate()).json()).toMatchObject({ id: rotated.id, withheld: ['secret'] });
    const kept = await floor.db.owner`select answer::text as answer from idempotency`;
    for (const { secret } of [first, rotated]) {
      expect(secret).toMatch(/^ovk_/);
      expect(JSON.stringify(kept)).not.toContain(secret);
    }
  });

  test('has a key of at most 150 characters', async () => {
    const answer = await post('/v1/teams', { name: 'Long' }, 'x'.repeat(151));
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/idempotency-key' }] });
  });
});
