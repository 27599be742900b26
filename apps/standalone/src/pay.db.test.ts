import { PaidGroups, recount } from '@ovation/ingest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCrew, type Crew } from './crew.fixture.ts';

/** Pay from end to end: a plan, deals, periods, late corrections, statements, payouts. */

let crew: Crew;
let now = Date.parse('2026-02-10T12:00:00Z');
beforeAll(async () => {
  crew = await openCrew({ clock: { now: () => now } });
});
afterAll(() => crew.floor.close());

const TIERS = {
  schema: 1,
  currency: 'USD',
  measures: [{ id: 'sold', sum: 'amount', window: 'month', quota: 'revenue' }],
  components: [
    {
      id: 'base',
      kind: 'tiers',
      measure: 'sold',
      position: 'attainment',
      mode: 'marginal',
      bands: [
        { from: '0', rate: '0.06' },
        { from: '1', rate: '0.10' },
      ],
    },
    { id: 'most', kind: 'cap', scope: 'period', amount: '2000.00', applies_to: ['base'] },
  ],
};

const code = (said: { body: { errors?: { code: string }[] } }) => said.body.errors?.[0]?.code;
const manager: Crew['as']['manager'] = (...args) => crew.as.manager(...args);
const owner: Crew['as']['owner'] = (...args) => crew.as.owner(...args);

async function good(answer: ReturnType<Crew['as']['owner']>) {
  const said = await answer;
  expect(said, JSON.stringify(said.body)).toMatchObject({ status: expect.toSatisfy(isGood) });
  return said.body;
}
const isGood = (status: number) => status >= 200 && status < 300;

async function send(event: object): Promise<void> {
  const said = await crew.floor.send('POST', '/v1/events', event);
  expect(said.status, JSON.stringify(said.body)).toBe(201);
}
const win = (id: string, person: string, amount: string, occurredAt: string) =>
  send({ id, type: 'deal.won', deal: id, person, amount: { amount, currency: 'USD' }, occurredAt });

const me = async (who: 'Ana' | 'Bo', period?: string) =>
  good(crew.as[who]('GET', `/v1/pay/me${period ? `?period=${period}` : ''}`));
const ledger = async () => {
  const { entries } = await good(owner('GET', '/v1/pay/entries'));
  return (entries as { person: { name: string }; [key: string]: unknown }[]).map((entry) => ({
    who: entry.person.name,
    ...{ type: entry['type'], amount: entry['amount'] },
    ...{ origin: entry['origin'], posting: entry['posting'] },
  }));
};

let plan = '';
describe('a plan', () => {
  test('is written as a draft, checked, approved, and then never changes', async () => {
    const made = await good(
      manager('POST', '/v1/plans', { name: 'Sellers', from: '2026-01-01', definition: TIERS }),
    );
    plan = made.id;
    expect(made).toMatchObject({ inForce: null, versions: [{ number: 1, status: 'draft' }] });
    const draft = `/v1/plans/${plan}/versions/1`;
    const broken = { ...TIERS, components: [{ ...TIERS.components[0], measure: 'none' }] };
    await good(manager('PUT', draft, { definition: broken }));
    const { faults } = await good(manager('POST', `${draft}/check`));
    expect(faults[0].pointer).toContain('/components/0');
    const refused = await manager('POST', `${draft}/approve`);
    expect(refused.status).toBe(422);
    await good(manager('PUT', draft, { definition: TIERS }));
    const approved = await good(manager('POST', `${draft}/approve`));
    expect(approved).toMatchObject({ inForce: 1, versions: [{ approvedBy: { name: 'Max' } }] });
    expect(code(await manager('PUT', draft, { definition: TIERS }))).toBe('published');
    expect((await manager('DELETE', `/v1/plans/${plan}`)).status).toBe(422);
  });

  test('has people on it, each once a day', async () => {
    for (const name of ['Ana', 'Bo'] as const) {
      const body = { person: crew.ids[name], from: '2026-01-01' };
      await good(manager('POST', `/v1/plans/${plan}/assignments`, body));
      const again = await manager('POST', `/v1/plans/${plan}/assignments`, body);
      expect(code(again)).toBe('overlaps');
      const start = (month: string) => `2026-${month}-01`;
      for (const month of ['01', '02', '03']) {
        const target = { scope: 'person', entity: crew.ids[name], metric: 'revenue' };
        const place = { period: 'month', start: start(month), value: '10000.00' };
        await good(manager('PUT', '/v1/targets', { ...target, ...place }));
      }
    }
    const { plans } = await good(manager('GET', '/v1/plans'));
    expect(plans[0]).toMatchObject({ people: 2 });
  });

  test('a further version says what it changes', async () => {
    await good(manager('POST', `/v1/plans/${plan}/versions`, {}));
    const richer = structuredClone(TIERS);
    richer.components[0]!.bands![1]!.rate = '0.12';
    const url = `/v1/plans/${plan}/versions/2`;
    await good(manager('PUT', url, { definition: richer, from: '2026-03-01' }));
    const { against, changes } = await good(manager('GET', `${url}/diff`));
    expect(against).toBe(1);
    expect(changes).toEqual([
      { path: '/components/base/bands', was: expect.anything(), now: expect.anything() },
    ]);
  });
});

