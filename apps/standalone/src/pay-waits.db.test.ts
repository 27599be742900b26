import { addPrizes, inOrg } from '@ovation/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCrew, type Crew } from './crew.fixture.ts';

/** What earned pay waits for, from the deal to the payout, each with its reason. */

let crew: Crew;
let now = Date.parse('2026-01-20T12:00:00Z');
beforeAll(async () => {
  crew = await openCrew({ clock: { now: () => now } });
  const definition = {
    schema: 1,
    currency: 'USD',
    measures: [{ id: 'sold', sum: 'amount', where: { kind: ['booked'] } }],
    components: [{ id: 'base', kind: 'flat', measure: 'sold', rate: '0.1' }],
    pay: { on: 'invoice_paid' },
  };
  const plan = await act('POST', '/v1/plans', { name: 'Paid', from: '2026-01-01', definition });
  await act('POST', `/v1/plans/${plan.id}/versions/1/approve`);
  const person = crew.ids.Ana;
  await act('POST', `/v1/plans/${plan.id}/assignments`, { person, from: '2026-01-01' });
  await act('POST', '/v1/pay/periods', { start: '2026-01-01' });
});
afterAll(() => crew.floor.close());

async function act(method: 'GET' | 'POST', url: string, body?: object) {
  const said = await crew.as.owner(method, url, body ?? (method === 'POST' ? {} : undefined));
  expect(said.status, JSON.stringify(said.body)).toBeLessThan(300);
  return said.body;
}
async function send(id: string, event: object) {
  const occurredAt = '2026-01-12T10:00:00Z';
  const all = { id, deal: 'big', person: 'Ana', occurredAt, ...event };
  const said = await crew.floor.send('POST', '/v1/events', all);
  expect(said.status, JSON.stringify(said.body)).toBe(201);
}
const usd = (amount: string) => ({ amount, currency: 'USD' });
const mine = async () => (await crew.as.Ana('GET', '/v1/pay/me?period=2026-01-01')).body;
const waits = async () =>
  ((await mine()).pending as { why: string; amount: string; deal: string | null }[]).map(
    ({ why, amount, deal }) => [why, amount, deal?.split('/')[1] ?? null],
  );

test('a deal waits until its customer has paid, as much as is missing', async () => {
  const attributes = { account: 'Big & Co' };
  await send('w1', { type: 'deal.won', amount: usd('5000.00'), attributes });
  expect(await waits()).toEqual([['unpaid', '500.00', 'big']]);
  await send('p1', { type: 'payment.received', payment: 'pay-1', amount: usd('2000.00') });
  expect(await waits()).toEqual([
    ['unpaid', '300.00', 'big'],
    ['not_posted', '200.00', null],
  ]);
  const { deals, earned, payable, paid } = await mine();
  expect(Object.values(deals)).toEqual([{ account: 'Big & Co', on: '2026-01-12' }]);
  expect([earned, payable, paid]).toEqual(['500.00', '200.00', '0.00']);
});

test('an event that somebody wants corrected says so', async () => {
  const [line] = (await mine()).components[0].trace.lines;
  const asked = await crew.as.Ana('POST', '/v1/corrections', {
    ...{ event: line.fact, change: { kind: 'amend', amount: usd('6000.00') } },
    reason: 'The contract says 6,000.',
  });
  expect(asked.status, JSON.stringify(asked.body)).toBeLessThan(300);
  expect(await waits()).toContainEqual(['under_review', '500.00', 'big']);
});

test('a prize waits for the next calculation', async () => {
  await inOrg(crew.floor.db.app, crew.floor.orgId, (tx) =>
    addPrizes(tx, crew.floor.orgId, [
      {
        ...{ id: 'prz_1', contest: 'con_1', person: crew.ids.Ana, prize: 'first', kind: 'money' },
        ...{ amount: 5_000n, currency: 'USD', item: {}, place: 1, seq: 1, reason: null },
        at: new Date('2026-01-15T10:00:00Z'),
      },
    ]),
  );
  expect(await waits()).toContainEqual(['prize', '50.00', null]);
  await act('POST', '/v1/pay/periods/2026-01-01/calculate');
  const whys = (await waits()).map(([why]) => why);
  expect(whys).toEqual(['unpaid', 'under_review']);
});

test('a closed period waits for its statement, words, an answer and the payout', async () => {
  now = Date.parse('2026-02-03T12:00:00Z');
  await act('POST', '/v1/pay/periods/2026-01-01/close');
  const last = async () => (await waits()).at(-1);
  expect(await last()).toEqual(['not_issued', '250.00', null]);
  const { statements } = await act('POST', '/v1/statements', { period: '2026-01-01' });
  const [{ id }] = statements;
  expect(await last()).toEqual(['not_approved', '250.00', null]);
  await crew.as.Ana('POST', `/v1/statements/${id}/disputes`, { text: 'A deal is missing.' });
  expect(await last()).toEqual(['disputed', '250.00', null]);
  const { disputes } = await act('GET', `/v1/statements/${id}`);
  const decision = { decision: 'declined', answer: 'It is of February.' };
  await act('POST', `/v1/statements/${id}/disputes/${disputes[0].id}/decision`, decision);
  const approved = await crew.as.manager('POST', `/v1/statements/${id}/approve`, {});
  expect(approved.status, JSON.stringify(approved.body)).toBe(200);
  expect(await last()).toEqual(['not_paid_out', '250.00', null]);
  await act('POST', '/v1/pay/payouts', { period: '2026-01-01' });
  expect(await waits()).not.toContainEqual(['not_paid_out', '250.00', null]);
  expect(await mine()).toMatchObject({ payable: '250.00', paid: '250.00' });
});

test('a statement on paper has its dates and calls lines and deals by name', async () => {
  const { statements } = (await crew.as.Ana('GET', '/v1/statements')).body;
  const paper = (await crew.as.Ana('GET', `/v1/statements/${statements[0].id}`)).body;
  expect(paper.span).toEqual({ kind: 'month', from: '2026-01-01', to: '2026-02-01' });
  expect(Object.values(paper.deals)).toEqual([{ account: 'Big & Co', on: '2026-01-12' }]);
  const kinds = paper.lines.map(({ kind, type }: { kind: string; type: string }) => [kind, type]);
  expect(kinds).toEqual([
    ['flat', 'earning'],
    [null, 'prize'],
  ]);
  expect((await crew.as.Bo('GET', `/v1/statements/${statements[0].id}`)).status).toBe(404);
});
