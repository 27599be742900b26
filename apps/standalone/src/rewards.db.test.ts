import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCrew, signIn, type Crew, type SendAs } from './crew.fixture.ts';

let crew: Crew;
beforeAll(async () => {
  crew = await openCrew();
  await crew.as.manager('PATCH', '/v1/play/rules', { grantPointsMonth: 1_000_000 });
});
afterAll(() => crew.floor.close());

const offer = async (more: object = {}): Promise<string> => {
  const reward = { name: 'Lunch', icon: 'star', price: 100, cost: '45.50', ...more };
  const answer = await crew.as.manager('POST', '/v1/rewards', reward);
  expect(answer.status).toBe(201);
  return answer.body.id as string;
};
const give = (who: 'Ana' | 'Bo' | 'Cy', points: number) =>
  crew.as.manager('POST', '/v1/wallet/grants', {
    person: crew.ids[who],
    points,
    reason: 'Well done',
  });
const redeem = (as: SendAs, id: string) => as('POST', `/v1/rewards/${id}/redeem`);
const code = (answer: { body: { errors?: { code: string }[] } }) => answer.body.errors?.[0]?.code;
const stockOf = async (id: string): Promise<number | null> => {
  const { rewards } = (await crew.as.manager('GET', '/v1/rewards')).body;
  return rewards.find((one: { id: string }) => one.id === id).stock as number | null;
};

test('a wish takes its points at once, and gives them back when it is not granted', async () => {
  await give('Ana', 250);
  const lunch = await offer({ stock: 5 });
  const wish = await redeem(crew.as.Ana, lunch);
  expect(wish).toMatchObject({
    status: 201,
    body: { state: 'requested', price: 100, person: { name: 'Ana' }, reward: { name: 'Lunch' } },
  });
  expect([await crew.balance('Ana'), await stockOf(lunch)]).toEqual([150, 4]);
  const decline = `/v1/redemptions/${wish.body.id}/decline`;
  expect((await crew.as.manager('POST', decline, { reason: 'no' })).status).toBe(422);
  const declined = await crew.as.manager('POST', decline, { reason: 'Closed today' });
  expect(declined.body).toMatchObject({
    state: 'declined',
    reason: 'Closed today',
    settledBy: 'Max',
  });
  expect([await crew.balance('Ana'), await stockOf(lunch)]).toEqual([250, 5]);
  expect(code(await crew.as.manager('POST', decline, { reason: 'Again' }))).toBe('too_late');
  const { entries, earned } = (await crew.as.Ana('GET', '/v1/wallet')).body;
  expect(earned).toBe(250);
  expect(
    entries.map((one: { kind: string; points: number; about: { name: string } | null }) => [
      one.kind,
      one.points,
      one.about?.name ?? null,
    ]),
  ).toEqual([
    ['refund', 100, 'Lunch'],
    ['redeem', -100, 'Lunch'],
    ['grant', 250, null],
  ]);
});

test('a wish is approved, then handed over, and only its own take it back before', async () => {
  const lunch = await offer();
  const { id } = (await redeem(crew.as.Ana, lunch)).body;
  expect((await crew.as.Bo('POST', `/v1/redemptions/${id}/cancel`)).status).toBe(404);
  expect((await crew.as.Ana('POST', `/v1/redemptions/${id}/approve`)).status).toBe(403);
  expect((await crew.as.manager('POST', `/v1/redemptions/${id}/approve`)).body.state).toBe(
    'approved',
  );
  const waiting = async () => (await crew.as.Ana('GET', '/v1/me/waiting')).body.wishes;
  expect(await waiting()).toBe(1);
  expect(code(await crew.as.Ana('POST', `/v1/redemptions/${id}/cancel`))).toBe('too_late');
  expect((await crew.as.manager('POST', `/v1/redemptions/${id}/fulfil`)).body.state).toBe(
    'fulfilled',
  );
  expect(await waiting()).toBe(0);
  const mine = (await crew.as.Ana('GET', '/v1/redemptions')).body.redemptions;
  expect(mine.map(({ state }: { state: string }) => state)).toEqual(['fulfilled', 'declined']);
  expect((await crew.as.Bo('GET', '/v1/redemptions')).body.redemptions).toEqual([]);
  const costs = (await crew.as.manager('GET', '/v1/rewards/costs')).body;
  expect(costs.total).toMatchObject({ fulfilled: '45.50', pending: '0.00', points: 100 });
  expect(costs.months).toHaveLength(6);
  expect(costs.months.at(-1)).toMatchObject({ fulfilled: '45.50' });
  expect(costs.teams).toMatchObject([{ team: { name: 'North' }, fulfilled: '45.50' }]);
  expect(costs.managers).toMatchObject([{ user: 'Max', fulfilled: '45.50' }]);
  const { changes } = (await crew.as.owner('GET', '/v1/audit?type=redemption.settled')).body;
  expect(changes[0]).toMatchObject({ subject: id, now: { state: 'fulfilled' } });
});