describe('a period', () => {
  test('is paid by what was sold in it, once however often it is calculated', async () => {
    await win('a1', 'Ana', '8000.00', '2026-01-10T10:00:00Z');
    await win('a2', 'Ana', '4000.00', '2026-01-20T10:00:00Z');
    await win('b1', 'Bo', '5000.00', '2026-01-12T10:00:00Z');
    await good(manager('POST', '/v1/pay/periods', { start: '2026-01-01' }));
    const url = '/v1/pay/periods/2026-01-01';
    const first = await good(manager('POST', `${url}/calculate`));
    expect(first).toMatchObject({ posted: 2, total: '1100.00', period: { state: 'calculated' } });
    expect(await good(manager('POST', `${url}/calculate`))).toMatchObject({ posted: 0 });
    expect(await ledger()).toHaveLength(2);
    expect(await ledger()).toEqual(
      expect.arrayContaining([
        ...['Ana', 'Bo'].map((who) => ({
          ...{ who, type: 'earning', amount: who === 'Ana' ? '800.00' : '300.00' },
          ...{ origin: '2026-01-01', posting: '2026-01-01' },
        })),
      ]),
    );
  });

  test('closes when it is over, and is followed by the next', async () => {
    const closed = await good(manager('POST', '/v1/pay/periods/2026-01-01/close'));
    expect(closed).toMatchObject({ state: 'closed', closedBy: { name: 'Max' } });
    const { periods } = await good(manager('GET', '/v1/pay/periods'));
    expect(periods.map((one: { id: string }) => one.id)).toEqual(['2026-02-01', '2026-01-01']);
    expect(code(await manager('POST', '/v1/pay/periods/2026-02-01/close'))).toBe('not_over');
    const again = await manager('POST', '/v1/pay/periods/2026-01-01/calculate');
    expect(code(again)).toBe('closed');
  });

  test('closed stays closed: what comes late is paid in the next, with its origin', async () => {
    const before = await ledger();
    await win('a0', 'Ana', '1000.00', '2026-01-05T10:00:00Z');
    await send({
      id: 'b1r',
      type: 'deal.reversed',
      deal: 'b1',
      occurredAt: '2026-02-03T10:00:00Z',
    });
    const posted = await good(manager('POST', '/v1/pay/periods/2026-02-01/calculate'));
    expect(posted.late).toEqual({ entries: 2, total: '-200.00' });
    const after = await ledger();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length)).toEqual(
      expect.arrayContaining([
        ...[
          { who: 'Ana', type: 'earning', amount: '100.00' },
          { who: 'Bo', type: 'clawback', amount: '-300.00' },
        ].map((one) => ({ ...one, origin: '2026-01-01', posting: '2026-02-01' })),
      ]),
    );
  });
});

