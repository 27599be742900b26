import { Clerk } from '@ovation/ingest';
import { inOrg, settleDuel } from '@ovation/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCrew, type Crew, type SendAs } from './crew.fixture.ts';

let crew: Crew;
/** Moves the clock of the API. */
let later = 0;
beforeAll(async () => {
  crew = await openCrew({ clock: { now: () => Date.now() + later } });
  for (const name of ['Ana', 'Bo'] as const) {
    const person = crew.ids[name];
    await crew.as.manager('POST', '/v1/wallet/grants', { person, points: 100, reason: 'To begin' });
  }
});
beforeEach(() => {
  later = 0;
});
afterAll(() => crew.floor.close());

const offer = (as: SendAs, more: object = {}) =>
  as('POST', '/v1/duels', { opponent: crew.ids.Bo, metric: 'deals', hours: 24, ...more });
const answer = (as: SendAs, id: string, word: string) => as('POST', `/v1/duels/${id}/${word}`);
const code = (said: { body: { errors?: { code: string }[] } }) => said.body.errors?.[0]?.code;
const balances = async () => [await crew.balance('Ana'), await crew.balance('Bo')];
const settle = (contest: string, winner: string | null) =>
  inOrg(crew.floor.db.app, crew.floor.orgId, (tx) =>
    settleDuel(tx, crew.floor.orgId, contest, winner, new Date()),
  );

describe('a challenge', () => {
  test('holds nothing until it is accepted, then both stakes, and is a contest', async () => {
    const made = await offer(crew.as.Ana, { stake: 40 });
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'offered', stake: 40, may: { answer: false, withdraw: true } },
    });
    expect(await balances()).toEqual([100, 100]);
    const { duels, rivals } = (await crew.as.Bo('GET', '/v1/duels')).body;
    expect(duels).toMatchObject([{ challenger: { name: 'Ana' }, may: { answer: true } }]);
    expect(rivals.map(({ name }: { name: string }) => name)).toEqual(['Ana', 'Cy']);
    const waiting = async (as: SendAs) => (await as('GET', '/v1/me/waiting')).body;
    expect(await waiting(crew.as.Bo)).toEqual({ challenges: 1, wishes: 0 });
    expect(await waiting(crew.as.Ana)).toEqual({ challenges: 0, wishes: 0 });
    later = 40 * 86_400_000;
    expect(await waiting(crew.as.Bo)).toEqual({ challenges: 0, wishes: 0 });
    later = 0;
    expect((await answer(crew.as.Ana, made.body.id, 'accept')).status).toBe(404);
    const begun = await answer(crew.as.Bo, made.body.id, 'accept');
    expect(begun.body).toMatchObject({ state: 'accepted', may: { answer: false } });
    expect(await waiting(crew.as.Bo)).toEqual({ challenges: 0, wishes: 0 });
    expect(await balances()).toEqual([60, 60]);
    const { id: contest, slug } = begun.body.contest;
    expect(slug).toBe(`contest-${contest}`);
    const [logged] = await crew.floor.db.owner`
      select body from event where type = 'contest.published'`;
    expect(logged!['body']).toMatchObject({
      contest,
      definition: { rules: { kind: 'duel' }, who: { people: [crew.ids.Ana, crew.ids.Bo] } },
    });
    expect(JSON.stringify(logged!['body'])).not.toContain('Ana');
  });

  test('pays both stakes to the winner, once', async () => {
    const { duels } = (await crew.as.Ana('GET', '/v1/duels')).body;
    const contest = duels[0].contest.id as string;
    await Promise.all([settle(contest, crew.ids.Bo), settle(contest, crew.ids.Bo)]);
    await settle(contest, crew.ids.Ana);
    expect(await balances()).toEqual([60, 140]);
    const [done] = (await crew.as.Ana('GET', '/v1/duels')).body.duels;
    expect(done).toMatchObject({ state: 'settled', winner: { name: 'Bo' } });
  });

  test('returns both stakes on a tie', async () => {
    const { id } = (await offer(crew.as.Ana, { stake: 30 })).body;
    const { contest } = (await answer(crew.as.Bo, id, 'accept')).body;
    expect(await balances()).toEqual([30, 110]);
    await settle(contest.id, null);
    expect(await balances()).toEqual([60, 140]);
    const { entries } = (await crew.as.Ana('GET', '/v1/wallet?limit=2')).body;
    expect(entries).toMatchObject([
      { kind: 'returned', points: 30, about: { name: 'Bo' } },
      { kind: 'stake', points: -30, about: { name: 'Bo' } },
    ]);
  });

  test('is not accepted when one of the two no longer has the points', async () => {
    const { id } = (await offer(crew.as.Ana, { stake: 61 })).body;
    expect(code(await answer(crew.as.Bo, id, 'accept'))).toBe('not_enough_points');
    expect(await balances()).toEqual([60, 140]);
    expect((await answer(crew.as.Ana, id, 'withdraw')).body.state).toBe('withdrawn');
  });

  test('is declined, withdrawn, or over after a day without an answer', async () => {
    const { id: first } = (await offer(crew.as.Ana)).body;
    expect((await answer(crew.as.Bo, first, 'decline')).body.state).toBe('declined');
    expect(code(await answer(crew.as.Bo, first, 'accept'))).toBe('too_late');
    const { id: second } = (await offer(crew.as.Ana)).body;
    later = 25 * 3_600_000;
    expect(code(await answer(crew.as.Bo, second, 'accept'))).toBe('too_late');
    const [shown] = (await crew.as.Ana('GET', '/v1/duels')).body.duels;
    expect(shown).toMatchObject({ state: 'expired', may: { withdraw: false } });
  });

  test('is accepted once, also when it is accepted twice at once', async () => {
    later = 26 * 3_600_000;
    const { id } = (await offer(crew.as.Ana, { stake: 10 })).body;
    const both = await Promise.all([1, 2].map(() => answer(crew.as.Bo, id, 'accept')));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(await balances()).toEqual([50, 130]);
  });
});

