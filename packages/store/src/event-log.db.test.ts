import { cloneDatabase, type TestDatabase } from '@ovation/testkit';
import { DEFAULT_SETTINGS } from '@ovation/domain';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { inOrg } from './connect.ts';
import { appendEvents, readEventsAfter, type NewEvent } from './event-log.ts';
import { createOrganisation } from './organisations.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await cloneDatabase(inject('postgresUrl'));
  for (const id of ['org_a', 'org_b']) {
    await inOrg(db.app, id, (tx) =>
      createOrganisation(tx, { id, name: id, settings: DEFAULT_SETTINGS, demo: false }),
    );
  }
});
afterAll(() => db.close());

const event = (orgId: string, eventId: string, body: object = {}): NewEvent => ({
  orgId,
  sourceId: 'src_test',
  eventId,
  type: 'deal.lost',
  occurredAt: '2026-11-23T09:31:00.000Z',
  body: JSON.stringify(body),
  bodyHash: JSON.stringify(body),
});

test('sixty concurrent appends with retries from two writers leave 1 to 50 without a hole', async () => {
  const second = db.pool(4);
  const events = Array.from({ length: 50 }, (_, n) => event('org_a', `e${n}`));
  const retries = events.slice(0, 10);
  const receipts = await Promise.all(
    [...events, ...retries].map((one, n) => appendEvents(n % 2 ? db.app : second, [one])),
  );
  const fresh = receipts.flat().filter((receipt) => !receipt.duplicate);
  expect(fresh.map((receipt) => receipt.seq).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 50 }, (_, n) => n + 1),
  );
  const log = await readEventsAfter(db.app, 'org_a', 0, 100);
  expect(log.map((one) => one.seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
});

test('a batch holds new, repeated and contradicting events side by side', async () => {
  const [first] = await appendEvents(db.app, [event('org_b', 'x', { deal: '1' })]);
  const receipts = await appendEvents(db.app, [
    event('org_b', 'x', { deal: '1' }),
    event('org_b', 'x', { deal: '2' }),
    event('org_b', 'y'),
    event('org_b', 'y'),
  ]);
  expect(receipts.map(({ seq, duplicate, conflict }) => [seq, duplicate, conflict])).toEqual([
    [first!.seq, true, false],
    [first!.seq, true, true],
    [first!.seq + 1, false, false],
    [first!.seq + 1, true, false],
  ]);
});

test('numbers past 2^31 are numbers', async () => {
  await db.owner`update log_head set seq = 3000000000 where org_id = 'org_b'`;
  const [receipt] = await appendEvents(db.app, [event('org_b', 'late')]);
  expect(receipt!.seq).toBe(3_000_000_001);
});

test('every table that knows an organisation is under forced row-level security', async () => {
  const open = await db.owner<{ name: string }[]>`
    select c.relname as name
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and not (c.relrowsecurity and c.relforcerowsecurity
        and exists (select 1 from pg_policy p where p.polrelid = c.oid))`;
  expect(open).toEqual([]);
});

test('a query that forgets its organisation finds nothing, and cannot write for another', async () => {
  expect(await db.app`select * from event`).toEqual([]);
  expect(
    await inOrg(db.app, 'org_b', (tx) => tx`select 1 from event where org_id = 'org_a'`),
  ).toEqual([]);
  await expect(
    inOrg(
      db.app,
      'org_b',
      (tx) => tx`insert into team (org_id, team_id, name) values ('org_a', 't', 't')`,
    ),
  ).rejects.toThrow(/row-level security/);
});

test('the log is append-only for those who write it', async () => {
  await expect(inOrg(db.app, 'org_a', (tx) => tx`delete from event`)).rejects.toThrow(/permission/);
  await expect(inOrg(db.app, 'org_a', (tx) => tx`update event set type = 'x'`)).rejects.toThrow(
    /permission/,
  );
});
