import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type Office } from './office.fixture.ts';

let office: Office;
const people: Record<string, string> = {};
let team: string;
beforeAll(async () => {
  office = await openOffice();
  team = (await office.send('POST', '/v1/teams', { name: 'North' })).body.id;
  for (const [name, more] of [
    ['Anna Snelling', { email: 'anna@example.com' }],
    ['علی کریمی', {}],
  ] as const) {
    people[name] = (await office.send('POST', '/v1/people', { name, ...more })).body.id;
  }
});
afterAll(() => office.close());

let count = 0;
const call = (person: string) =>
  office.send('POST', '/v1/events', {
    id: `u${(count += 1)}`,
    type: 'activity.logged',
    activity: 'call',
    person,
  });
const list = async (send = office.send) => (await send('GET', '/v1/unmatched')).body.subjects;
const stranger = async (alias: string) =>
  (await list()).find((one: { alias: string }) => one.alias === alias);
const say = (subject: string, verb: string, body: object = {}) =>
  office.send('POST', `/v1/unmatched/${subject}/${verb}`, body);
/** As the projector writes what a subject's events came to. */
async function credit(subject: string, measure: string, fact: string, value: number) {
  const { owner } = office.db;
  await owner`
    insert into measure_state (org_id, measure, subject, component, from_seq, ready, done, total)
    values (${office.orgId}, ${measure}, ${measure}, 0, 0, true, 0, 0) on conflict do nothing`;
  await owner`
    insert into credit (org_id, measure, fact_key, subject_id, person_id, occurred_at, since_at,
      value, seq)
    values (${office.orgId}, ${measure}, ${fact}, ${subject}, ${subject}, now(), now(),
      ${value}, 1)`;
}

describe('somebody unknown', () => {
  test('waits with what they did and who they might be', async () => {
    await call('A. Snelling');
    await call('A. Snelling');
    const waiting = await stranger('a. snelling');
    expect(waiting).toMatchObject({ events: 0, revenue: '0.00', lastEventAt: null, team: null });
    await credit(waiting.subject, 'revenue', 'f1', 1_250);
    await credit(waiting.subject, 'deals', 'f1', 1_000_000);
    await credit(waiting.subject, 'calls', 'f2', 1_000_000);
    expect(await stranger('a. snelling')).toMatchObject({
      source: { id: office.sourceId, name: 'First key' },
      events: 2,
      revenue: '12.50',
      suggestions: [{ person: { id: people['Anna Snelling'] }, because: 'Anna Snelling' }],
    });
  });

  test('is found under other letters of the same alphabet', async () => {
    await call('علي كريمی (فروش)');
    const { suggestions } = await stranger('علی کریمی (فروش)');
    expect(suggestions[0].person.id).toBe(people['علی کریمی']);
  });

  test('is of a team before anybody knows who they are', async () => {
    await call('Phone 7');
    const { subject } = await stranger('phone 7');
    expect((await say(subject, 'place', { team })).status).toBe(204);
    expect((await office.log()).at(-1)).toMatchObject({ type: 'subject.placed', subject, team });
    expect((await stranger('phone 7')).team).toBe(team);
    expect((await say(subject, 'place', { team: 'team_none' })).status).toBe(422);
    expect((await say(subject, 'place', { team: null })).status).toBe(204);
    expect((await office.log()).at(-1)).toMatchObject({ team: null, was: team });
  });
});

