import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type Office, type Send } from './office.fixture.ts';

const folder = join(fileURLToPath(new URL('../../../', import.meta.url)), '../shared/webhooks');
const present = existsSync(join(folder, 'README.md'));
if (!present) console.warn(`NOT RUN: the webhook samples are not at ${folder}`);

interface Sample {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
const samples: readonly Sample[] = present
  ? readdirSync(folder)
      .filter((name) => name.startsWith('cloudevents-'))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Sample)
  : [];
const sample = (part: string): Sample => samples.find(({ id }) => id.includes(part))!;

let office: Office;
let crm: { sourceId: string; send: Send };
beforeAll(async () => {
  office = await openOffice();
  crm = await office.machine(['events:write']);
});
afterAll(() => office.close());

const STRUCTURED = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
const BATCH = { 'content-type': 'application/cloudevents-batch+json' };
const call = { activity: 'call', person: 'ana@example.com' };
let count = 0;
const cloud = (more: object = {}) => ({
  specversion: '1.0',
  id: `n${(count += 1)}`,
  source: '/crm',
  type: 'com.ovation.activity.logged',
  time: '2026-11-20T10:00:00+03:30',
  datacontenttype: 'application/json',
  data: call,
  ...more,
});
const structured = (event: object) => crm.send('POST', '/v1/events', event, STRUCTURED);
const last = async () => (await office.log()).at(-1);

describe('one CloudEvent in structured form', () => {
  test('is an event like any other, under its source and id', async () => {
    const event = cloud({ id: 'a1', traceparent: '00-ab-cd-01', region: null, sampled: true });
    const first = await structured(event);
    expect(first).toMatchObject({ status: 201, body: { id: '/crm|a1', duplicate: false } });
    expect(await structured(event)).toMatchObject({
      status: 200,
      body: { seq: first.body.seq, duplicate: true },
    });
    expect((await structured({ ...event, data: { ...call, activity: 'demo' } })).status).toBe(409);
    expect(await last()).toMatchObject({
      type: 'activity.logged',
      key: `${crm.sourceId}//crm|a1`,
      activity: 'call',
      occurredAt: Date.parse('2026-11-20T06:30:00Z'),
      attributes: { 'ce-traceparent': '00-ab-cd-01', 'ce-sampled': 'true' },
    });
  });

  test('of the key’s own source keeps its plain id', async () => {
    const event = cloud({ id: 'plain', source: crm.sourceId, type: 'activity.logged' });
    expect((await structured(event)).body).toMatchObject({ id: 'plain', duplicate: false });
    const same = { ...call, id: 'plain', type: 'activity.logged', occurredAt: event.time };
    expect((await crm.send('POST', '/v1/events', same)).body.duplicate).toBe(true);
  });

  test('names other events and payments by their own ids', async () => {
    await structured(cloud({ type: 'x.activity.withdrawn', data: { withdraws: 'a1' } }));
    expect(await last()).toMatchObject({ withdraws: `${crm.sourceId}//crm|a1` });
    const paid = { amount: { amount: '5', currency: 'USD' }, person: 'Ana' };
    await structured(cloud({ id: 'p1', type: 'payment.received', data: paid }));
    expect(await last()).toMatchObject({ payment: `$${crm.sourceId}/p1` });
    const back = { amount: paid.amount, payment: 'p1' };
    await structured(cloud({ type: 'payment.refunded', data: back }));
    expect(await last()).toMatchObject({ payment: `$${crm.sourceId}/p1` });
  });

  test('amends by what it says and not by what it carries along', async () => {
    const data = { deal: 'd', amount: { amount: '5', currency: 'USD' } };
    const event = cloud({ type: 'deal.amended', data, traceparent: 'x' });
    expect((await structured(event)).status).toBe(201);
    expect(await last()).not.toHaveProperty('attributes');
  });

  test.each<[string, object, string, string]>([
    ['another version', { specversion: '0.3' }, 'specversion', '/specversion'],
    ['no id', { id: undefined }, 'missing', '/id'],
    ['an empty source', { source: '' }, 'type', '/source'],
    ['a source that is no URI', { source: 'a|b' }, 'bad_source', '/source'],
    ['a type of somebody else', { type: 'com.example.someevent' }, 'unknown_type', '/type'],
    ['a type that only ends alike', { type: 'xdeal.won' }, 'unknown_type', '/type'],
    ['a time that is none', { time: 'yesterday' }, 'bad_time', '/time'],
    ['data as a number', { data: 1.5 }, 'data_not_an_object', '/data'],
    ['data as a text', { data: 'text' }, 'data_not_an_object', '/data'],
    ['data as a list', { data: [] }, 'data_not_an_object', '/data'],
    ['XML', { datacontenttype: 'application/xml' }, 'data_not_json', '/datacontenttype'],
    ['binary data', { data: undefined, data_base64: 'e30=' }, 'data_base64', '/data_base64'],
    ['another id in the data', { data: { ...call, id: 'other' } }, 'said_twice', '/data/id'],
    ['a fault in the data', { data: { activity: 'call' } }, 'nobody_credited', '/data/credits'],
    ['an id that is too long', { id: 'x'.repeat(200) }, 'maxLength', '/id'],
  ])('with %s is refused', async (_name, change, code, pointer) => {
    const answer = await structured(cloud(change));
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code, pointer }] } });
    expect(answer.body.quarantine).toMatch(/^dlv_/);
  });

  test('must be readable', async () => {
    const half = await crm.send('POST', '/v1/events', '{"specversion": "1.0"', STRUCTURED);
    expect(half).toMatchObject({ status: 400, body: { errors: [{ code: 'not_json' }] } });
    const list = await crm.send('POST', '/v1/events', [], STRUCTURED);
    expect(list).toMatchObject({ status: 422, body: { errors: [{ code: 'not_an_object' }] } });
  });

  test('is read here only', async () => {
    const person = await office.send('POST', '/v1/people', { name: 'Ana' }, STRUCTURED);
    expect(person.status).toBe(415);
  });
});

