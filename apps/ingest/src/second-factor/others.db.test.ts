import { hashToken, newId, newToken } from '@ovation/host';
import { SESSION_COOKIE } from '@ovation/protocol';
import { createSession, inOrg, readUsers, saveUser } from '@ovation/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type Answer, type Office, type Send } from '../office.fixture.ts';
import { totpAt } from './totp.ts';

/** Second factors of others: who lost authenticator and recovery codes is helped by an owner. */

let office: Office;
let now = Date.parse('2026-02-10T12:00:00Z');
beforeAll(async () => {
  office = await openOffice({ clock: { now: () => now } });
});
afterAll(() => office.close());

const OWN = '/v1/second-factor';
const ALL = '/v1/second-factors';
const code = ({ body }: Answer) => body.errors?.[0]?.code;
const reset = (as: Send, user: string) => as('POST', `${ALL}/${user}/reset`);

/** Somebody new of a role, and the id of the account. */
async function somebody(role: 'owner' | 'manager'): Promise<{ as: Send; id: string }> {
  const users = async () => (await readUsers(office.db.app, office.orgId)).map((one) => one.userId);
  const before = await users();
  const as = await office.user(role);
  return { as, id: (await users()).find((one) => !before.includes(one))! };
}

async function enrol(as: Send): Promise<string> {
  const { secret } = (await as('POST', OWN, {})).body;
  now += 30_000;
  const said = await as('POST', `${OWN}/confirm`, { code: totpAt(secret, now) });
  expect(said.status, JSON.stringify(said.body)).toBe(200);
  now += 30_000;
  return secret;
}
const check = (as: Send, secret: string) =>
  as('POST', `${OWN}/check`, { code: totpAt(secret, now) });

test('owners see who approves pay, and whether they have one', async () => {
  const owner = await somebody('owner');
  const manager = await somebody('manager');
  await office.user('rep');
  await enrol(manager.as);
  await enrol(owner.as);
  const { accounts } = (await owner.as('GET', ALL)).body;
  const of = (id: string) => accounts.find(({ user }: { user: { id: string } }) => user.id === id);
  expect(of(manager.id)).toMatchObject({ role: 'manager', may: { reset: true } });
  expect(of(manager.id).since).toEqual(expect.any(String));
  expect(of(owner.id)).toMatchObject({ role: 'owner', may: { reset: false } });
  expect(accounts.map(({ role }: { role: string }) => role)).not.toContain('rep');
});

describe('an owner', () => {
  test('takes it away with all that it proved, and a new one is set up', async () => {
    const owner = await somebody('owner');
    const manager = await somebody('manager');
    const secret = await enrol(manager.as);
    expect((await check(manager.as, secret)).body.freshUntil).not.toBeNull();
    expect((await reset(owner.as, manager.id)).status).toBe(204);
    expect((await manager.as('GET', OWN)).body).toMatchObject({
      ...{ state: 'off', freshUntil: null, recoveryLeft: 0 },
    });
    await enrol(manager.as);
    expect((await manager.as('GET', OWN)).body).toMatchObject({ state: 'on', freshUntil: null });
  });

  test('is in the audit trail with it', async () => {
    const owner = await somebody('owner');
    const manager = await somebody('manager');
    await enrol(manager.as);
    await reset(owner.as, manager.id);
    const last = (await office.log('user.changed')).at(-1);
    expect(last).toMatchObject({ subject: manager.id, now: { secondFactor: 'reset' } });
    expect(last.by).toEqual({ kind: 'user', id: owner.id });
  });

  test('who has one gives a code of it first', async () => {
    const owner = await somebody('owner');
    const manager = await somebody('manager');
    await enrol(manager.as);
    const secret = await enrol(owner.as);
    expect(code(await reset(owner.as, manager.id))).toBe('second_factor');
    expect((await manager.as('GET', OWN)).body.state).toBe('on');
    await check(owner.as, secret);
    now += 300_000;
    expect(code(await reset(owner.as, manager.id))).toBe('second_factor');
    await check(owner.as, secret);
    expect((await reset(owner.as, manager.id)).status).toBe(204);
    expect((await owner.as('GET', OWN)).body.state).toBe('on');
  });

  test('never resets the own one, also with a code', async () => {
    const owner = await somebody('owner');
    await check(owner.as, await enrol(owner.as));
    expect(code(await reset(owner.as, owner.id))).toBe('own_second_factor');
    expect((await owner.as('GET', OWN)).body.state).toBe('on');
  });

  test('is told where there is none, and of accounts that are not', async () => {
    const owner = await somebody('owner');
    const manager = await somebody('manager');
    expect(code(await reset(owner.as, manager.id))).toBe('no_second_factor');
    expect((await reset(owner.as, 'usr_nobody')).status).toBe(404);
  });
});

test('managers and keys neither see the list nor reset', async () => {
  const manager = await somebody('manager');
  const other = await somebody('manager');
  await enrol(other.as);
  const { send } = await office.machine(['settings:write']);
  for (const as of [manager.as, send]) {
    expect((await as('GET', ALL)).status).toBe(403);
    expect((await reset(as, other.id)).status).toBe(403);
  }
  expect((await other.as('GET', OWN)).body.state).toBe('on');
});

test('an owner of another organisation does not find the account', async () => {
  const manager = await somebody('manager');
  await enrol(manager.as);
  const { orgId } = await office.neighbour();
  const [userId, token] = [newId('usr'), newToken('ovn')];
  const user = { orgId, userId, email: 'o@example.com', name: 'O', passwordHash: null };
  const { sql } = office.deps;
  await inOrg(sql, orgId, (tx) => saveUser(tx, { ...user, role: 'owner', personId: null }));
  const expiresAt = new Date('2100-01-01T00:00:00Z');
  await createSession(sql, orgId, { tokenHash: hashToken(token), userId, expiresAt });
  const headers = { cookie: `${SESSION_COOKIE}=${token}` };
  const { app } = office.ingest;
  const list = await app.inject({ method: 'GET', url: ALL, headers });
  expect(list.json().accounts.map((one: { email: string }) => one.email)).toEqual([
    'o@example.com',
  ]);
  const said = await app.inject({ method: 'POST', url: `${ALL}/${manager.id}/reset`, headers });
  expect(said.statusCode).toBe(404);
  expect((await manager.as('GET', OWN)).body.state).toBe('on');
});
