import { DEFAULT_SETTINGS } from '@ovation/domain';
import { cloneDatabase, type TestDatabase } from '@ovation/testkit';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { inOrg, type Tx } from './connect.ts';
import { createOrganisation } from './organisations.ts';
import {
  addPayEntries,
  addPayPeriod,
  lockPayPeriods,
  openLedgers,
  readPayEntries,
  savePayPeriod,
  type PayEntry,
} from './pay-ledger.ts';
import { saveAssignment, savePlan, savePlanVersion, type PlanVersionRow } from './pay-plans.ts';
import { addPayApproval, addPayout, addStatement, saveExport } from './pay-statements.ts';

let db: TestDatabase;
const ORG = 'org_1';
const inOrg1 = <T>(work: (tx: Tx) => Promise<T>) => inOrg(db.app, ORG, work);
const sql = (text: string) => inOrg1((tx) => tx.unsafe(text));

let count = 0;
const entry = (more: Partial<PayEntry> = {}): PayEntry => ({
  id: `pay_${(count += 1)}`,
  person: 'per_1',
  currency: 'USD',
  type: 'earning',
  minor: 1_000n,
  origin: '2026-10-01',
  posting: '2026-10-01',
  plan: 'plan_1',
  version: 1,
  component: 'base',
  runHash: 'run',
  trace: null,
  reverses: null,
  reason: null,
  by: 'system',
  cause: `cause ${count}`,
  ...more,
});
const add = (...entries: PayEntry[]) => inOrg1((tx) => addPayEntries(tx, ORG, entries));

const version = (more: Partial<PlanVersionRow> = {}): Omit<PlanVersionRow, 'updatedAt'> => ({
  planId: 'plan_1',
  number: 1,
  status: 'approved',
  from: '2026-01-01',
  to: '2026-07-01',
  definition: { schema: 1 },
  hash: 'h',
  createdBy: 'usr_1',
  approvedBy: 'usr_1',
  approvedAt: new Date(),
  ...more,
});
const saveVersion = (more: Partial<PlanVersionRow> = {}) =>
  inOrg1((tx) => savePlanVersion(tx, ORG, version(more)));

async function closePeriod(key: string): Promise<void> {
  await inOrg1(async (tx) => {
    const period = (await lockPayPeriods(tx, ORG)).find((one) => one.key === key)!;
    await savePayPeriod(tx, ORG, { ...period, state: 'calculated', calculatedAt: new Date() });
    const closed = { state: 'closed', closedAt: new Date(), closedBy: 'usr_1' } as const;
    await savePayPeriod(tx, ORG, { ...period, ...closed });
  });
}

beforeAll(async () => {
  db = await cloneDatabase(inject('postgresUrl'));
  for (const id of [ORG, 'org_2']) {
    await inOrg(db.app, id, (tx) =>
      createOrganisation(tx, { id, name: id, settings: DEFAULT_SETTINGS, demo: false }),
    );
  }
  await inOrg1(async (tx) => {
    const words = { names: {}, description: '', descriptions: {} };
    await savePlan(tx, ORG, { id: 'plan_1', name: 'Plan', ...words });
    for (const month of ['09', '10', '11']) {
      const next = String(Number(month) + 1).padStart(2, '0');
      await addPayPeriod(tx, ORG, {
        key: `2026-${month}-01`,
        kind: 'month',
        from: new Date(`2026-${month}-01T00:00:00Z`),
        to: new Date(`2026-${next}-01T00:00:00Z`),
      });
    }
    await openLedgers(tx, ORG, ['per_1', 'per_2'], 'USD');
  });
});
afterAll(() => db.close());

