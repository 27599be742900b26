import { inOrg, saveUser, createSession } from '@ovation/store';
import { hashToken, newToken, newId } from '@ovation/host';
import { SESSION_COOKIE } from '@ovation/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type Answer, type Office, type Send } from '../office.fixture.ts';
import { hashPassword } from '../routes/access.ts';
import { totpAt } from './totp.ts';

/** Somebody's second factor, from the secret that is shown once to its removal. */

let office: Office;
let now = Date.parse('2026-02-10T12:00:00Z');
beforeAll(async () => {
  office = await openOffice({ clock: { now: () => now } });
});
afterAll(() => office.close());

const URL = '/v1/second-factor';
const code = ({ body }: Answer) => body.errors?.[0]?.code;
/** Codes open once: each test goes on to the next stretch of time. */
const later = (ms = 30_000) => (now += ms);

async function enrolled(as: Send): Promise<{ secret: string; recovery: string[] }> {
  const { secret } = (await as('POST', URL, {})).body;
  later();
  const said = await as('POST', `${URL}/confirm`, { code: totpAt(secret, now) });
  expect(said.status, JSON.stringify(said.body)).toBe(200);
  later();
  return { secret, recovery: said.body.recovery };
}

describe('setting it up', () => {
  test('shows a secret, and counts when a code of it was given', async () => {
    const as = await office.user('manager');
    expect((await as('GET', URL)).body).toMatchObject({ state: 'off', freshUntil: null });
    const { secret, uri } = (await as('POST', URL, {})).body;
    expect(uri).toContain(`secret=${secret}`);
    expect((await as('GET', URL)).body).toMatchObject({ state: 'begun', recoveryLeft: 0 });
    expect(code(await as('POST', `${URL}/confirm`, { code: '000000' }))).toBe('wrong_code');
    const said = await as('POST', `${URL}/confirm`, { code: totpAt(secret, now) });
    expect(said.body.recovery).toHaveLength(10);
    const answer = (await as('GET', URL)).body;
    expect(answer).toMatchObject({ state: 'on', recoveryLeft: 10, freshUntil: null });
    expect(code(await as('POST', URL, {}))).toBe('already');
  });

  test('asks whoever has a password for it', async () => {
    const { orgId, deps, ingest } = office;
    const userId = newId('usr');
    const token = newToken('ovn');
    const passwordHash = await hashPassword('correct horse');
    const user = { orgId, userId, email: 'p@example.com', name: 'P', passwordHash };
    await inOrg(deps.sql, orgId, (tx) => saveUser(tx, { ...user, role: 'owner', personId: null }));
    const expiresAt = new Date('2100-01-01T00:00:00Z');
    await createSession(deps.sql, orgId, { tokenHash: hashToken(token), userId, expiresAt });
    const begin = async (password?: string) => {
      const headers = { cookie: `${SESSION_COOKIE}=${token}`, 'content-type': 'application/json' };
      const payload = JSON.stringify(password === undefined ? {} : { password });
      const said = await ingest.app.inject({ method: 'POST', url: URL, headers, payload });
      return said.statusCode;
    };
    expect(await begin()).toBe(422);
    expect(await begin('wrong horse')).toBe(422);
    expect(await begin('correct horse')).toBe(201);
    for (let tries = 0; tries < 10; tries += 1) expect(await begin('wrong horse')).toBe(422);
    expect(await begin('correct horse')).toBe(429);
  });

  test('is for people: a key and a screen have none', async () => {
    expect((await office.send('GET', URL)).status).toBe(403);
    const { send } = await office.machine(['pay:approve']);
    expect((await send('POST', URL, {})).status).toBe(403);
  });
});

describe('a code', () => {
  test('speaks for the session that gave it, for five minutes', async () => {
    const as = await office.user('manager');
    const { secret } = await enrolled(as);
    const given = await as('POST', `${URL}/check`, { code: totpAt(secret, now) });
    expect(given.body.freshUntil).toBe(new Date(now + 300_000).toISOString());
    later(300_000);
    expect((await as('GET', URL)).body.freshUntil).toBeNull();
  });

  test('opens once, even while it is still shown', async () => {
    const as = await office.user('manager');
    const { secret } = await enrolled(as);
    const shown = { code: totpAt(secret, now) };
    expect((await as('POST', `${URL}/check`, shown)).status).toBe(200);
    expect(code(await as('POST', `${URL}/check`, shown))).toBe('wrong_code');
    const both = { code: totpAt(secret, later()) };
    const said = await Promise.all([1, 2, 3].map(() => as('POST', `${URL}/check`, both)));
    expect(said.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
  });

  test('is guessed five times at most; then the right one is refused too', async () => {
    const as = await office.user('manager');
    const { secret } = await enrolled(as);
    const guess = () => as('POST', `${URL}/check`, { code: '000000' });
    for (let tries = 0; tries < 5; tries += 1) expect(code(await guess())).toBe('wrong_code');
    const said = await as('POST', `${URL}/check`, { code: totpAt(secret, now) });
    expect(said.status).toBe(429);
    const events = await office.log('user.changed');
    expect(events.at(-1).now).toEqual({ secondFactor: 'too many wrong codes' });
    later(15 * 60_000);
    expect((await as('POST', `${URL}/check`, { code: totpAt(secret, now) })).status).toBe(200);
  });

  test('is of one user: that of another opens nothing', async () => {
    const ana = await office.user('manager');
    const bo = await office.user('manager');
    const { secret } = await enrolled(ana);
    await enrolled(bo);
    expect(code(await bo('POST', `${URL}/check`, { code: totpAt(secret, now) }))).toBe(
      'wrong_code',
    );
  });
});

describe('a recovery code', () => {
  test('stands for the authenticator, once each, however it is written', async () => {
    const as = await office.user('manager');
    const { recovery } = await enrolled(as);
    const [first] = recovery as [string];
    const typed = { code: ` ${first.toUpperCase()} ` };
    expect((await as('POST', `${URL}/check`, typed)).body).toMatchObject({ recoveryLeft: 9 });
    expect(code(await as('POST', `${URL}/check`, typed))).toBe('wrong_code');
  });

  test('of another opens nothing', async () => {
    const { recovery } = await enrolled(await office.user('manager'));
    const as = await office.user('manager');
    await enrolled(as);
    expect(code(await as('POST', `${URL}/check`, { code: recovery[0] }))).toBe('wrong_code');
  });
});

test('removing it needs a code, and takes back what sessions proved with it', async () => {
  const as = await office.user('manager');
  const { secret, recovery } = await enrolled(as);
  await as('POST', `${URL}/check`, { code: totpAt(secret, now) });
  expect(code(await as('POST', `${URL}/remove`, { code: '000000' }))).toBe('wrong_code');
  expect((await as('POST', `${URL}/remove`, { code: recovery[0] })).status).toBe(204);
  expect((await as('GET', URL)).body).toMatchObject({
    ...{ state: 'off', freshUntil: null, recoveryLeft: 0 },
  });
  const log = (await office.log('user.changed')).slice(-2).map(({ now: is }) => is.secondFactor);
  expect(log).toEqual(['recovery code used', 'off']);
});

test('no secret and no code is in the log or in a table as it is', async () => {
  const as = await office.user('manager');
  const { secret, recovery } = await enrolled(as);
  const [row] = await office.db.owner<{ text: string }[]>`
    select coalesce((select string_agg(body::text, '') from event), '')
      || (select string_agg(f::text, '') from second_factor f)
      || (select string_agg(r::text, '') from recovery_code r) as text`;
  expect(row!.text).not.toContain(secret);
  for (const one of recovery) expect(row!.text).not.toContain(one);
});
