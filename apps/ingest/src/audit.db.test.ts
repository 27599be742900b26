import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type Office, type Send } from './office.fixture.ts';

let office: Office;
let owner: Send;
let team: string;
let person: string;
beforeAll(async () => {
  office = await openOffice();
  owner = await office.user('owner');
  team = (await owner('POST', '/v1/teams', { name: 'North' })).body.id;
  person = (await office.send('POST', '/v1/people', { name: '=Ana()', team })).body.id;
  await owner('PATCH', `/v1/people/${person}`, { team: null, name: '=Anna()' });
  await owner('PATCH', '/v1/organisation', { name: 'Isdom', weekStart: 6 });
  await owner('PUT', '/v1/rates', { currency: 'EUR', from: '2026-01-01', rate: '1.1' });
  // A deal that somebody enters by hand is no setting, though it comes from the same source.
  const won = { type: 'deal.won', person, amount: { amount: '1', currency: 'USD' } };
  await owner('POST', '/v1/events', { ...won, id: 'by-hand' });
});
afterAll(() => office.close());

const read = async (query = '', send = owner) => (await send('GET', `/v1/audit${query}`)).body;
const types = async (query: string) =>
  (await read(query)).changes.map((one: { type: string }) => one.type);

describe('the audit', () => {
  test('says who changed what from what to what, newest first, and nothing else', async () => {
    const { changes } = await read();
    expect(changes.map((one: { type: string }) => one.type)).toEqual([
      'rate.set',
      'organisation.changed',
      'person.changed',
      'person.changed',
      'team.changed',
      'organisation.changed',
    ]);
    const [rate, organisation, moved, added, made, founded] = changes;
    expect(rate).toMatchObject({
      by: { kind: 'user', name: 'owner' },
      subject: 'EUR',
      was: null,
      now: { from: '2026-01-01', rate: '1.1' },
    });
    expect(organisation.was).toMatchObject({ name: 'Test', settings: { weekStart: 1 } });
    expect(organisation.now).toMatchObject({ name: 'Isdom', settings: { weekStart: 6 } });
    expect(moved).toMatchObject({
      subject: person,
      subjectName: '=Anna()',
      was: { team, manager: null, active: true, since: null },
      now: { team: null, manager: null, active: true, fields: ['name'] },
    });
    expect(added).toMatchObject({
      by: { kind: 'key', name: 'First key' },
      was: null,
      now: { team },
    });
    expect(made).toMatchObject({ subjectName: 'North', now: { parent: null } });
    expect(founded).toMatchObject({ by: { kind: 'system', name: 'Ovation' }, subject: null });
  });

  test('is filtered', async () => {
    expect(await types('?type=team.changed,rate.set')).toEqual(['rate.set', 'team.changed']);
    expect(await types(`?subject=${person}`)).toEqual(['person.changed', 'person.changed']);
    const { changes } = await read();
    const by = changes[0].by.id;
    expect(await types(`?by=${by}`)).toHaveLength(4);
    const at = encodeURIComponent(changes[2].at);
    expect(await types(`?from=${at}`)).toHaveLength(3);
    expect(await types(`?to=${at}`)).toHaveLength(3);
    expect(await types('?to=2020-01-01')).toEqual([]);
    expect((await owner('GET', '/v1/audit?from=yesterday')).status).toBe(422);
    expect((await owner('GET', '/v1/audit?colour=red')).status).toBe(422);
  });

  test('is paged without a gap', async () => {
    const all = (await read()).changes.map((one: { seq: number }) => one.seq);
    const seen: number[] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const page = await read(`?limit=2${after}`);
      seen.push(...page.changes.map((one: { seq: number }) => one.seq));
      next = page.next;
    }
    expect(seen).toEqual(all);
  });

  test('comes as a file that no spreadsheet runs', async () => {
    const asked = await owner('GET', '/v1/audit', undefined, { accept: 'text/csv' });
    expect(asked).toMatchObject({ status: 200, type: 'text/csv; charset=utf-8' });
    const file = await owner('GET', '/v1/audit?format=csv&type=person.changed');
    const lines = parse(file.body, { bom: true, columns: true }) as Record<string, string>[];
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      'by name': 'owner',
      type: 'person.changed',
      subject: person,
      'subject name': "'=Anna()",
    });
    expect(JSON.parse(lines[0]!['was']!)).toMatchObject({ team });
  });

  test('knows the walls that came and went', async () => {
    const { id } = (await owner('POST', '/v1/screens', { name: 'Hall' })).body;
    expect((await owner('DELETE', `/v1/screens/${id}`)).status).toBe(204);
    const [gone, made] = (await read(`?subject=${id}`)).changes;
    expect(made).toMatchObject({ type: 'screen.changed', was: null, now: { name: 'Hall' } });
    expect(gone).toMatchObject({ was: { name: 'Hall' }, now: null });
    expect((await owner('DELETE', `/v1/screens/${id}`)).status).toBe(404);
  });

  test('is one organisation’s own, and for those with the right', async () => {
    const { send, orgId } = await office.neighbour();
    const { changes } = await read('', send);
    expect(changes).toHaveLength(1);
    expect(JSON.stringify(changes)).not.toContain(office.orgId);
    expect(orgId).not.toBe(office.orgId);
    expect((await send('GET', `/v1/audit?subject=${person}`)).body.changes).toEqual([]);
    const rep = await office.user('rep');
    expect((await rep('GET', '/v1/audit')).status).toBe(403);
    const manager = await office.user('manager');
    expect((await manager('GET', '/v1/audit')).status).toBe(200);
  });
});