describe('a plan', () => {
  test('has no two approved versions on one day; drafts may overlap', async () => {
    await saveVersion();
    const draft = { status: 'draft', approvedBy: null, approvedAt: null } as const;
    await saveVersion({ number: 2, from: '2026-06-01', to: null, ...draft });
    await expect(saveVersion({ number: 3, from: '2026-06-30', to: null })).rejects.toThrow(
      /plan_version_overlap/,
    );
    await saveVersion({ number: 3, from: '2026-07-01', to: null });
  });

  test('never changes a version that was approved, and never loses it', async () => {
    const change = saveVersion({ definition: { schema: 2 } });
    await expect(change).rejects.toThrow(/never changed/);
    await expect(sql(`delete from plan_version where number = 1`)).rejects.toThrow(/taken away/);
    await sql(`update plan_version set effective_to = '2026-06-15' where number = 1`);
  });

  test('has nobody on it twice on one day', async () => {
    const row = { planId: 'plan_1', targetIncentive: null, overrides: {} };
    const assign = (id: string, personId: string, from: string, to: string | null) =>
      inOrg1((tx) => saveAssignment(tx, ORG, { ...row, id, personId, from, to }));
    await assign('asg_1', 'per_1', '2026-01-01', '2026-07-01');
    await assign('asg_2', 'per_1', '2026-07-01', null);
    await assign('asg_3', 'per_2', '2026-01-01', null);
    await expect(assign('asg_4', 'per_1', '2026-12-01', null)).rejects.toThrow(
      /plan_assignment_overlap/,
    );
  });
});

