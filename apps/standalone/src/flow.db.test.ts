import { forgetProjection, inOrg } from '@ovation/store';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';

let floor: TestFloor;
const people: string[] = [];
beforeAll(async () => {
  floor = await openFloor();
  const team = (await floor.send('POST', '/v1/teams', { name: 'North' })).body.id as string;
  for (const name of ['Ana', 'Bo', 'Cy']) {
    const email = `${name.toLowerCase()}@example.com`;
    const answer = await floor.send('POST', '/v1/people', { name, email, team });
    people.push(answer.body.id as string);
  }
});
afterAll(() => floor.close());

const money = (amount: string) => ({ amount, currency: 'USD' });
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const board = async (slug: string, query = '') =>
  (await floor.send('GET', `/v1/boards/${slug}${query}`)).body;
const lines = async (slug: string, query = '') =>
  (await board(slug, query)).rows.map(
    (row: { rank: number; entity: { name: string }; value: string }) =>
      `${row.rank} ${row.entity.name} ${row.value}`,
  );

test('a won deal is stored, counted, and a repeat is answered like the first', async () => {
  const event = {
    id: 'd1',
    type: 'deal.won',
    occurredAt: minutesAgo(5),
    deal: 'opp-1',
    amount: money('100.00'),
    credits: [
      { person: 'ana@example.com', share: '0.7' },
      { person: people[1], share: '0.3' },
    ],
  };
  const first = await floor.send('POST', '/v1/events', event);
  expect(first.status).toBe(201);
  const again = await floor.send('POST', '/v1/events', event);
  expect(again).toMatchObject({ status: 200, body: { seq: first.body.seq, duplicate: true } });
  const other = await floor.send('POST', '/v1/events', { ...event, amount: money('1.00') });
  expect(other).toMatchObject({ status: 409, type: 'application/problem+json; charset=utf-8' });
  expect(await lines('revenue-month')).toEqual(['1 Ana 70.00', '2 Bo 30.00', '3 Cy 0.00']);
  expect(await lines('deals-all')).toEqual(['1 Ana 0.7', '2 Bo 0.3', '3 Cy 0']);
  expect(await board('team-revenue-month')).toMatchObject({ total: '100.00', count: 1 });
});

test('ties share a rank, and a reversal leaves no trace', async () => {
  const won = { type: 'deal.won', amount: money('70.00'), person: 'Cy', occurredAt: minutesAgo(1) };
  await floor.send('POST', '/v1/events', { ...won, id: 'd2', deal: 'opp-2' });
  const rows = (await board('revenue-day')).rows;
  expect(rows.map((row: { rank: number; tied: boolean }) => [row.rank, row.tied])).toEqual([
    [1, true],
    [1, true],
    [3, false],
  ]);
  await floor.send('POST', '/v1/events', { id: 'r2', type: 'deal.reversed', reverses: 'd2' });
  expect(await lines('revenue-month')).toEqual(['1 Ana 70.00', '2 Bo 30.00', '3 Cy 0.00']);
});

test('a reversal that arrives before its event takes it back all the same', async () => {
  await floor.send('POST', '/v1/events', { id: 'r3', type: 'deal.reversed', reverses: 'd3' });
  const won = { id: 'd3', type: 'deal.won', amount: money('5.00'), person: 'Cy' };
  await floor.send('POST', '/v1/events', won);
  expect(await lines('revenue-all')).toEqual(['1 Ana 70.00', '2 Bo 30.00', '3 Cy 0.00']);
});

test('a deal that is lost later counts until then and not afterwards', async () => {
  const deal = { deal: 'opp-4', person: 'Bo' };
  const won = { ...deal, id: 'd4', type: 'deal.won', amount: money('9.00') };
  await floor.send('POST', '/v1/events', { ...won, occurredAt: '2025-03-10T10:00:00Z' });
  const lost = { deal: 'opp-4', id: 'l4', type: 'deal.lost', occurredAt: '2025-05-01T10:00:00Z' };
  await floor.send('POST', '/v1/events', lost);
  const at = (day: string) => board('revenue-year', `?at=${day}T12:00:00Z`);
  expect((await at('2025-03-09')).total).toBe('0.00');
  expect((await at('2025-04-30')).total).toBe('9.00');
  expect((await at('2025-05-02')).total).toBe('0.00');
});

