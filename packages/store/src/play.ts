import {
  DEFAULT_PLAY_RULES,
  KUDOS_CATEGORIES,
  type KudosCategory,
  type PlayRules,
} from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** What an organisation lets its people give and stake. */
export async function readPlayRules(sql: Sql | Tx, orgId: string): Promise<PlayRules> {
  const read = (tx: Tx) => tx<{ rules: Partial<PlayRules> }[]>`
    select rules from play_rules where org_id = ${orgId}`;
  const [row] =
    'reserve' in sql ? await inOrg(sql, orgId, async (tx) => read(tx)) : await read(sql);
  return { ...DEFAULT_PLAY_RULES, ...row?.rules };
}

/** Writes them. Call in the transaction that logs the change. */
export async function savePlayRules(tx: Tx, orgId: string, rules: PlayRules): Promise<void> {
  await tx`
    insert into play_rules (org_id, rules) values (${orgId}, ${tx.json(rules as never)})
    on conflict (org_id) do update set rules = excluded.rules`;
}

/** What kudos may be for, in the organisation's order. */
export async function readKudosCategories(
  sql: Sql | Tx,
  orgId: string,
): Promise<readonly KudosCategory[]> {
  const read = (tx: Tx) => tx<KudosCategory[]>`
    select category_id as id, name, names, icon from kudos_category
    where org_id = ${orgId} order by position`;
  const rows = 'reserve' in sql ? await inOrg(sql, orgId, async (tx) => read(tx)) : await read(sql);
  return rows.length > 0 ? rows : KUDOS_CATEGORIES;
}

/** Writes all of them. Call in the transaction that logs the change. */
export async function saveKudosCategories(
  tx: Tx,
  orgId: string,
  categories: readonly KudosCategory[],
): Promise<void> {
  await tx`delete from kudos_category where org_id = ${orgId}`;
  for (const [position, one] of categories.entries()) {
    await tx`
      insert into kudos_category (org_id, category_id, name, names, icon, position)
      values (${orgId}, ${one.id}, ${one.name}, ${tx.json(one.names)}, ${one.icon}, ${position})`;
  }
}

/** Who gives away what, in which month. */
export interface Allowance {
  readonly user: string;
  readonly purpose: 'kudos' | 'grant';
  /** First date of the month in the organisation's calendar. */
  readonly month: string;
}

export async function readUsed(sql: Sql | Tx, orgId: string, of: Allowance): Promise<number> {
  const read = (tx: Tx) => tx<{ used: bigint }[]>`
    select used from allowance
    where org_id = ${orgId} and user_id = ${of.user} and purpose = ${of.purpose}
      and month_key = ${of.month}`;
  const [row] =
    'reserve' in sql ? await inOrg(sql, orgId, async (tx) => read(tx)) : await read(sql);
  return Number(row?.used ?? 0n);
}

/** Uses points of a month's allowance; `false` when they are more than are left of it. */
export async function useAllowance(
  tx: Tx,
  orgId: string,
  of: Allowance,
  { points, most }: { readonly points: number; readonly most: number },
): Promise<boolean> {
  if (points > most) return false;
  const used = await tx`
    insert into allowance as a (org_id, user_id, purpose, month_key, used)
    values (${orgId}, ${of.user}, ${of.purpose}, ${of.month}, ${points})
    on conflict (org_id, user_id, purpose, month_key) do update set used = a.used + excluded.used
      where a.used + excluded.used <= ${most}
    returning 1`;
  return used.length > 0;
}

/** The own budgets of users, in points a month. */
export async function readBudgets(sql: Sql | Tx, orgId: string): Promise<Map<string, number>> {
  const read = (tx: Tx) => tx<{ user: string; points: bigint }[]>`
    select user_id as user, points from point_budget where org_id = ${orgId}`;
  const rows = 'reserve' in sql ? await inOrg(sql, orgId, async (tx) => read(tx)) : await read(sql);
  return new Map(rows.map(({ user, points }) => [user, Number(points)]));
}

/** Writes a budget. Call in the transaction that logs the change. */
export async function saveBudget(
  tx: Tx,
  orgId: string,
  { user, points }: { readonly user: string; readonly points: number },
): Promise<void> {
  await tx`
    insert into point_budget (org_id, user_id, points) values (${orgId}, ${user}, ${points})
    on conflict (org_id, user_id) do update set points = excluded.points`;
}