describe('one’s own pay', () => {
  test('follows a deal at once, and says what comes next', async () => {
    await win('a3', 'Ana', '6000.00', '2026-02-08T10:00:00Z');
    const mine = await me('Ana');
    expect(mine).toMatchObject({
      earned: '360.00',
      estimate: true,
      pending: [{ why: 'not_posted', amount: '360.00' }],
      positions: [
        {
          ...{ component: 'base', value: '6000', quota: '10000', percent: '60.0', rate: '0.06' },
          next: { from: '1', missing: '4000', rate: '0.10', adds: '240.00' },
        },
      ],
    });
    expect(mine.components[0].trace).toMatchObject({ node: 'base', exact: '360' });
    await win('a4', 'Ana', '1000.00', '2026-02-09T10:00:00Z');
    expect((await me('Ana')).earned).toBe('420.00');
  });

  test('says what a deal would pay, and pays exactly that when it comes', async () => {
    const asked = { amount: '8000.00', on: '2026-02-09' };
    const foretold = await good(crew.as.Ana('POST', '/v1/pay/deal', asked));
    expect(foretold).toMatchObject({ pays: '680.00', components: [{ component: 'base' }] });
    const before = (await me('Ana')).earned;
    expect(before).toBe('420.00');
    await win('a5', 'Ana', '8000.00', '2026-02-09T11:00:00Z');
    expect((await me('Ana')).earned).toBe('1100.00');
  });

  test('is nobody else’s, and no screen’s', async () => {
    const other = await crew.as.Bo('GET', `/v1/pay/me?person=${crew.ids.Ana}`);
    expect(other.status).toBe(403);
    const { entries } = await good(crew.as.Bo('GET', '/v1/pay/entries'));
    expect(new Set(entries.map((one: { person: { name: string } }) => one.person.name))).toEqual(
      new Set(['Bo']),
    );
    for (const url of ['/v1/pay/periods', '/v1/pay/people', '/v1/pay/payouts', '/v1/plans']) {
      expect((await crew.as.Bo('GET', url)).status).toBe(403);
    }
  });
});

test('what-if replays the past, writes nothing, and by the same rules pays the same', async () => {
  const before = await ledger();
  const same = await good(manager('POST', `/v1/plans/${plan}/what-if`, { version: 1 }));
  expect(same).toMatchObject({ periods: ['2026-01-01'], difference: '0.00', same: 2 });
  const next = await good(manager('POST', `/v1/plans/${plan}/what-if`, { version: 2 }));
  expect(next).toMatchObject({ now: '900.00', next: '960.00', gain: 1, lose: 0 });
  expect(next.people[0]).toMatchObject({ person: { name: 'Ana' }, difference: '60.00' });
  expect(next.totals.map(({ next: cost }: { next: string }) => cost)).toEqual([
    '960.00',
    '1200.00',
    '1680.00',
  ]);
  expect(await ledger()).toEqual(before);
});

describe('a statement', () => {
  let id = '';
  test('is issued of a closed period, and approved by somebody else', async () => {
    expect(code(await manager('POST', '/v1/statements', { period: '2026-02-01' }))).toBe(
      'not_closed',
    );
    const { statements } = await good(manager('POST', '/v1/statements', { period: '2026-01-01' }));
    const ana = statements.find((one: { person: { name: string } }) => one.person.name === 'Ana');
    expect(ana).toMatchObject({ state: 'issued', total: '800.00', outdated: false });
    id = ana.id;
    expect(code(await manager('POST', `/v1/statements/${id}/approve`))).toBe('another_person');
    const { lines } = await good(crew.as.Ana('GET', `/v1/statements/${id}`));
    expect(lines).toMatchObject([{ type: 'earning', amount: '800.00', trace: { kind: 'tiers' } }]);
    expect((await crew.as.Bo('GET', `/v1/statements/${id}`)).status).toBe(404);
  });

  test('is questioned by whom it is for, and decided by an entry in the open period', async () => {
    const text = 'The renewal of Isdom is missing.';
    const asked = await good(crew.as.Ana('POST', `/v1/statements/${id}/disputes`, { text }));
    expect(asked).toMatchObject({ state: 'disputed', openDisputes: 1 });
    const [{ id: question }] = asked.disputes;
    const url = `/v1/statements/${id}/disputes/${question}/decision`;
    const yes = { decision: 'accepted', answer: 'It was ours.', amount: '50.00' };
    const decided = await good(owner('POST', url, yes));
    expect(decided).toMatchObject({ state: 'issued', total: '800.00', openDisputes: 0 });
    expect((await ledger()).at(-1)).toEqual({
      ...{ who: 'Ana', type: 'adjustment', amount: '50.00' },
      ...{ origin: '2026-01-01', posting: '2026-02-01' },
    });
  });

  test('needs a second word above a limit, and is then final', async () => {
    await good(manager('PATCH', '/v1/pay/rules', { secondFrom: '500.00' }));
    const first = await good(owner('POST', `/v1/statements/${id}/approve`));
    expect(first).toMatchObject({ state: 'approved', needsSecond: true });
    expect(code(await owner('POST', `/v1/statements/${id}/approve`))).toBe('another_person');
    const machine = await crew.floor.send('POST', `/v1/statements/${id}/approve`);
    expect(machine.body).toMatchObject({ state: 'final', approvals: [{ step: 1 }, { step: 2 }] });
  });

  test('is paid out once, in a file that stays the same to the last byte', async () => {
    const made = await good(owner('POST', '/v1/pay/payouts', { period: '2026-01-01' }));
    expect(made).toMatchObject({ total: '800.00', lines: [{ person: { name: 'Ana' } }] });
    expect(code(await owner('POST', '/v1/pay/payouts', { period: '2026-01-01' }))).toBe('nothing');
    const url = `/v1/pay/payouts/${made.id}/export`;
    const one = await owner('POST', url);
    await good(manager('PATCH', `/v1/people/${crew.ids.Ana}`, { name: 'Anna' }));
    const two = await owner('POST', url);
    expect(one.body).toContain('800.00');
    expect(two.body).toBe(one.body);
    await good(manager('PATCH', `/v1/people/${crew.ids.Ana}`, { name: 'Ana' }));
    expect((await me('Ana', '2026-01-01')).paid).toBe('800.00');
  });
});