describe('a match', () => {
  test('is one event, undone by one, and counts for what is still to come', async () => {
    await call('asnell');
    const { subject } = await stranger('asnell');
    const person = people['Anna Snelling'];
    const matched = await say(subject, 'match', { person });
    expect(matched).toMatchObject({ status: 200, body: { subject, person } });
    expect(await stranger('asnell')).toBeUndefined();
    const event = (await office.log()).at(-1);
    expect(event).toMatchObject({ type: 'person.matched', subject, person, was: null });
    // The door goes on naming the subject: undoing takes later events back too.
    await call('asnell');
    expect((await office.log()).at(-1).credits).toEqual([{ person: subject, share: '1' }]);
    const before = (await office.log()).length;
    await say(subject, 'match', { person });
    expect((await office.log()).length).toBe(before);
    expect((await say(subject, 'undo')).status).toBe(204);
    expect((await office.log()).at(-1)).toMatchObject({ subject, person: null, was: person });
    expect(await stranger('asnell')).toBeDefined();
  });

  test('with a new person makes them in the same step', async () => {
    await call('New Hire');
    const { subject } = await stranger('new hire');
    const newPerson = { name: 'New Hire', team, since: '2026-01-01' };
    const { person } = (await say(subject, 'match', { newPerson })).body;
    const [added, matched] = (await office.log()).slice(-2);
    expect(added).toMatchObject({ type: 'person.changed', person, team });
    expect(matched).toMatchObject({ type: 'person.matched', subject, person });
    const all = (await office.send('GET', '/v1/people')).body.people;
    expect(all.find((one: { id: string }) => one.id === person).name).toBe('New Hire');
  });

  test('that fails makes nobody', async () => {
    await call('Nobody');
    const { subject } = await stranger('nobody');
    const all = async () => (await office.send('GET', '/v1/people')).body.people.length;
    const before = await all();
    const newPerson = { name: 'X', team: 'team_none' };
    expect((await say(subject, 'match', { newPerson })).status).toBe(422);
    expect(await all()).toBe(before);
    expect((await say(subject, 'match', {})).body.errors[0].code).toBe('one_of_two');
    const both = { person: people['Anna Snelling'], newPerson: { name: 'X' } };
    expect((await say(subject, 'match', both)).status).toBe(422);
    expect((await say(subject, 'match', { person: 'per_none' })).status).toBe(422);
    expect((await say('unm_none', 'match', { person: 'per_none' })).status).toBe(404);
    const known = people['Anna Snelling']!;
    expect((await say(known, 'match', { person: known })).status).toBe(404);
  });
});

test('who is dismissed stays away until that is undone', async () => {
  await call('Test account');
  const { subject } = await stranger('test account');
  expect((await say(subject, 'dismiss')).status).toBe(204);
  await call('Test account');
  expect(await stranger('test account')).toBeUndefined();
  expect((await office.log('subject.dismissed')).at(-1)).toMatchObject({ subject });
  expect((await say(subject, 'undo')).status).toBe(204);
  expect((await office.log('subject.dismissed')).at(-1)).toMatchObject({ now: null });
  expect(await stranger('test account')).toBeDefined();
  await say(subject, 'match', { person: people['Anna Snelling'] });
  expect((await say(subject, 'dismiss')).status).toBe(409);
});

test('the list is paged', async () => {
  const all = (await list()).map((one: { subject: string }) => one.subject);
  const page = (await office.send('GET', '/v1/unmatched?limit=2')).body;
  const rest = (await office.send('GET', `/v1/unmatched?after=${page.next}`)).body;
  const seen = [...page.subjects, ...rest.subjects].map((one: { subject: string }) => one.subject);
  expect(seen).toEqual(all);
  expect(rest.next).toBeNull();
});

test('another organisation sees and names none of them', async () => {
  await call('Hidden');
  const { subject } = await stranger('hidden');
  const { send } = await office.neighbour();
  expect(await list(send)).toEqual([]);
  for (const [verb, body] of [
    ['match', { newPerson: { name: 'X' } }],
    ['undo', {}],
    ['place', { team: null }],
    ['dismiss', {}],
  ] as const) {
    const answer = await send('POST', `/v1/unmatched/${subject}/${verb}`, body);
    expect(answer.status).toBe(404);
  }
  const rep = await office.user('rep');
  expect((await rep('GET', '/v1/unmatched')).status).toBe(403);
});
