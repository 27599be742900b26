import type { BadgeIcon } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** Something that points can be exchanged for. */
export interface RewardRow {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly icon: BadgeIcon;
  /** Points. */
  readonly price: number;
  /** What one costs the organisation: minor units of its currency. */
  readonly costMinor: bigint;
  /** How many are left; `null` for as many as are wanted. */
  readonly stock: number | null;
  readonly perPerson: number | null;
  readonly active: boolean;
}

type Stored = Omit<RewardRow, 'price'> & { readonly price: bigint };
const inPoints = (row: Stored): RewardRow => ({ ...row, price: Number(row.price) });

export async function readRewards(sql: Sql, orgId: string): Promise<RewardRow[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<Stored[]>`
      select reward_id as id, name, names, description, descriptions, icon, price, cost_minor,
        stock, per_person, active
      from reward where org_id = ${orgId} order by price, created_at, reward_id`,
  );
  return rows.map(inPoints);
}

/** One by its id, held until the transaction ends: no two take the last one. */
export async function lockReward(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<RewardRow | undefined> {
  const [row] = await tx<Stored[]>`
    select reward_id as id, name, names, description, descriptions, icon, price, cost_minor,
      stock, per_person, active
    from reward where org_id = ${orgId} and reward_id = ${id} for update`;
  return row && inPoints(row);
}

/** Writes one. Call in the transaction that logs the change. */
export async function saveReward(tx: Tx, orgId: string, row: RewardRow): Promise<void> {
  await tx`
    insert into reward
      (org_id, reward_id, name, names, description, descriptions, icon, price, cost_minor, stock,
        per_person, active)
    values (
      ${orgId}, ${row.id}, ${row.name}, ${tx.json(row.names)}, ${row.description},
      ${tx.json(row.descriptions)}, ${row.icon}, ${row.price}, ${String(row.costMinor)},
      ${row.stock}, ${row.perPerson}, ${row.active}
    )
    on conflict (org_id, reward_id) do update set
      name = excluded.name, names = excluded.names, description = excluded.description,
      descriptions = excluded.descriptions, icon = excluded.icon, price = excluded.price,
      cost_minor = excluded.cost_minor, stock = excluded.stock,
      per_person = excluded.per_person, active = excluded.active`;
}

/** One more or one fewer, where they are counted; `false` when none is left. */
export async function moveStock(tx: Tx, orgId: string, id: string, by: 1 | -1): Promise<boolean> {
  const moved = await tx`
    update reward set stock = stock + ${by}
    where org_id = ${orgId} and reward_id = ${id} and (stock is null or stock + ${by} >= 0)
    returning 1`;
  return moved.length > 0;
}

export const REDEMPTION_STATES = [
  'requested',
  'approved',
  'fulfilled',
  'declined',
  'cancelled',
] as const;
export type RedemptionState = (typeof REDEMPTION_STATES)[number];

/** Somebody's wish, with what it cost when it was said. */
export interface RedemptionRow {
  readonly id: string;
  readonly reward: string;
  readonly person: string;
  readonly price: number;
  readonly costMinor: bigint;
  readonly state: RedemptionState;
  readonly requestedAt: Date;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
  readonly reason: string | null;
}

type StoredRedemption = Omit<RedemptionRow, 'price'> & { readonly price: bigint };

/** How many of a reward somebody has or waits for. */
export async function countRedeemed(
  tx: Tx,
  orgId: string,
  { reward, person }: { readonly reward: string; readonly person: string },
): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from redemption
    where org_id = ${orgId} and reward_id = ${reward} and person_id = ${person}
      and state not in ('declined', 'cancelled')`;
  return row?.count ?? 0;
}

export async function addRedemption(
  tx: Tx,
  orgId: string,
  row: Pick<RedemptionRow, 'id' | 'reward' | 'person' | 'price' | 'costMinor' | 'requestedAt'>,
): Promise<void> {
  await tx`
    insert into redemption
      (org_id, redemption_id, reward_id, person_id, price, cost_minor, state, requested_at)
    values (${orgId}, ${row.id}, ${row.reward}, ${row.person}, ${row.price},
      ${String(row.costMinor)}, 'requested', ${row.requestedAt})`;
}

/** One by its id, held until the transaction ends. */
export async function lockRedemption(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<RedemptionRow | undefined> {
  const [row] = await tx<StoredRedemption[]>`
    select redemption_id as id, reward_id as reward, person_id as person, price, cost_minor,
      state, requested_at, settled_at, settled_by, reason
    from redemption where org_id = ${orgId} and redemption_id = ${id} for update`;
  return row && { ...row, price: Number(row.price) };
}

export async function settleRedemption(
  tx: Tx,
  orgId: string,
  id: string,
  settled: Pick<RedemptionRow, 'state' | 'settledAt' | 'settledBy' | 'reason'>,
): Promise<void> {
  await tx`
    update redemption set state = ${settled.state}, settled_at = ${settled.settledAt},
      settled_by = ${settled.settledBy}, reason = ${settled.reason}
    where org_id = ${orgId} and redemption_id = ${id}`;
}

export interface RedemptionQuery {
  /** Of these alone. */
  readonly people?: readonly string[];
  readonly id?: string;
  /** Only those that wait for something. */
  readonly open?: boolean;
  readonly limit: number;
}

/** Wishes, newest first; with who settled them. */
export async function readRedemptions(
  sql: Sql,
  orgId: string,
  { people, id, open = false, limit }: RedemptionQuery,
): Promise<RedemptionRow[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<StoredRedemption[]>`
      select redemption_id as id, reward_id as reward, person_id as person, price, cost_minor,
        state, requested_at, settled_at, settled_by, reason
      from redemption
      where org_id = ${orgId}
        and (${people === undefined} or person_id = any(${[...(people ?? [])]}))
        and (${id ?? null}::text is null or redemption_id = ${id ?? null})
        and (not ${open} or state in ('requested', 'approved'))
      order by requested_at desc, redemption_id
      limit ${limit}`,
  );
  return rows.map((row) => ({ ...row, price: Number(row.price) }));
}