test('a wish is for a manager of its team, and nobody grants their own', async () => {
  const { floor } = crew;
  const south = (await floor.send('POST', '/v1/teams', { name: 'South' })).body.id as string;
  const { teams } = (await crew.as.manager('GET', '/v1/teams')).body;
  const north = teams.find((one: { name: string }) => one.name === 'North').id as string;
  const lead = async (name: string, team: string) => {
    const { status, body } = await floor.send('POST', '/v1/people', { name, team });
    expect(status, JSON.stringify(body)).toBe(201);
    const { id } = body as { id: string };
    return { id, as: await signIn(floor, 'manager', name, id) };
  };
  const [nora, sam] = [await lead('Nora', north), await lead('Sam', south)];
  const lunch = await offer();
  await give('Bo', 100);
  const { id } = (await redeem(crew.as.Bo, lunch)).body;
  expect((await sam.as('GET', '/v1/redemptions?open=true')).body.redemptions).toEqual([]);
  expect((await sam.as('POST', `/v1/redemptions/${id}/approve`)).status).toBe(403);
  const waiting = (await nora.as('GET', '/v1/redemptions?open=true')).body.redemptions;
  expect(waiting.map((one: { id: string }) => one.id)).toEqual([id]);
  const grant = { person: nora.id, points: 100, reason: 'Well led' };
  await crew.as.manager('POST', '/v1/wallet/grants', grant);
  const own = (await redeem(nora.as, lunch)).body.id as string;
  expect((await nora.as('POST', `/v1/redemptions/${own}/approve`)).status).toBe(403);
  expect((await nora.as('POST', `/v1/redemptions/${own}/cancel`)).body.state).toBe('cancelled');
  expect((await nora.as('POST', `/v1/redemptions/${id}/approve`)).body.state).toBe('approved');
});

