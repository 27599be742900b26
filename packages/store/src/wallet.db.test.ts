import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '@ovation/testkit';
import { inOrg } from './connect.ts';
import { createOrganisation } from './organisations.ts';
import { DEFAULT_SETTINGS } from '@ovation/domain';
import {
  addWalletEntries,
  NotEnoughPoints,
  readBalance,
  readWalletEntries,
  takeBackPoints,
  type WalletEntry,
} from './wallet.ts';

let db: TestDatabase;
const ORG = 'org_1';
const at = new Date('2026-11-24T08:00:00Z');
const entry = (cause: string, points: number, person = 'per_1'): WalletEntry => ({
  person,
  points,
  kind: points < 0 ? 'redeem' : 'grant',
  cause,
  at,
});
const add = (...entries: WalletEntry[]) =>
  inOrg(db.app, ORG, (tx) => addWalletEntries(tx, ORG, entries));

beforeAll(async () => {
  db = await cloneDatabase(inject('postgresUrl'));
  await inOrg(db.app, ORG, (tx) =>
    createOrganisation(tx, { id: ORG, name: 'One', settings: DEFAULT_SETTINGS, demo: false }),
  );
});
afterAll(() => db.close());

test('a balance is the sum of its entries, each cause once', async () => {
  expect(await add(entry('a', 100), entry('b', 50), entry('c', -30))).toEqual(['a', 'b', 'c']);
  expect(await add(entry('a', 100))).toEqual([]);
  expect(await readBalance(db.app, ORG, 'per_1')).toBe(120);
});

test('nobody spends what they do not have, also when two spend at once', async () => {
  await add(entry('d', 100, 'per_2'));
  const spent = await Promise.allSettled(
    ['e', 'f', 'g'].map((cause) => add(entry(cause, -60, 'per_2'))),
  );
  expect(spent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = spent.find((one) => one.status === 'rejected');
  expect(refused?.reason).toBeInstanceOf(NotEnoughPoints);
  expect(await readBalance(db.app, ORG, 'per_2')).toBe(40);
});

test('what is taken back stops at nothing, and says what was short', async () => {
  await add(entry('h', 80, 'per_3'), entry('i', -50, 'per_3'));
  await inOrg(db.projector, ORG, (tx) =>
    takeBackPoints(tx, ORG, { ...entry('j', 80, 'per_3'), kind: 'taken_back' }),
  );
  const [latest] = await readWalletEntries(db.app, ORG, 'per_3', { limit: 1 });
  expect(latest).toMatchObject({ points: -30, short: 50, kind: 'taken_back' });
  expect(await readBalance(db.app, ORG, 'per_3')).toBe(0);
});

test('entries are never changed and never taken away', async () => {
  const touch = (work: string) => inOrg(db.app, ORG, (tx) => tx.unsafe(work));
  await expect(touch('update wallet_entry set points = 1')).rejects.toThrow(/permission denied/);
  await expect(touch('delete from prize_entry')).rejects.toThrow(/permission denied/);
});