describe('the ledger', () => {
  test('adds an entry once for its cause', async () => {
    const one = entry({ cause: 'once' });
    expect(await add(one)).toEqual([one.id]);
    expect(await add({ ...one, id: 'pay_again' })).toEqual([]);
  });

  test.each([
    ['in another currency than its payee', { currency: 'EUR' }, /foreign key/],
    ['of somebody without a ledger', { person: 'per_9' }, /foreign key/],
    ['for a period after the one that pays it', { origin: '2026-11-01' }, /check constraint/],
    ['of nothing', { minor: 0n }, /check constraint/],
    ['by hand without a reason', { type: 'adjustment' }, /check constraint/],
    ['that claws back without saying what', { type: 'clawback', minor: -1n }, /check constraint/],
    ['that pays out a debt', { type: 'payout', minor: 5n }, /check constraint/],
  ] as const)('takes no entry %s', async (_, more, message) => {
    await expect(add(entry(more))).rejects.toThrow(message);
  });

  test('takes back no more than is left, also when two do so at once', async () => {
    const earned = entry({ minor: 1_000n });
    await add(earned);
    const back = (minor: bigint) => entry({ type: 'clawback', minor, reverses: earned.id });
    await add(back(-300n));
    await expect(add(back(-701n))).rejects.toThrow(/than is left/);
    await expect(add(back(-1n), { ...back(-1n), person: 'per_2' })).rejects.toThrow(/same person/);
    const both = await Promise.allSettled([add(back(-400n)), add(back(-400n))]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('forgives no more of a draw than is owed, and never recovers it', async () => {
    const draw = entry({ type: 'draw_advance', minor: 3_000n });
    await add(draw);
    const on = (type: PayEntry['type'], minor: bigint) => entry({ type, minor, reverses: draw.id });
    await add(on('draw_recovery', -1_000n), on('draw_forgiven', 1_500n));
    await expect(add(on('draw_recovery', -501n))).rejects.toThrow(/than is left/);
    await expect(add(on('draw_forgiven', 501n))).rejects.toThrow(/than is owed/);
    await add(on('draw_recovery', -500n));
  });

  test('is never changed and never taken away, not even by the owner of the tables', async () => {
    await expect(sql('update pay_entry set amount_minor = 1')).rejects.toThrow(/permission denied/);
    await expect(sql('delete from pay_entry')).rejects.toThrow(/permission denied/);
    await expect(
      db.owner.begin(async (tx) => {
        await tx`select set_config('app.org', ${ORG}, true)`;
        await tx`update pay_entry set amount_minor = 1`;
      }),
    ).rejects.toThrow(/only ever added to/);
  });

  test('is closed in order, and closed it takes nothing', async () => {
    await expect(closePeriod('2026-10-01')).rejects.toThrow(/in order/);
    await closePeriod('2026-09-01');
    const late = { origin: '2026-09-01', posting: '2026-09-01' };
    await expect(add(entry(late))).rejects.toThrow(/closed/);
    await add(entry({ ...late, posting: '2026-10-01' }));
  });

  test('is not closed before it was calculated, and reopened only for a reason', async () => {
    await expect(
      sql(`update pay_period set state = 'closed', closed_at = now(), closed_by = 'x'
        where period_key = '2026-10-01'`),
    ).rejects.toThrow(/calculated before/);
    const open = `update pay_period set state = 'open', closed_at = null, reopened_at = now()`;
    const september = `where period_key = '2026-09-01'`;
    await expect(sql(`${open}, reopened_by = 'x' ${september}`)).rejects.toThrow(/for a reason/);
    await sql(`${open}, reopened_by = 'x', reopen_reason = 'A late file' ${september}`);
    await closePeriod('2026-09-01');
    await expect(sql(`update pay_period set from_at = now()`)).rejects.toThrow(/permission denied/);
  });
});

describe('a statement', () => {
  const statement = {
    id: 'sta_1',
    person: 'per_1',
    period: '2026-10-01',
    number: 1,
    state: 'issued',
    currency: 'USD',
    totalMinor: 5n,
    snapshot: {},
    hash: 'h',
    issuedAt: new Date(),
    issuedBy: 'usr_1',
  } as const;

  test('never changes once it was issued', async () => {
    await inOrg1((tx) => addStatement(tx, ORG, statement));
    await expect(sql(`update statement set total_minor = 6`)).rejects.toThrow(/never changed/);
    await expect(sql(`delete from statement`)).rejects.toThrow(/never taken away/);
    await sql(`update statement set state = 'final', settled_at = now()`);
    await expect(sql(`update statement set state = 'issued'`)).rejects.toThrow(/never changed/);
  });

  test('needs words of different people', async () => {
    const word = (step: 0 | 1 | 2, by: string) =>
      inOrg1((tx) => addPayApproval(tx, ORG, { kind: 'statement', subject: 'sta_1', step, by }));
    await word(0, 'usr_1');
    await expect(word(1, 'usr_1')).rejects.toThrow(/pay_approval_another/);
    await word(1, 'usr_2');
    await expect(word(2, 'usr_2')).rejects.toThrow(/pay_approval_another/);
  });
});

test('a payout keeps the bytes of its export', async () => {
  const paid = entry({ type: 'payout', minor: -70n });
  await add(paid);
  const line = { person: 'per_1', entry: paid.id, minor: 70n, currency: 'USD' };
  await inOrg1((tx) =>
    addPayout(tx, ORG, { id: 'pb_1', period: '2026-09-01', createdBy: 'x', lines: [line] }),
  );
  await inOrg1((tx) => saveExport(tx, ORG, 'pb_1', { text: 'a', hash: 'h' }));
  await expect(sql(`update payout_batch set export = 'b'`)).rejects.toThrow(/never changed/);
});

test('nobody sees or writes the pay of another organisation', async () => {
  const theirs = (text: string) => inOrg(db.app, 'org_2', (tx) => tx.unsafe(text));
  expect(await readPayEntries(db.app, ORG, {})).not.toEqual([]);
  for (const table of ['pay_entry', 'pay_period', 'statement', 'plan', 'payout_line', 'payee']) {
    expect(await theirs(`select * from ${table}`)).toEqual([]);
  }
  await expect(
    inOrg(db.app, 'org_2', (tx) => openLedgers(tx, ORG, ['per_3'], 'USD')),
  ).rejects.toThrow(/row-level security/);
  await expect(inOrg(db.projector, ORG, (tx) => tx`select * from pay_entry`)).rejects.toThrow(
    /permission denied/,
  );
});
