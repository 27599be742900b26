import type { EntryAnswer } from '@ovation/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFloor, type TestFloor } from './floor.fixture.ts';
import { addStaff, signedIn, type SendAs } from './staff.fixture.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const YESTERDAY = new Date(NOW - 24 * 3_600_000).toISOString();

let floor: TestFloor;
let ids: Record<string, string>;
let ana: SendAs;
let lead: SendAs;
let other: SendAs;
beforeAll(async () => {
  floor = await openFloor({ clock: { now: () => NOW } });
  ids = await addStaff(floor, { North: ['Lead', 'Ana'], South: ['Chief', 'Cy'] });
  ana = await signedIn(floor, 'rep', ids['Ana']);
  lead = await signedIn(floor, 'manager', ids['Lead']);
  other = await signedIn(floor, 'manager', ids['Chief']);
  const approval = { needs: 'deals', above: '100.00' };
  expect((await floor.send('PATCH', '/v1/organisation', { approval })).body).toMatchObject({
    settings: { approval: { needs: 'deals', above: '10000' } },
  });
});
afterAll(() => floor.close());

const deal = (id: string, amount: string, extra: object = {}) => ({
  ...{ id: `entry-${id}`, kind: 'deal', account: 'Isdom', occurredAt: YESTERDAY },
  amount: { amount, currency: 'USD' },
  ...extra,
});
const decide = (as: SendAs, id: string, body: object) =>
  as('POST', `/v1/entries/entry-${id}/decision`, body);
/** What Ana has on a board, as it stood on the evening of a day. */
const has = async (board: string, at = new Date(NOW).toISOString()): Promise<string> => {
  const answer = await floor.send('GET', `/v1/boards/${board}?at=${at}`);
  return answer.body.rows.find((row: { entity: { id: string } }) => row.entity.id === ids['Ana'])
    .value as string;
};
const inLog = async (id: string) => {
  const { changes } = (await floor.send('GET', '/v1/changes?limit=1000')).body;
  return changes.filter((one: { id: string }) => one.id === id).length as number;
};

describe('an entry by hand', () => {
  test('of an activity, or of a deal below the limit, counts at once', async () => {
    const call = await ana('POST', '/v1/entries', { kind: 'activity', activity: 'call' });
    expect(call).toMatchObject({ status: 201, body: { state: 'counted', class: null } });
    const small = await ana('POST', '/v1/entries', deal('small', '99.99'));
    expect(small.body).toMatchObject({ state: 'counted', event: 'src_ovation/entry-small' });
    expect(await has('activities-day')).toBe('1');
    expect(await has('revenue-month')).toBe('99.99');
  });

  test('of a larger deal waits: it is kept, in no log and on no board', async () => {
    const sent = await ana('POST', '/v1/entries', deal('big', '500.00'));
    expect(sent).toMatchObject({ status: 201, body: { state: 'waiting', event: null } });
    expect(await has('revenue-month')).toBe('99.99');
    expect(await inLog('entry-big')).toBe(0);
  });

  test('sent again is the same entry; another one under its id is a conflict', async () => {
    const again = await ana('POST', '/v1/entries', deal('big', '500.00'));
    expect(again).toMatchObject({ status: 200, body: { id: 'entry-big' } });
    expect((await ana('POST', '/v1/entries', deal('big', '501.00'))).status).toBe(409);
    expect((await ana('GET', '/v1/entries?state=waiting')).body.entries).toHaveLength(1);
  });

  test('that looks like another says so to whoever decides', async () => {
    await floor.send('POST', '/v1/events', {
      ...{ id: 'crm-1', type: 'deal.won', deal: 'crm-1', person: 'Ana', occurredAt: YESTERDAY },
      amount: { amount: '500.00', currency: 'USD' },
      attributes: { account: 'Isdom Ltd' },
    });
    const { entries } = (await lead('GET', '/v1/entries?state=waiting')).body;
    const [big] = entries as EntryAnswer[];
    expect(big).toMatchObject({ person: { name: 'Ana' }, amount: { amount: '500.00' } });
    expect(big!.duplicates).toMatchObject([{ account: 'Isdom Ltd', entry: null }]);
  });

  test('is decided by a manager of the team, and not by whoever entered it', async () => {
    expect((await decide(ana, 'big', { decision: 'approve' })).status).toBe(403);
    expect((await decide(other, 'big', { decision: 'approve' })).status).toBe(403);
    expect((await other('GET', '/v1/entries')).body.entries).toEqual([]);
  });

  test('approved counts when it happened, once however often it is approved', async () => {
    const before = await has('revenue-month');
    const first = await decide(lead, 'big', { decision: 'approve' });
    expect(first.body).toMatchObject({ state: 'counted', event: 'src_ovation/entry-big' });
    expect((await decide(lead, 'big', { decision: 'approve' })).body.state).toBe('counted');
    expect(await inLog('entry-big')).toBe(1);
    expect(Number(await has('revenue-month'))).toBe(Number(before) + 500);
    expect(await has('revenue-day', YESTERDAY.replace('T12', 'T18'))).toBe('1099.99');
    expect(await has('revenue-day')).toBe('0.00');
    expect((await decide(lead, 'big', { decision: 'decline', reason: 'No' })).status).toBe(409);
    const { changes } = (await floor.send('GET', '/v1/audit?type=entry.decided')).body;
    expect(changes).toMatchObject([
      { was: { state: 'waiting' }, now: { entry: 'entry-big', state: 'counted' } },
    ]);
  });

  test('declined says why, and never counts', async () => {
    await ana('POST', '/v1/entries', deal('odd', '700.00'));
    const silent = await decide(lead, 'odd', { decision: 'decline' });
    expect(silent.body.errors).toMatchObject([{ code: 'reason_missing', pointer: '/reason' }]);
    await decide(lead, 'odd', { decision: 'decline', reason: 'It is in the CRM already' });
    const { entries } = (await ana('GET', '/v1/entries')).body;
    const odd = (entries as EntryAnswer[]).find((one) => one.id === 'entry-odd');
    expect(odd).toMatchObject({ state: 'declined', reason: 'It is in the CRM already' });
    expect(await inLog('entry-odd')).toBe(0);
  });

  test('is taken back with a reason: waiting in silence, counted by an event', async () => {
    await ana('POST', '/v1/entries', deal('slip', '800.00'));
    const back = (id: string, as = ana) =>
      as('POST', `/v1/entries/entry-${id}/withdrawal`, { reason: 'A slip' });
    expect((await back('slip')).body).toMatchObject({ state: 'withdrawn', reason: 'A slip' });
    expect(await inLog('entry-slip')).toBe(0);
    const before = Number(await has('revenue-month'));
    expect((await back('big')).body.state).toBe('withdrawn');
    expect((await back('big')).body.state).toBe('withdrawn');
    expect(Number(await has('revenue-month'))).toBe(before - 500);
    expect((await back('small', other)).status).toBe(403);
  });

  test('is what somebody did themselves, checked like every event', async () => {
    const theirs = deal('theirs', '5.00', { person: ids['Cy'] });
    expect((await ana('POST', '/v1/entries', theirs)).status).toBe(403);
    const rough = deal('rough', '1.234');
    expect((await ana('POST', '/v1/entries', rough)).body.errors[0].pointer).toBe('/amount/amount');
    const later = deal('later', '5.00', { occurredAt: '2027-01-01T10:00:00Z' });
    expect((await ana('POST', '/v1/entries', later)).body.errors[0].code).toBe('in_the_future');
  });
});