test('a batch is answered item by item, with pointers into it', async () => {
  const events = [cloud(), cloud({ data: { activity: 'call' } }), cloud({ type: 'x' })];
  const { status, body } = await crm.send('POST', '/v1/events', events, BATCH);
  expect(status).toBe(200);
  expect(body.results).toMatchObject([
    { status: 201, duplicate: false },
    { status: 422, problem: { errors: [{ pointer: '/1/data/credits' }] } },
    { status: 422, problem: { errors: [{ pointer: '/2/type' }] } },
  ]);
  const object = await crm.send('POST', '/v1/events', cloud(), BATCH);
  expect(object).toMatchObject({ status: 422, body: { errors: [{ code: 'type' }] } });
  const many = Array.from({ length: 1_001 }, () => 1);
  expect((await crm.send('POST', '/v1/events', many, BATCH)).status).toBe(413);
});

test('the binary form is the same event, and is replayed as one', async () => {
  const headers = {
    'ce-specversion': '1.0',
    'ce-id': 'bin%201',
    'ce-source': '/crm',
    'ce-type': 'com.ovation.activity.logged',
    'ce-time': '2026-11-20T10:00:00Z',
    'ce-region': 'S%C3%BCd',
  };
  const answer = await crm.send('POST', '/v1/events', call, headers);
  expect(answer).toMatchObject({ status: 201, body: { id: '/crm|bin 1' } });
  expect(await last()).toMatchObject({ attributes: { 'ce-region': 'Süd' } });
  const refused = await crm.send(
    'POST',
    '/v1/events',
    { activity: 'call' },
    {
      ...headers,
      'ce-id': 'bin2',
    },
  );
  expect(refused.status).toBe(422);
  const { deliveries } = (await office.send('GET', '/v1/quarantine?limit=1')).body;
  const kept = JSON.parse(deliveries[0].body);
  expect(kept).toMatchObject({ specversion: '1.0', id: 'bin2', data: { activity: 'call' } });
  const url = `/v1/quarantine/${refused.body.quarantine}/replay`;
  const body = JSON.stringify({ ...kept, data: call });
  expect((await office.send('POST', url, { body })).body).toMatchObject({ id: '/crm|bin2' });
});

describe.skipIf(!present)('the published samples', () => {
  const send = ({ headers, body }: Sample) => crm.send('POST', '/v1/events', body, headers);

  test.each<[string, number, string, string]>([
    ['01-structured-json', 422, 'unknown_type', '/type'],
    ['02-structured-number', 422, 'unknown_type', '/type'],
    ['08-binary-json', 422, 'unknown_type', '/type'],
    ['09-binary-number', 422, 'unknown_type', '/type'],
  ])('%s is of a type that is not ours', async (name, status, code, pointer) => {
    expect(await send(sample(name))).toMatchObject({
      status,
      body: { errors: [{ code, pointer }] },
    });
  });

  test.each<[string, string]>([
    ['02-structured-number', 'data_not_an_object'],
    ['03-structured-string', 'data_not_an_object'],
    ['04-structured-base64', 'data_base64'],
    ['05-structured-xml', 'data_not_json'],
    ['09-binary-number', 'data_not_an_object'],
  ])('%s, of a type of ours, is refused for its data', async (name, code) => {
    const { id, headers, body } = sample(name);
    const ours = {
      id,
      headers: { ...headers, ...('ce-type' in headers && { 'ce-type': 'deal.won' }) },
      body: body.replace('com.example.someevent', 'com.example.deal.won'),
    };
    expect(await send(ours)).toMatchObject({ status: 422, body: { errors: [{ code }] } });
  });

  test('01 and 08, of a type of ours, are one event in two forms', async () => {
    const type = 'com.example.activity.logged';
    const { headers, body } = sample('01-structured-json');
    const data = { activity: 'call', person: 'Ana' };
    const first = JSON.stringify({ ...JSON.parse(body), type, data });
    expect((await crm.send('POST', '/v1/events', first, headers)).body).toMatchObject({
      id: '/mycontext|C234-1234-1234',
      duplicate: false,
    });
    expect(await last()).toMatchObject({
      attributes: { 'ce-comexampleextension1': 'value', 'ce-comexampleothervalue': '5' },
    });
    const binary = { ...sample('08-binary-json').headers, 'ce-type': type };
    expect((await crm.send('POST', '/v1/events', data, binary)).body.duplicate).toBe(true);
  });

  test('an empty batch is answered with nothing, a bad item leaves the other alone', async () => {
    expect(await send(sample('06-batch-empty'))).toMatchObject({
      status: 200,
      body: { results: [] },
    });
    const { status, body } = await send(sample('07-batch'));
    expect(status).toBe(200);
    expect(body.results.map((line: { status: number }) => line.status)).toEqual([422, 422]);
  });

  test('XML in the binary form is no form that is read', async () => {
    expect((await send(sample('10-binary-xml'))).status).toBe(415);
  });
});
