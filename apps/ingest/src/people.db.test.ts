import { BEGINNING } from '@ovation/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type Office } from './office.fixture.ts';

const NOW = Date.parse('2026-11-24T09:31:00Z');
let now = NOW;
let office: Office;
const teams: Record<string, string> = {};
beforeAll(async () => {
  office = await openOffice({ clock: { now: () => now } });
  await office.send('PATCH', '/v1/organisation', { timeZone: 'Asia/Tehran' });
  for (const name of ['North', 'South', 'West']) {
    teams[name] = (await office.send('POST', '/v1/teams', { name })).body.id;
  }
});
afterAll(() => office.close());

let count = 0;
const add = async (more: object = {}) =>
  (await office.send('POST', '/v1/people', { name: `Person ${(count += 1)}`, ...more })).body;
const change = (id: string, patch: object) => office.send('PATCH', `/v1/people/${id}`, patch);
const history = async (id: string) =>
  (await office.send('GET', `/v1/people/${id}/memberships`)).body.memberships;
const lastChange = async () => (await office.log('person.changed')).at(-1);
/** Midnight of Tehran, three and a half hours before that of Greenwich. */
const MARCH = '2026-02-28T20:30:00.000Z';
const MAY = '2026-04-30T20:30:00.000Z';

describe('a new person', () => {
  test('belongs to their team since ever, unless a date is said', async () => {
    const ever = await add({ team: teams['North'], startedOn: '2024-03-01' });
    expect(ever).toMatchObject({
      team: { id: teams['North'] },
      manager: null,
      startedOn: '2024-03-01',
    });
    expect(await history(ever.id)).toEqual([{ since: null, team: teams['North'], manager: null }]);
    expect(await lastChange()).toMatchObject({ person: ever.id, since: null, manager: null });
    const dated = await add({ team: teams['North'], manager: ever.id, since: '2026-03-01' });
    expect(dated.manager).toEqual({ id: ever.id });
    expect(await history(dated.id)).toEqual([
      { since: MARCH, team: teams['North'], manager: ever.id },
    ]);
    expect(await lastChange()).toMatchObject({ since: Date.parse(MARCH), manager: ever.id });
  });

  test.each([
    [{ since: '2026-02-30' }, 'bad_date', '/since'],
    [{ since: '2026-11-25' }, 'in_the_future', '/since'],
    [{ startedOn: '2026-13-01' }, 'bad_date', '/startedOn'],
    [{ team: 'team_none' }, 'unknown_team', '/team'],
    [{ manager: 'per_none' }, 'unknown_person', '/manager'],
  ])('is refused with %j', async (more, code, pointer) => {
    const answer = await office.send('POST', '/v1/people', { name: 'X', ...more });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code, pointer }] } });
  });
});

describe('a move', () => {
  test('counts from now, and keeps what it does not name', async () => {
    const boss = await add();
    const { id } = await add({ team: teams['North'], manager: boss.id });
    const moved = await change(id, { team: teams['South'] });
    expect(moved.body).toMatchObject({ team: { id: teams['South'] }, manager: { id: boss.id } });
    expect(await history(id)).toEqual([
      { since: null, team: teams['North'], manager: boss.id },
      { since: new Date(NOW).toISOString(), team: teams['South'], manager: boss.id },
    ]);
    expect(await lastChange()).toMatchObject({
      team: teams['South'],
      since: NOW,
      manager: boss.id,
      was: { team: teams['North'], manager: boss.id, since: null },
    });
  });

  test('to a date of the past leaves later changes as they are', async () => {
    const { id } = await add({ team: teams['North'] });
    await change(id, { team: teams['South'], since: '2026-05-01' });
    const answer = await change(id, { team: teams['West'], since: '2026-03-01' });
    expect(answer.body.team).toEqual({ id: teams['South'] });
    expect(await history(id)).toMatchObject([
      { since: null, team: teams['North'] },
      { since: MARCH, team: teams['West'] },
      { since: MAY, team: teams['South'] },
    ]);
  });

  test('to where somebody is already is none', async () => {
    const { id } = await add({ team: teams['North'] });
    await change(id, { team: teams['North'], name: 'Renamed' });
    expect(await history(id)).toHaveLength(1);
    expect(await lastChange()).toMatchObject({
      team: teams['North'],
      since: BEGINNING,
      was: { team: teams['North'], fields: ['name'] },
    });
    expect(JSON.stringify(await office.log())).not.toContain('Renamed');
    const alone = await change(id, { since: '2026-03-01' });
    expect(alone.body.errors[0].code).toBe('since_alone');
    expect((await change('per_none', { name: 'x' })).status).toBe(404);
  });
});

