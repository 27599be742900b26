import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

let floor: TestFloor;
beforeAll(async () => {
  floor = await openFloor();
  for (const [team, names] of [
    ['North', ['Ana', 'Bo']],
    ['South', ['Cy']],
  ] as const) {
    const { id } = (await floor.send('POST', '/v1/teams', { name: team })).body;
    for (const name of names) {
      const email = `${name.toLowerCase()}@example.com`;
      await floor.send('POST', '/v1/people', { name, email, team: id });
    }
  }
});
afterAll(() => floor.close());

const start = Date.now();
const minutesAgo = (minutes: number) => new Date(start - minutes * 60_000).toISOString();
let count = 0;
const post = async (event: object) => {
  count += 1;
  const answer = await floor.send('POST', '/v1/events', { id: `e${count}`, ...event });
  expect(answer.body).toMatchObject({ duplicate: false });
  return `e${count}`;
};
const won = (person: string, deal: string, amount: string, more: object = {}) =>
  post({
    type: 'deal.won',
    person,
    deal,
    amount: { amount, currency: 'USD' },
    occurredAt: minutesAgo(10),
    ...more,
  });
const board = async (slug: string, query = '') => {
  const answer = await floor.send('GET', `/v1/boards/${slug}${query}`);
  expect(answer.status).toBe(200);
  if (query !== '') return answer.body;
  // What the projector has in memory and what the store says are one.
  const stored = await floor.send('GET', `/v1/boards/${slug}?at=${answer.body.at}`);
  expect(stored.body).toEqual(answer.body);
  return answer.body;
};
const lines = async (slug: string, query = '') =>
  (await board(slug, query)).rows
    .map(
      (row: { rank: number; entity: { name: string }; value: string | null }) =>
        `${row.rank} ${row.entity.name} ${row.value ?? '-'}`,
    )
    .sort();

test('every kind of correction is counted, and each can be seen as it was known', async () => {
  const opened = { type: 'deal.opened', occurredAt: minutesAgo(60), person: 'Ana' };
  await post({ ...opened, deal: 'a', amount: { amount: '900', currency: 'USD' } });
  const first = await won('Ana', 'a', '1000', { attributes: { product: 'GTX' } });
  const second = await won('Bo', 'b', '500', { attributes: { product: 'MG' } });
  expect(await lines('revenue-all')).toEqual(['1 Ana 1000.00', '2 Bo 500.00', '3 Cy 0.00']);
  const then = new Date().toISOString();
  const amount = { amount: '1200', currency: 'USD' };
  await post({ type: 'deal.amended', corrects: first, amount, occurredAt: minutesAgo(1) });
  await post({ type: 'deal.reassigned', deal: 'b', person: 'Cy', occurredAt: minutesAgo(1) });
  expect(await lines('revenue-all')).toEqual(['1 Ana 1200.00', '2 Cy 500.00', '3 Bo 0.00']);
  const credits = [
    { person: 'Ana', share: '2/3' },
    { person: 'Bo', share: '1/3' },
  ];
  await post({ type: 'deal.split', corrects: first, credits, occurredAt: minutesAgo(1) });
  expect(await lines('revenue-all')).toEqual(['1 Ana 800.00', '2 Cy 500.00', '3 Bo 400.00']);
  expect((await board('pipeline-created-all')).total).toBe('900.00');
  expect(await lines('average-deal-all')).toEqual(['1 Ana 1200.00', '1 Bo 1200.00', '3 Cy 500.00']);
  expect((await board('cycle-length-all')).rows[0].value).toBe('3000');
  expect(await lines('revenue-all', `?known=${then}`)).toEqual([
    '1 Ana 1000.00',
    '2 Bo 500.00',
    '3 Cy 0.00',
  ]);
  await post({ type: 'deal.reversed', reverses: second });
  expect(await lines('revenue-all')).toEqual(['1 Ana 800.00', '2 Bo 400.00', '3 Cy 0.00']);
  expect(await lines('team-revenue-all')).toEqual(['1 North 1200.00', '2 South 0.00']);
});