test('somebody unknown is kept, and nobody else is moved', async () => {
  const answer = await floor.send('POST', '/v1/events', {
    id: 'u1',
    type: 'deal.won',
    amount: money('11.00'),
    person: 'stranger@example.com',
  });
  expect(answer.status).toBe(201);
  const all = await board('revenue-month');
  expect(all.count).toBe(3);
  expect(all.total).toBe('111.00');
});

/** What the live fold wrote, in full. */
async function written(): Promise<object> {
  return inOrg(floor.db.app, floor.orgId, async (tx) => ({
    credits: await tx`select * from credit order by measure, fact_key, subject_id, seq`,
    deals: await tx`select deal_key, status, stage from deal
      where deal_key not like '?%' order by deal_key`,
    rollups: await tx`select * from rollup where value <> 0 or credits <> 0
      order by measure, period, period_key, entity_id`,
  }));
}

async function boards(): Promise<string> {
  const slugs = ['revenue-month', 'deals-all', 'activities-week', 'team-revenue-year'];
  const all = await Promise.all(slugs.map((slug) => board(slug)));
  return JSON.stringify(all.map(({ rows, total, count, seq }) => ({ rows, total, count, seq })));
}

const anyPerson = fc.constantFrom('Ana', 'Bo', 'Cy');
const anyDeal = fc.integer({ min: 1, max: 6 }).map((n) => `law-${n}`);
const anyTime = fc.integer({ min: 0, max: 400 * 1_440 }).map(minutesAgo);
const anyEvent = fc.oneof(
  fc.record({
    type: fc.constant('deal.won'),
    deal: anyDeal,
    person: anyPerson,
    occurredAt: anyTime,
    amount: fc.integer({ min: 1, max: 90_000 }).map((cents) => money((cents / 100).toFixed(2))),
  }),
  fc.record({ type: fc.constant('deal.lost'), deal: anyDeal, occurredAt: anyTime }),
  fc.record({ type: fc.constant('deal.reversed'), deal: anyDeal, occurredAt: anyTime }),
  fc.record({
    type: fc.constant('activity.logged'),
    activity: fc.constant('call'),
    person: anyPerson,
    occurredAt: anyTime,
  }),
);
let run = 0;

test('replaying the log from zero gives what was live: in any batches, after a crash at any point', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyEvent, { minLength: 1, maxLength: 8 }), { maxLength: 6 }),
      fc.nat(5),
      async (batches, crashAt) => {
        run += 1;
        for (const [index, batch] of batches.entries()) {
          const events = batch.map((event, n) => ({ ...event, id: `law-${run}-${index}-${n}` }));
          await floor.send('POST', '/v1/events', { events });
          if (index === crashAt) {
            await floor.projector.stop();
            floor.projector = await floor.startProjector();
          }
        }
        const live = [await boards(), await written()];
        await floor.projector.stop();
        await forgetProjection(floor.db.owner, floor.orgId);
        floor.projector = await floor.startProjector();
        expect([await boards(), await written()]).toEqual(live);
      },
    ),
    { numRuns: 15 },
  );
});

test('roll-ups equal a recount in SQL', async () => {
  await boards();
  const wrong = await floor.db.owner`
    with standing as (
      select * from credit where gone_seq is null and ended_at is null
    ),
    counted as (
      select measure, person_id as entity_id, sum(value) as value, count(*) as credits
      from standing group by measure, person_id
      union all
      select measure, '*', sum(value), count(*) from standing group by measure
    )
    select * from counted c
    full join (select * from rollup where period = 'all' and entity_id not like 'team_%') r
      using (measure, entity_id)
    where c.value is distinct from r.value and coalesce(r.credits, 1) <> 0`;
  expect(wrong).toEqual([]);
});
