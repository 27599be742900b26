import { levelOf } from '@ovation/domain';
import type {
  BudgetAnswer,
  GrantAnswer,
  Named,
  PatchPlayRules,
  PostGrant,
  PutBudget,
  WalletAnswer,
  WalletQuery,
} from '@ovation/protocol';
import {
  addWalletEntries,
  readBalance,
  readBudgets,
  readEarned,
  readEntryNames,
  readPerson,
  readPlayRules,
  readUsed,
  readUsers,
  readWalletEntries,
  saveBudget,
  savePlayRules,
  useAllowance,
  type WalletEntryRow,
} from '@ovation/store';
import { newId } from '@ovation/host';
import { Type } from 'typebox';
import { readCursor, writeCursor } from '../api/cursor.ts';
import type { IngestDeps } from '../deps.ts';
import { allowanceOf, refusal, type Giver } from '../feed/kudos.ts';
import { writeSettings, type Author } from '../settings-writer.ts';

const LINES = 30;
const LINES_MAX = 100;
const LIST = 'wallet';

/** Somebody's points: what they have, what they ever earned, and where each came from. */
export async function walletOf(
  deps: IngestDeps,
  orgId: string,
  person: Named,
  { cursor, limit }: WalletQuery,
): Promise<WalletAnswer> {
  const before = readCursor(LIST, cursor, Type.Integer({ minimum: 1 }));
  const most = Math.min(Math.max(1, Number(limit ?? LINES)), LINES_MAX);
  const [balance, earned, rows] = await Promise.all([
    readBalance(deps.sql, orgId, person.id),
    readEarned(deps.sql, orgId, person.id),
    readWalletEntries(deps.sql, orgId, person.id, {
      limit: most,
      ...(before === undefined ? {} : { before }),
    }),
  ]);
  const ids = rows.flatMap(({ reason, by }) => [reason ?? [], by ?? []].flat());
  const names = await readEntryNames(deps.sql, orgId, ids);
  const named = (id: string | null | undefined): Named | null => {
    const found = id ? names.get(id) : undefined;
    return found ? { id: id!, ...found } : null;
  };
  const last = rows.length === most ? rows.at(-1) : undefined;
  return {
    person,
    balance,
    earned,
    level: levelOf(earned),
    entries: rows.map((row) => lineOf(row, named)),
    next: last ? writeCursor(LIST, last.id) : null,
  };
}

function lineOf(
  { id, kind, points, short, at, reason, by }: WalletEntryRow,
  named: (id: string | null | undefined) => Named | null,
): WalletAnswer['entries'][number] {
  const about = named(reason);
  // A reason that names nothing is what somebody wrote.
  const text = kind === 'grant' ? (reason ?? null) : null;
  const given = kind === 'grant' || kind === 'kudos' ? named(by) : null;
  return { id, kind, points, short, at: at.toISOString(), about, by: given, text };
}

/** Gives somebody points out of the giver's month. What was said stands in the row. */
export async function grant(
  deps: IngestDeps,
  giver: Giver,
  author: Author,
  { person, points, reason }: PostGrant,
): Promise<GrantAnswer> {
  const { orgId, userId } = giver;
  if (person === giver.personId) throw refusal('own_grant', 'Points are for others.', '/person');
  const allowance = await allowanceOf(deps, giver, 'grant');
  const at = new Date(deps.clock.now());
  const most = await budgetOf(deps, orgId, userId);
  const left = await writeSettings(deps, orgId, author, async (tx) => {
    if (!(await readPerson(tx, orgId, person))) {
      throw refusal('unknown_person', 'There is no person with this id.', '/person');
    }
    if (!(await useAllowance(tx, orgId, allowance, { points, most }))) {
      const detail = `You grant at most ${most} points a month, and these are more than are left.`;
      throw refusal('month_used', detail, '/points');
    }
    const cause = `grant/${newId('grt')}`;
    const entry = { person, points, kind: 'grant' as const, cause, reason, by: userId, at };
    await addWalletEntries(tx, orgId, [entry]);
    const used = await readUsed(tx, orgId, allowance);
    const event = { type: 'points.granted' as const, subject: person, now: { points } };
    return { value: most - used, events: [event] };
  });
  return { points, left };
}

async function budgetOf(deps: IngestDeps, orgId: string, user: string): Promise<number> {
  const own = (await readBudgets(deps.sql, orgId)).get(user);
  return own ?? (await readPlayRules(deps.sql, orgId)).grantPointsMonth;
}

/** What each manager may grant in a month, and did in this one. */
export async function budgetAnswers(deps: IngestDeps, giver: Giver): Promise<BudgetAnswer[]> {
  const { orgId } = giver;
  const [users, budgets, rules] = await Promise.all([
    readUsers(deps.sql, orgId),
    readBudgets(deps.sql, orgId),
    readPlayRules(deps.sql, orgId),
  ]);
  const allowance = await allowanceOf(deps, giver, 'grant');
  return Promise.all(
    users.flatMap(({ userId, name, role }) => {
      if (role === 'rep') return [];
      const own = budgets.get(userId);
      const answer = async (): Promise<BudgetAnswer> => ({
        user: { id: userId, name },
        role,
        points: own ?? rules.grantPointsMonth,
        own: own !== undefined,
        used: await readUsed(deps.sql, orgId, { ...allowance, user: userId }),
        me: userId === giver.userId,
      });
      return [answer()];
    }),
  );
}

export async function putBudget(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  { user, points }: PutBudget,
): Promise<void> {
  const found = (await readUsers(deps.sql, orgId)).find(({ userId }) => userId === user);
  if (!found || found.role === 'rep') {
    throw refusal('unknown', 'There is no manager with this id.', '/user');
  }
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = (await readBudgets(tx, orgId)).get(user) ?? null;
    await saveBudget(tx, orgId, { user, points });
    const event = { type: 'budget.set' as const, subject: user, now: { points } };
    return { value: undefined, events: [{ ...event, was: { points: was } }] };
  });
}

export async function changePlayRules(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  change: PatchPlayRules,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await readPlayRules(tx, orgId);
    const now = { ...was, ...change };
    await savePlayRules(tx, orgId, now);
    return { value: undefined, events: [{ type: 'play.rules', subject: orgId, now, was }] };
  });
}
