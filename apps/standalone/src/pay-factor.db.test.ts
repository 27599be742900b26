import { totpAt } from '@ovation/ingest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCrew, type Crew, type SendAs } from './crew.fixture.ts';

/** From a sum on a word on pay needs a code of whoever gives it. */

let crew: Crew;
let now = Date.parse('2026-02-10T12:00:00Z');
const statements = new Map<string, string>();
const PERIOD = '2026-01-01';

beforeAll(async () => {
  crew = await openCrew({ clock: { now: () => now } });
  const definition = {
    ...{ schema: 1, currency: 'USD', measures: [{ id: 'sold', sum: 'amount' }] },
    components: [{ id: 'base', kind: 'flat', measure: 'sold', rate: '0.1' }],
  };
  const plan = await good('POST', '/v1/plans', { name: 'Flat', from: PERIOD, definition });
  await good('POST', `/v1/plans/${plan.id}/versions/1/approve`, {});
  for (const name of ['Ana', 'Bo'] as const) {
    const body = { person: crew.ids[name], from: PERIOD };
    await good('POST', `/v1/plans/${plan.id}/assignments`, body);
  }
  await good('POST', '/v1/pay/periods', { start: PERIOD });
  await crew.win('Ana', 'large', 20, '5000.00');
  await crew.win('Bo', 'small', 20, '100.00');
  await good('POST', `/v1/pay/periods/${PERIOD}/close`, {});
  // A key issues them, so that both people can give their word.
  const said = await crew.floor.send('POST', '/v1/statements', { period: PERIOD });
  for (const one of said.body.statements) statements.set(one.person.name, one.id);
  await good('PATCH', '/v1/pay/rules', { factorFrom: '500.00' });
});
afterAll(() => crew.floor.close());

async function good(method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) {
  const said = await crew.as.owner(method, url, body);
  expect(said.status, JSON.stringify(said.body)).toBeLessThan(300);
  return said.body;
}
const code = (said: { body: { errors?: { code: string }[] } }) => said.body.errors?.[0]?.code;
const approve = (as: SendAs, name: string) =>
  as('POST', `/v1/statements/${statements.get(name)}/approve`, {});

let secret = '';
const give = async (as: SendAs) => {
  now += 30_000;
  const said = await as('POST', '/v1/second-factor/check', { code: totpAt(secret, now) });
  expect(said.status, JSON.stringify(said.body)).toBe(200);
};

describe('approving', () => {
  test('below the limit needs no code', async () => {
    const { body } = await approve(crew.as.owner, 'Bo');
    expect(body).toMatchObject({ state: 'final', needsCode: false });
  });

  test('from the limit on is refused to a machine, and without a second factor', async () => {
    expect(code(await approve(crew.as.owner, 'Ana'))).toBe('second_factor_off');
    const machine = crew.floor.send('POST', `/v1/statements/${statements.get('Ana')}/approve`);
    expect(code(await machine)).toBe('another_person');
    const { body } = await crew.as.owner('GET', `/v1/statements/${statements.get('Ana')}`);
    expect(body).toMatchObject({ state: 'issued', needsCode: true, approvals: [] });
  });

  test('goes with a code that is not older than five minutes', async () => {
    secret = (await good('POST', '/v1/second-factor', {})).secret;
    await good('POST', '/v1/second-factor/confirm', { code: totpAt(secret, now) });
    expect(code(await approve(crew.as.owner, 'Ana'))).toBe('second_factor');
    await give(crew.as.owner);
    now += 300_000;
    expect(code(await approve(crew.as.owner, 'Ana'))).toBe('second_factor');
    await give(crew.as.owner);
    expect((await approve(crew.as.owner, 'Ana')).body).toMatchObject({ state: 'final' });
    const [event] = await crew.floor.db.owner<{ body: { now: object } }[]>`
      select body from event where type = 'statement.changed' order by seq desc limit 1`;
    expect(event!.body.now).toEqual({ state: 'final', step: 1, factor: true });
  });
});

test('paying out so much needs one too, of the session that pays out', async () => {
  now += 300_000;
  const payOut = (as: SendAs) => as('POST', '/v1/pay/payouts', { period: PERIOD });
  expect(code(await payOut(crew.as.owner))).toBe('second_factor');
  expect(code(await crew.floor.send('POST', '/v1/pay/payouts', { period: PERIOD }))).toBe(
    'second_factor_person',
  );
  await give(crew.as.owner);
  expect(code(await payOut(crew.as.manager))).not.toBeUndefined();
  expect((await payOut(crew.as.owner)).body).toMatchObject({ total: '510.00' });
});

test('a limit is lowered by itself, and raised or ended only with a code', async () => {
  now += 300_000;
  const change = (factorFrom: string | null) =>
    crew.as.owner('PATCH', '/v1/pay/rules', { factorFrom });
  expect((await change('400.00')).body).toMatchObject({ factorFrom: '400.00' });
  expect(code(await change('401.00'))).toBe('second_factor');
  expect(code(await change(null))).toBe('second_factor');
  expect(code(await crew.as.manager('PATCH', '/v1/pay/rules', { factorFrom: null }))).toBe(
    'second_factor_off',
  );
  await give(crew.as.owner);
  expect((await change(null)).body).toMatchObject({ factorFrom: null });
});