describe('a history', () => {
  test('is mended at a moment, or moved to another', async () => {
    const { id } = await add({ team: teams['North'] });
    await change(id, { team: teams['South'], since: '2026-05-01' });
    const at = (since: string) => `/v1/people/${id}/memberships/${since}`;
    const mended = await office.send('PATCH', at('2026-05-01'), { team: teams['West'] });
    expect(mended.body.memberships.at(-1)).toEqual({
      since: MAY,
      team: teams['West'],
      manager: null,
    });
    const moved = await office.send('PATCH', at(MAY), { since: '2026-03-01' });
    expect(moved.body.memberships).toMatchObject([
      { team: teams['North'] },
      { since: MARCH, team: teams['West'] },
    ]);
    const [gone, set] = (await office.log('person.changed')).slice(-2);
    expect(gone).toMatchObject({ since: Date.parse(MAY), gone: true, team: teams['West'] });
    expect(set).toMatchObject({ since: Date.parse(MARCH), team: teams['West'] });
    const ever = await office.send('PATCH', at('ever'), { team: null });
    expect(ever.body.memberships[0]).toEqual({ since: null, team: null, manager: null });
    const taken = await office.send('PATCH', at('ever'), { since: '2026-03-01' });
    expect(taken.body.errors[0].code).toBe('since_taken');
    expect((await office.send('PATCH', at('2026-06-01'), { team: null })).status).toBe(404);
    expect((await office.send('PATCH', at('once'), { team: null })).status).toBe(422);
  });

  test('loses a change that never was', async () => {
    const { id } = await add({ team: teams['North'] });
    await change(id, { team: teams['South'], since: '2026-05-01' });
    const url = `/v1/people/${id}/memberships/2026-05-01`;
    expect((await office.send('DELETE', url)).status).toBe(204);
    expect(await history(id)).toHaveLength(1);
    const { people } = (await office.send('GET', '/v1/people')).body;
    expect(people.find((one: { id: string }) => one.id === id).team).toEqual({
      id: teams['North'],
    });
    expect(await lastChange()).toMatchObject({ gone: true, was: { team: teams['South'] } });
    expect((await office.send('DELETE', url)).status).toBe(404);
  });
});

describe('reporting lines', () => {
  test('never lead back to where they began', async () => {
    const top = await add();
    const middle = await add({ manager: top.id });
    const low = await add({ manager: middle.id });
    const circle = await change(top.id, { manager: low.id });
    expect(circle.body.errors[0]).toMatchObject({ code: 'reporting_circle', pointer: '/manager' });
    expect((await change(low.id, { manager: low.id })).status).toBe(422);
    expect((await change(low.id, { manager: top.id })).status).toBe(200);
  });

  test('may have run the other way in the past', async () => {
    const ana = await add();
    const bo = await add();
    await change(ana.id, { manager: bo.id, since: '2026-03-01' });
    now += 1;
    await change(ana.id, { manager: null });
    now += 1;
    expect((await change(bo.id, { manager: ana.id })).status).toBe(200);
    const past = { manager: ana.id, since: '2026-05-01' };
    expect((await change(bo.id, past)).body.errors[0].code).toBe('reporting_circle');
  });
});

describe('a team', () => {
  test('is renamed and hung below another, never below itself', async () => {
    const at = (name: string) => `/v1/teams/${teams[name]}`;
    const below = await office.send('PATCH', at('South'), { parent: teams['North'], name: 'S' });
    expect(below).toMatchObject({ status: 200, body: { name: 'S', parent: teams['North'] } });
    expect((await office.log('team.changed')).at(-1)).toMatchObject({
      team: teams['South'],
      parent: teams['North'],
      was: { parent: null },
    });
    await office.send('PATCH', at('West'), { parent: teams['South'] });
    const circle = await office.send('PATCH', at('North'), { parent: teams['West'] });
    expect(circle.body.errors[0]).toMatchObject({ code: 'team_circle', pointer: '/parent' });
    expect((await office.send('PATCH', at('West'), { parent: teams['West'] })).status).toBe(422);
    expect((await office.send('PATCH', at('West'), { parent: 'team_none' })).status).toBe(422);
    expect((await office.send('PATCH', '/v1/teams/team_none', { name: 'x' })).status).toBe(404);
  });

  test('that was renamed is known to the door by its new name at once', async () => {
    const call = { type: 'activity.logged', activity: 'call', person: 'Somebody', team: 'Nord' };
    expect((await office.send('POST', '/v1/events', { ...call, id: 't1' })).status).toBe(422);
    await office.send('PATCH', `/v1/teams/${teams['North']}`, { name: 'Nord' });
    expect((await office.send('POST', '/v1/events', { ...call, id: 't1' })).status).toBe(201);
    expect((await office.log('activity.logged')).at(-1).team).toBe(teams['North']);
  });
});

test('another organisation sees and changes none of it', async () => {
  const { id } = await add({ team: teams['North'] });
  const { send } = await office.neighbour();
  expect((await send('GET', `/v1/people/${id}/memberships`)).status).toBe(404);
  expect((await send('PATCH', `/v1/people/${id}`, { name: 'x' })).status).toBe(404);
  const url = `/v1/people/${id}/memberships/ever`;
  expect((await send('PATCH', url, { team: null })).status).toBe(404);
  expect((await send('DELETE', url)).status).toBe(404);
  expect((await send('PATCH', `/v1/teams/${teams['North']}`, { name: 'x' })).status).toBe(404);
  const theirs = { name: 'X', team: teams['North'] };
  expect((await send('POST', '/v1/people', theirs)).status).toBe(422);
  expect((await send('POST', '/v1/people', { name: 'X', manager: id })).status).toBe(422);
});