test('activities and payments are counted and taken back', async () => {
  const call = { type: 'activity.logged', activity: 'call', person: 'Ana' };
  const logged = await post(call);
  await post({ ...call, activity: 'demo' });
  expect(await lines('activity-points-all')).toEqual(['1 Ana 9', '2 Bo 0', '2 Cy 0']);
  await post({ type: 'activity.withdrawn', withdraws: logged });
  expect(await lines('activity-points-all')).toEqual(['1 Ana 8', '2 Bo 0', '2 Cy 0']);
  const received = await floor.send('POST', '/v1/metrics', {
    name: 'Paid',
    unit: 'money',
    definition: { kind: 'sum', of: 'amount', events: ['payment.received', 'payment.refunded'] },
  });
  expect(received.status).toBe(201);
  const { id } = received.body;
  const paid = await post({
    type: 'payment.received',
    person: 'Cy',
    amount: { amount: '50', currency: 'USD' },
  });
  await post({
    type: 'payment.refunded',
    payment: paid,
    amount: { amount: '20', currency: 'USD' },
  });
  await settled(id);
  expect(await lines(`${id}-all`)).toEqual(['1 Cy 30.00', '2 Ana 0.00', '2 Bo 0.00']);
});

/** Waits until a change of a metric is counted. */
async function settled(id: string): Promise<void> {
  await expect
    .poll(async () => (await floor.send('GET', `/v1/metrics/${id}`)).body.rebuild)
    .toBeNull();
}

test('a metric is previewed on real data, published, and counted in the background', async () => {
  const definition = {
    kind: 'sum',
    of: 'amount',
    events: ['deal.won'],
    where: [{ field: 'attributes.product', is: ['gtx'] }],
  };
  const draft = { unit: 'money', definition };
  const preview = await floor.send('POST', '/v1/metrics/preview', { ...draft, metric: 'revenue' });
  expect(preview.body).toMatchObject({ value: '1200.00', valueNow: '1200.00', matched: 1 });
  const { id } = (await floor.send('POST', '/v1/metrics', { ...draft, name: 'GTX' })).body;
  await settled(id);
  expect(await lines(`${id}-all`)).toEqual(['1 Ana 800.00', '2 Bo 400.00', '3 Cy 0.00']);
  await won('Cy', 'c', '70', { attributes: { product: 'GTX' } });
  await won('Cy', 'd', '5000', { attributes: { product: 'MG' } });
  expect(await lines(`${id}-all`)).toEqual(['1 Ana 800.00', '2 Bo 400.00', '3 Cy 70.00']);
  const { events } = { events: ['deal.won'] };
  const version = { definition: { kind: 'count', events }, from: '2000-01-01' };
  const refused = await floor.send('POST', `/v1/metrics/${id}/versions`, version);
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/unit' }] } });
  const other = { ...definition, where: [{ field: 'attributes.product', isNot: ['GTX'] }] };
  const then = new Date().toISOString();
  const published = { definition: other, from: '2000-01-01' };
  await floor.send('POST', `/v1/metrics/${id}/versions`, published);
  await settled(id);
  expect(await lines(`${id}-all`)).toEqual(['1 Cy 5000.00', '2 Ana 0.00', '2 Bo 0.00']);
  expect((await lines(`${id}-all`, `?known=${then}`))[0]).toBe('1 Ana 800.00');
});

test('a board has its own filter, order and address', async () => {
  const { body } = await floor.send('POST', '/v1/boards', {
    name: 'MG this month',
    metric: 'revenue',
    period: 'last-30',
    of: 'people',
    where: [{ field: 'attributes.product', is: ['MG'] }],
    ties: 'first',
  });
  expect(body).toMatchObject({ slug: 'mg-this-month', starter: false });
  await expect
    .poll(() => lines('mg-this-month'))
    .toEqual([
      expect.stringMatching('1 Cy'),
      expect.stringMatching('2 '),
      expect.stringMatching('3 '),
    ]);
  const perHead = { name: 'Per head', metric: 'revenue', period: 'all', of: 'teams' };
  await floor.send('POST', '/v1/boards', { ...perHead, rankedBy: 'per_head' });
  expect(await lines('per-head')).toEqual(['1 South 5070.00', '2 North 600.00']);
  expect((await floor.send('GET', '/v1/boards')).body.boards[0].name).toBe('MG this month');
});
