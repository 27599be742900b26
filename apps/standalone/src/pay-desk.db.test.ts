import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCrew, type Crew, type SendAs } from './crew.fixture.ts';
import { signedIn } from './staff.fixture.ts';

/** What waits for a word at the desk of pay: disputes, and money that is held back. */

let crew: Crew;
let now = Date.parse('2026-02-10T12:00:00Z');
const PERIOD = '2026-01-01';
const statements = new Map<string, string>();

beforeAll(async () => {
  crew = await openCrew({ clock: { now: () => now } });
  const definition = {
    ...{ schema: 1, currency: 'USD', measures: [{ id: 'sold', sum: 'amount' }] },
    components: [{ id: 'base', kind: 'flat', measure: 'sold', rate: '0.1' }],
  };
  const plan = await good('POST', '/v1/plans', { name: 'Flat', from: PERIOD, definition });
  await good('POST', `/v1/plans/${plan.id}/versions/1/approve`, {});
  for (const [name, amount] of [
    ['Ana', '5000.00'],
    ['Bo', '1000.00'],
    ['Cy', '2000.00'],
  ] as const) {
    const body = { person: crew.ids[name], from: PERIOD };
    await good('POST', `/v1/plans/${plan.id}/assignments`, body);
    await crew.win(name, `deal-${name}`, 20, amount);
  }
  await good('POST', '/v1/pay/periods', { start: PERIOD });
  const given = { person: crew.ids.Ana, amount: '30.00', reason: 'Referral' };
  await good('POST', '/v1/pay/adjustments', { ...given, origin: PERIOD });
  await good('POST', `/v1/pay/periods/${PERIOD}/close`, {});
  const said = await crew.floor.send('POST', '/v1/statements', { period: PERIOD });
  for (const one of said.body.statements) statements.set(one.person.name, one.id);
});
afterAll(() => crew.floor.close());

async function good(method: 'GET' | 'POST', url: string, body?: object) {
  const said = await crew.as.owner(method, url, body);
  expect(said.status, JSON.stringify(said.body)).toBeLessThan(300);
  return said.body;
}
const code = (said: { body: { errors?: { code: string }[] } }) => said.body.errors?.[0]?.code;
const lineOf = async (name: string, type = 'earning') => {
  const { lines } = await good('GET', `/v1/statements/${statements.get(name)}`);
  return lines.find((one: { type: string }) => one.type === type);
};
const openCases = async () => {
  const { disputes } = await good('GET', '/v1/pay/disputes');
  return disputes.filter((one: { state: string }) => one.state === 'open');
};
const question = async (who: 'Ana' | 'Bo' | 'Cy', body: object): Promise<string> => {
  const url = `/v1/statements/${statements.get(who)}/disputes`;
  const said = await crew.as[who]('POST', url, body);
  expect(said.status, JSON.stringify(said.body)).toBe(200);
  return said.body.disputes.at(-1).id;
};
const decide = (as: SendAs, who: string, id: string, body: object) =>
  as('POST', `/v1/statements/${statements.get(who)}/disputes/${id}/decision`, body);

describe('disputes', () => {
  test('stand in one list with line and trace, the longest open on top', async () => {
    const line = await lineOf('Ana');
    await question('Ana', { line: line.id, text: 'The renewal is not in it.' });
    await question('Bo', { text: 'A deal is missing.' });
    expect(await openCases()).toMatchObject([
      {
        ...{ person: { name: 'Ana' }, text: 'The renewal is not in it.' },
        ...{ questioned: { id: line.id, amount: '500.00' }, trace: { kind: 'flat' } },
        statement: { period: PERIOD, number: 1, state: 'disputed' },
      },
      { person: { name: 'Bo' }, questioned: null, trace: null },
    ]);
  });

  test('are decided by an entry, a correction that is in the log, or a no', async () => {
    const [ana, bo] = await openCases();
    const yes = { decision: 'accepted', answer: 'You are right.' };
    const made = { ...yes, correction: 'made-up' };
    expect(code(await decide(crew.as.owner, 'Ana', ana.id, made))).toBe('unknown');
    const reversal = { id: 'rev-Bo', type: 'deal.amended', deal: 'deal-Bo' };
    const amount = { amount: '1500.00', currency: 'USD' };
    await crew.floor.send('POST', '/v1/events', { ...reversal, amount });
    const real = { ...yes, correction: 'rev-Bo' };
    expect((await decide(crew.as.owner, 'Bo', bo.id, real)).status).toBe(200);
    const entry = { ...yes, amount: '25.00' };
    expect((await decide(crew.as.owner, 'Ana', ana.id, entry)).status).toBe(200);
    expect(code(await decide(crew.as.owner, 'Ana', ana.id, entry))).toBe('already');
    const { disputes } = await good('GET', '/v1/pay/disputes');
    expect(disputes).toMatchObject([
      { person: { name: 'Ana' }, state: 'accepted', ended: { amount: '25.00' } },
      { person: { name: 'Bo' }, state: 'accepted', correction: 'rev-Bo', ended: null },
    ]);
  });
});

