import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

let floor: TestFloor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const good = {
  id: 'g',
  type: 'deal.won',
  amount: { amount: '1.00', currency: 'USD' },
  credits: [{ person: 'a@example.com', share: '1' }],
};
const raw = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  floor.ingest.app.inject({
    method: 'POST',
    url: '/v1/events',
    payload,
    headers: {
      authorization: `Bearer ${floor.key}`,
      'content-type': 'application/json',
      ...headers,
    },
  });
const json = (change: object) => JSON.stringify({ ...good, ...change });
const nested = `${'['.repeat(50)}${']'.repeat(50)}`;

describe('what cannot be taken is answered with a problem that says what to fix', () => {
  test.each([
    ['malformed JSON', '{"id": ', 400, 'not_json', ''],
    ['nothing', '', 422, 'not_an_object', ''],
    ['a list', '[]', 422, 'not_an_object', ''],
    ['a wrong type', json({ id: 7 }), 422, 'type', '/id'],
    ['an unknown type', json({ type: 'deal.sold' }), 422, 'not_one_of', '/type'],
    ['an unknown field', json({ colour: 'red' }), 422, 'unknown_field', '/colour'],
    ['no id', json({ id: undefined }), 422, 'id_missing', '/id'],
    ['no amount', json({ amount: undefined }), 422, 'amount_missing', '/amount'],
    [
      'money as a number',
      json({ amount: { amount: 1, currency: 'USD' } }),
      422,
      'type',
      '/amount/amount',
    ],
    [
      'an unknown currency',
      json({ amount: { amount: '1', currency: 'XXQ' } }),
      422,
      'unknown_currency',
      '/amount/currency',
    ],
    [
      'a currency without a rate',
      json({ amount: { amount: '1', currency: 'EUR' } }),
      422,
      'no_rate',
      '/amount/currency',
    ],
    [
      'half a cent',
      json({ amount: { amount: '1.005', currency: 'USD' } }),
      422,
      'too_precise',
      '/amount/amount',
    ],
    [
      'infinity',
      json({ amount: { amount: '1e400', currency: 'USD' } }),
      422,
      'not_a_decimal',
      '/amount/amount',
    ],
    [
      'shares that miss a whole',
      json({
        credits: [
          { person: 'a', share: '0.7' },
          { person: 'b', share: '0.2' },
        ],
      }),
      422,
      'share_sum',
      '/credits',
    ],
    [
      'one person twice',
      json({
        credits: [
          { person: 'a', share: '0.5' },
          { person: ' A ', share: '0.5' },
        ],
      }),
      422,
      'person_twice',
      '/credits',
    ],
    ['30 February', json({ occurredAt: '2026-02-30T10:00:00Z' }), 422, 'bad_time', '/occurredAt'],
    ['no offset', json({ occurredAt: '2026-02-20T10:00:00' }), 422, 'bad_time', '/occurredAt'],
    [
      'the future',
      json({ occurredAt: '2099-01-01T00:00:00Z' }),
      422,
      'in_the_future',
      '/occurredAt',
    ],
    ['the year 1', json({ occurredAt: '0001-01-01T00:00:00Z' }), 422, 'too_old', '/occurredAt'],
    ['a poisoned key', '{"__proto__": {"id": "x"}}', 400, 'bad_key', '/__proto__'],
    ['a constructor key', '{"constructor": {}}', 400, 'bad_key', '/constructor'],
    ['half a surrogate pair', '{"id": "\\ud800"}', 400, 'half_character', '/id'],
    ['a null character', '{"id": "a\\u0000b"}', 400, 'null_character', '/id'],
    ['a key given twice', '{"id": "a", "id": "b"}', 400, 'key_twice', ''],
    ['deep nesting', `{"id": ${nested}}`, 400, 'too_deep', undefined],
  ])('%s', async (_name, payload, status, code, pointer) => {
    const answer = await raw(payload);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const problem = answer.json<{ errors: { code: string; pointer: string; detail: string }[] }>();
    expect([answer.statusCode, problem.errors[0]?.code]).toEqual([status, code]);
    if (pointer !== undefined) expect(problem.errors[0]?.pointer).toBe(pointer);
    expect(problem.errors[0]?.detail.length).toBeGreaterThan(10);
  });

  test('a body that is too large, compressed, or not JSON', async () => {
    expect((await raw(json({ reason: 'x'.repeat(2_000_000) }))).statusCode).toBe(413);
    const gzip = { 'content-encoding': 'gzip' };
    expect((await raw(gzipSync(json({})), gzip)).statusCode).toBe(415);
    expect((await raw('<event/>', { 'content-type': 'text/xml' })).statusCode).toBe(415);
  });

  test('nobody without a key, and nothing without its right', async () => {
    expect((await raw(json({}), { authorization: '' })).statusCode).toBe(401);
    expect((await raw(json({}), { authorization: 'Bearer wrong' })).statusCode).toBe(401);
  });
});

test('a batch keeps its good items and names each bad one', async () => {
  const events = [
    { ...good, id: 'b1' },
    { ...good, id: 'b2', type: 'x' },
    5,
    { ...good, id: 'b3' },
  ];
  const answer = await floor.send('POST', '/v1/events', { events });
  expect(answer.status).toBe(200);
  const results = answer.body.results as {
    status: number;
    problem?: { errors: { pointer: string }[] };
  }[];
  expect(results.map((result) => result.status)).toEqual([201, 422, 422, 201]);
  expect(results[1]!.problem!.errors[0]!.pointer).toBe('/events/1/type');
});

test('a thousand and one events are too many', async () => {
  const events = Array.from({ length: 1_001 }, (_, n) => ({ ...good, id: `m${n}` }));
  expect((await floor.send('POST', '/v1/events', { events })).status).toBe(413);
});

test('names with markup, right-to-left overrides and emoji are taken as they are', async () => {
  const name = '<img src=x onerror=alert(1)> \u202Eevil 🏆';
  const made = await floor.send('POST', '/v1/people', { name });
  expect(made).toMatchObject({ status: 201, body: { name } });
  const { rows } = (await floor.send('GET', '/v1/boards/revenue-all')).body;
  expect(rows.map((row: { entity: { name: string } }) => row.entity.name)).toContain(name);
});

test('mutated bodies never cause a 5xx', async () => {
  const text = json({ occurredAt: '2026-11-01T10:00:00Z', attributes: { a: 'b' } });
  let seed = 7;
  const random = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  for (let round = 0; round < 400; round += 1) {
    const at = random(text.length);
    const mutated =
      text.slice(0, at) + String.fromCharCode(random(65_535)) + text.slice(at + random(4));
    expect((await raw(mutated)).statusCode, mutated).toBeLessThan(500);
  }
});

test('whoever was just named is on boards by that name', async () => {
  for (let n = 0; n < 40; n += 1) {
    const name = `Newcomer ${n}`;
    await floor.send('POST', '/v1/people', { name });
    const { rows } = (await floor.send('GET', '/v1/boards/revenue-all?limit=1000')).body;
    expect(rows.map((row: { entity: { name: string } }) => row.entity.name)).toContain(name);
  }
});