describe('when many want at once', () => {
  test('nobody gets what is not there any more', async () => {
    for (const who of ['Ana', 'Bo', 'Cy'] as const) await give(who, 1_000);
    const last = await offer({ stock: 2 });
    const all = await Promise.all(
      [crew.as.Ana, crew.as.Bo, crew.as.Cy, crew.as.Ana, crew.as.Bo].map((as) => redeem(as, last)),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(all.filter((one) => code(one) === 'out_of_stock')).toHaveLength(3);
    expect(await stockOf(last)).toBe(0);
  });

  test('nobody spends more than they have', async () => {
    const rich = await crew.balance('Cy');
    const dear = await offer({ price: Math.floor(rich / 2) });
    const all = await Promise.all(Array.from({ length: 5 }, () => redeem(crew.as.Cy, dear)));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(all.filter((one) => code(one) === 'not_enough_points')).toHaveLength(3);
    expect(await crew.balance('Cy')).toBe(rich - 2 * Math.floor(rich / 2));
  });

  test('nobody has more of it than is allowed', async () => {
    const once = await offer({ perPerson: 1, price: 1 });
    const all = await Promise.all(Array.from({ length: 4 }, () => redeem(crew.as.Ana, once)));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(all.filter((one) => code(one) === 'per_person')).toHaveLength(3);
  });
});

describe('points of managers', () => {
  test('are granted up to the month’s budget, also when several do at once', async () => {
    const { budgets } = (await crew.as.owner('GET', '/v1/wallet/budgets')).body;
    const max = budgets.find((one: { user: { name: string } }) => one.user.name === 'Max');
    const budget = { user: max.user.id, points: max.used + 100 };
    expect((await crew.as.manager('PUT', '/v1/wallet/budgets', budget)).status).toBe(403);
    expect((await crew.as.owner('PUT', '/v1/wallet/budgets', budget)).status).toBe(200);
    const all = await Promise.all([60, 60, 40].map((points) => give('Bo', points)));
    const given = all.filter(({ status }) => status === 201);
    expect(given.length).toBeGreaterThan(0);
    expect(given.length).toBeLessThan(3);
    expect(all.find(({ status }) => status !== 201)?.body.errors[0].code).toBe('month_used');
    const own = { person: crew.ids.Bo, points: 1, reason: 'For you' };
    expect((await crew.as.Ana('POST', '/v1/wallet/grants', own)).status).toBe(403);
    await crew.as.owner('PUT', '/v1/wallet/budgets', { ...budget, points: 1_000_000 });
  });

  test('leave no words in the log', async () => {
    await give('Bo', 1);
    const events = await crew.floor.db.owner`
      select body::text as body from event where type = 'points.granted'`;
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain('Well done');
  });
});

test('a rep sees what is offered, not its cost; nobody sees another’s wallet', async () => {
  await offer({ name: 'Gone', active: false });
  const { rewards } = (await crew.as.Ana('GET', '/v1/rewards')).body;
  expect(
    rewards.every((one: { cost: unknown; active: boolean }) => one.active && one.cost === null),
  ).toBe(true);
  expect((await crew.as.Ana('GET', `/v1/wallet?person=${crew.ids.Bo}`)).status).toBe(403);
  expect((await crew.as.manager('GET', `/v1/wallet?person=${crew.ids.Bo}`)).status).toBe(200);
  expect((await crew.as.manager('GET', '/v1/wallet')).status).toBe(403);
  const lines = (await crew.as.Ana('GET', '/v1/wallet?limit=2')).body;
  const rest = (await crew.as.Ana('GET', `/v1/wallet?limit=100&cursor=${lines.next}`)).body;
  expect(lines.entries).toHaveLength(2);
  expect(rest.entries[0].id).toBeLessThan(lines.entries[1].id);
});

const NAMES = ['Ana', 'Bo', 'Cy'] as const;
const anyStep = fc.oneof(
  fc.record({ do: fc.constant('give'), who: fc.constantFrom(...NAMES), points: fc.nat(200) }),
  fc.record({ do: fc.constant('redeem'), who: fc.constantFrom(...NAMES) }),
  fc.record({
    do: fc.constantFrom('cancel', 'decline', 'approve', 'fulfil'),
    which: fc.nat(20),
  }),
);

test('law: a balance is the sum of its entries, never below nothing, nor a stock', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyStep, { minLength: 1, maxLength: 6 }), { maxLength: 6 }),
      async (rounds) => {
        const reward = await offer({ stock: 4, price: 70 });
        for (const round of rounds) {
          const { redemptions } = (await crew.as.manager('GET', '/v1/redemptions')).body;
          const wishes = redemptions.filter(
            (one: { reward: { id: string } }) => one.reward.id === reward,
          );
          await Promise.all(
            round.map(async (step) => {
              if ('points' in step) return give(step.who, step.points + 1);
              if ('who' in step) return redeem(crew.as[step.who], reward);
              const wish = wishes[step.which % Math.max(1, wishes.length)];
              const body = step.do === 'decline' ? { reason: 'For the law' } : undefined;
              return wish && crew.as.manager('POST', `/v1/redemptions/${wish.id}/${step.do}`, body);
            }),
          );
        }
        const wrong = await crew.floor.db.owner`
          select w.person_id, w.balance, sum(e.points) as sum
          from wallet w left join wallet_entry e using (org_id, person_id)
          group by w.org_id, w.person_id, w.balance
          having w.balance <> coalesce(sum(e.points), 0) or w.balance < 0`;
        expect(wrong).toEqual([]);
        const [counted] = await crew.floor.db.owner<{ taken: number }[]>`
          select count(*)::int as taken from redemption
          where reward_id = ${reward} and state not in ('declined', 'cancelled')`;
        expect(await stockOf(reward)).toBe(4 - counted!.taken);
        const twice = await crew.floor.db.owner`
          select redemption_id from redemption r
          where (state in ('declined', 'cancelled')) <>
            exists (select 1 from wallet_entry where cause = 'refund/' || redemption_id)`;
        expect(twice).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});