describe('a manager who sells too', () => {
  test('decides about everybody of the team but not about themselves', async () => {
    const both = await signedIn(crew.floor, 'manager', crew.ids.Cy);
    const id = await question('Cy', { text: 'A deal is missing.' });
    const no = { decision: 'declined', answer: 'It is of February.' };
    expect(code(await decide(both, 'Cy', id, no))).toBe('own_pay');
    expect((await decide(crew.as.owner, 'Cy', id, no)).status).toBe(200);
    const approve = (name: string) =>
      both('POST', `/v1/statements/${statements.get(name)}/approve`, {});
    expect(code(await approve('Cy'))).toBe('own_pay');
    expect((await approve('Ana')).status).toBe(200);
    const gift = { person: crew.ids.Cy, amount: '900.00', reason: 'For me' };
    expect(code(await both('POST', '/v1/pay/adjustments', gift))).toBe('own_pay');
    const { body } = await both('GET', `/v1/statements/${statements.get('Cy')}`);
    expect(body.may.approve).toBe(false);
  });
});

describe('a hold', () => {
  let all = '';
  const hold = (as: SendAs, body: object) => as('POST', '/v1/pay/holds', body);
  const payOut = async () => {
    const said = await crew.as.owner('POST', '/v1/pay/payouts', { period: PERIOD });
    return said.status === 201 ? said.body.total : code(said);
  };
  const me = async (who: 'Ana' | 'Bo') => {
    const { body } = await crew.as[who]('GET', `/v1/pay/me?period=${PERIOD}`);
    const { earned, payable, paid, pending } = body;
    return { earned, payable, paid, waits: pending.map((one: object) => Object.values(one)) };
  };

  test('keeps an entry out; earned, payable and paid stay three numbers', async () => {
    const { id: entry } = await lineOf('Ana', 'adjustment');
    const body = { person: crew.ids.Ana, entry, reason: 'Not confirmed' };
    const said = await hold(crew.as.owner, { ...body, amount: '20.00' });
    expect(said.body).toMatchObject({ amount: '20.00', on: true, person: { name: 'Ana' } });
    expect(code(await hold(crew.as.owner, { ...body, amount: '30.01' }))).toBe('too_much');
    expect(code(await hold(crew.as.owner, { ...body, person: crew.ids.Bo }))).toBe('unknown_line');
    expect(await payOut()).toBe('510.00');
    expect(await me('Ana')).toEqual({
      ...{ earned: '500.00', payable: '530.00', paid: '510.00' },
      waits: [['20.00', 'held', null, null]],
    });
    expect(await payOut()).toBe('nothing');
  });

  test('is released once, for a reason, and then paid', async () => {
    const { holds } = await good('GET', '/v1/pay/holds');
    const url = `/v1/pay/holds/${holds[0].id}/release`;
    expect((await crew.as.Ana('POST', url, { reason: 'Please' })).status).toBe(403);
    const said = await crew.as.owner('POST', url, { reason: 'Confirmed' });
    expect(said.body).toMatchObject({ on: false, releaseReason: 'Confirmed' });
    expect(code(await crew.as.owner('POST', url, { reason: 'Confirmed' }))).toBe('already');
    expect(await payOut()).toBe('20.00');
    expect((await me('Ana')).waits).toEqual([]);
  });

  test('of a person keeps all, until its date', async () => {
    const approved = `/v1/statements/${statements.get('Bo')}/approve`;
    await good('POST', approved, {});
    const body = { person: crew.ids.Bo, reason: 'Account closed' };
    expect(code(await hold(crew.as.owner, { ...body, until: '2026-02-10' }))).toBe('range');
    all = (await hold(crew.as.owner, { ...body, until: '2026-02-12' })).body.id;
    expect(await payOut()).toBe('nothing');
    now = Date.parse('2026-02-12T12:00:00Z');
    const { holds } = await good('GET', '/v1/pay/holds');
    expect(holds.find((one: { id: string }) => one.id === all)).toMatchObject({ on: false });
    expect(await payOut()).toBe('100.00');
  });

  test('of a deal keeps what it earns from being posted, until it is released', async () => {
    const calculate = () => good('POST', '/v1/pay/periods/2026-02-01/calculate', {});
    await crew.win('Bo', 'february', 1, '700.00');
    const url = '/v1/pay/me?period=2026-02-01';
    const before = (await crew.as.Bo('GET', url)).body;
    const deal = Object.keys(before.deals).find((one) => one.endsWith('february'))!;
    const body = { person: crew.ids.Bo, reason: 'The contract is not signed' };
    expect(code(await hold(crew.as.owner, { ...body, deal: 'none' }))).toBe('unknown');
    const more = { ...body, deal, amount: '5.00' };
    expect(code(await hold(crew.as.owner, more))).toBe('not_both');
    const { id } = (await hold(crew.as.owner, { ...body, deal })).body;
    const { posted: first } = await calculate();
    const kept = (await crew.as.Bo('GET', url)).body;
    expect(kept.earned).toBe(before.earned);
    expect(Number(before.payable) - Number(kept.payable)).toBe(70);
    expect(kept.pending).toContainEqual({ amount: '70.00', why: 'held', deal, until: null });
    expect(first).toBeGreaterThan(0);
    expect((await calculate()).posted).toBe(0);
    await good('POST', `/v1/pay/holds/${id}/release`, { reason: 'Signed' });
    expect((await calculate()).total).toBe('70.00');
    expect((await crew.as.Bo('GET', url)).body.payable).toBe(before.payable);
  });

  test('is in the log by its id, without a name and without the reason', async () => {
    const rows = await crew.floor.db.owner<{ body: object }[]>`
      select body from event where type = 'pay.held' order by seq`;
    expect(rows).toHaveLength(5);
    expect(JSON.stringify(rows)).not.toMatch(/Not confirmed|Account closed|not signed|Ana|20\.00/);
  });
});