test('what is below zero is carried, and nobody is paid less than nothing', async () => {
  now = Date.parse('2026-03-05T12:00:00Z');
  await good(manager('POST', '/v1/pay/periods/2026-02-01/close'));
  const carried = (await ledger()).filter(({ type }) => String(type).startsWith('carry'));
  expect(carried).toEqual([
    { who: 'Bo', type: 'carry_out', amount: '300.00', origin: '2026-02-01', posting: '2026-02-01' },
    { who: 'Bo', type: 'carry_in', amount: '-300.00', origin: '2026-02-01', posting: '2026-03-01' },
  ]);
  const { statements } = await good(manager('POST', '/v1/statements', { period: '2026-02-01' }));
  const bo = statements.find((one: { person: { name: string } }) => one.person.name === 'Bo');
  expect(bo.total).toBe('0.00');
  await win('b2', 'Bo', '2000.00', '2026-03-02T10:00:00Z');
  expect((await me('Bo')).payable).toBe('-180.00');
});

test('reopening is an owner’s, with a reason, and changes nothing that was posted', async () => {
  const url = '/v1/pay/periods/2026-02-01/reopen';
  expect((await manager('POST', url, { reason: 'A late file' })).status).toBe(403);
  const before = await ledger();
  const opened = await good(owner('POST', url, { reason: 'A late file' }));
  expect(opened).toMatchObject({ state: 'open', reopened: { reason: 'A late file' } });
  await good(manager('POST', '/v1/pay/periods/2026-02-01/close'));
  expect(await ledger()).toEqual(before);
});

test('late equals on time: the ledger of a period is what a fresh count of it says', async () => {
  await good(manager('POST', '/v1/pay/periods/2026-03-01/calculate'));
  const again = await good(manager('POST', '/v1/pay/periods/2026-03-01/calculate'));
  expect(again.posted).toBe(0);
  const groups = new PaidGroups(crew.floor.db.app);
  const { deps, orgId } = crew.floor;
  const done = await Promise.all([recount(deps, groups, orgId), recount(deps, groups, orgId)]);
  expect(done.filter(Boolean)).toHaveLength(1);
  expect(await recount(deps, groups, orgId)).toBe(false);
  const { recounts } = await good(manager('GET', '/v1/pay/recounts'));
  expect(recounts).toMatchObject([{ day: '2026-03-05', difference: '0.00', differences: [] }]);
});

test('the log knows who did what, and holds no names and no amounts', async () => {
  const rows = await crew.floor.db.owner<{ type: string; body: object }[]>`
    select type, body from event
    where type like 'plan.%' or type like 'pay.%' or type like 'statement.%'
      or type like 'payout.%' or type like 'dispute.%'`;
  const types = new Set(rows.map((row) => row.type));
  expect(types).toEqual(
    new Set([
      ...['plan.changed', 'plan.versioned', 'plan.assigned', 'pay.period', 'pay.rules'],
      ...['statement.changed', 'dispute.decided', 'payout.changed'],
    ]),
  );
  expect(JSON.stringify(rows)).not.toMatch(/Ana|Isdom/);
});