test('it is scored like any contest, and ends by itself', async () => {
  const clerk = new Clerk(crew.floor.deps);
  await crew.as.manager('POST', '/v1/wallet/grants', {
    person: crew.ids.Cy,
    points: 50,
    reason: 'To begin',
  });
  const { id } = (await offer(crew.as.Ana, { opponent: crew.ids.Cy, hours: 1, stake: 50 })).body;
  const { contest } = (await answer(crew.as.Cy, id, 'accept')).body;
  await clerk.actOn(crew.floor.orgId);
  await crew.floor.send('POST', '/v1/events', {
    id: 'duel-won',
    type: 'deal.won',
    deal: 'duel-won',
    person: 'Cy',
    amount: { amount: '10.00', currency: 'USD' },
  });
  const { rows } = (await crew.as.Ana('GET', `/v1/contests/${contest.id}/standing`)).body;
  const names = rows.map((row: { entrant: { name: string } }) => row.entrant.name);
  expect(names).toEqual(['Cy', 'Ana']);
  expect(await crew.balance('Cy')).toBe(0);
  later = 2.1 * 3_600_000;
  for (let turn = 0; turn < 3; turn += 1) await clerk.actOn(crew.floor.orgId);
  expect(await crew.balance('Cy')).toBe(100);
  const [done] = (await crew.as.Cy('GET', '/v1/duels')).body.duels;
  expect(done).toMatchObject({ state: 'settled', winner: { name: 'Cy' } });
});

test.each([
  ['oneself', { opponent: 'Ana' }, 'own_duel'],
  ['nobody', { opponent: 'per_none' }, 'unknown_person'],
  ['somebody twice', {}, 'already'],
  ['with a metric that does not add up', { metric: 'win-rate', opponent: 'Cy' }, 'not_counted'],
  ['for too much', { stake: 101, opponent: 'Cy' }, 'stake_too_high'],
])('nobody challenges %s', async (_, more, expected) => {
  const { opponent = 'Bo' } = more as { opponent?: 'Ana' | 'Bo' | 'Cy' };
  const body = { ...more, opponent: crew.ids[opponent] ?? opponent };
  expect(code(await offer(crew.as.Ana, body))).toBe(expected);
});

test('who does not want duels is not challenged, and an organisation can do without', async () => {
  const out = await crew.as.Cy('PUT', '/v1/duels/opt-out', { out: true });
  expect(out.body.out).toBe(true);
  expect(code(await offer(crew.as.Ana, { opponent: crew.ids.Cy }))).toBe('opted_out');
  await crew.as.Cy('PUT', '/v1/duels/opt-out', { out: false });
  await crew.as.manager('PATCH', '/v1/play/rules', { duels: false });
  expect((await offer(crew.as.Ana, { opponent: crew.ids.Cy })).status).toBe(403);
  expect((await offer(crew.as.manager, { opponent: crew.ids.Cy })).status).toBe(403);
});
