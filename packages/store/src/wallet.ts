import { inOrg, type Sql, type Tx } from './connect.ts';

export const WALLET_KINDS = [
  'prize',
  'badge',
  'kudos',
  'grant',
  'redeem',
  'refund',
  'stake',
  'won',
  'returned',
  'taken_back',
] as const;
export type WalletKind = (typeof WALLET_KINDS)[number];

/** One entry of the ledger of points. */
export interface WalletEntry {
  readonly person: string;
  /** Whole points; negative where they are spent or taken back. */
  readonly points: number;
  readonly kind: WalletKind;
  /** What it is for, once: `badge/bdg_…/per_…/2026-11`, `redeem/rdm_…`. */
  readonly cause: string;
  readonly reason?: string | null;
  /** The user or person who did it. */
  readonly by?: string | null;
  readonly at: Date;
}

export interface WalletEntryRow extends WalletEntry {
  readonly id: number;
  /** What was to be taken back and had been spent. */
  readonly short: number;
}

/** Somebody has fewer points than they want to spend. */
export class NotEnoughPoints extends Error {}

const CHECK_VIOLATION = '23514';

/**
 * Adds entries; one whose cause is known already is left out. Answers the causes that were new.
 * Throws `NotEnoughPoints` when somebody would have fewer than none.
 */
export async function addWalletEntries(
  tx: Tx,
  orgId: string,
  entries: readonly WalletEntry[],
): Promise<string[]> {
  if (entries.length === 0) return [];
  const column = <K extends keyof WalletEntry>(key: K) => entries.map((one) => one[key] ?? null);
  try {
    const added = await tx<{ cause: string }[]>`
      insert into wallet_entry
        (org_id, person_id, points, kind, cause, reason, by_id, recorded_at)
      select ${orgId}, i.person, i.points, i.kind, i.cause, i.reason, i.by_id, i.at
      from unnest(
        ${column('person')}::text[], ${entries.map((one) => String(one.points))}::bigint[],
        ${column('kind')}::text[], ${column('cause')}::text[], ${column('reason')}::text[],
        ${column('by')}::text[], ${entries.map((one) => one.at.toISOString())}::timestamptz[]
      ) with ordinality as i (person, points, kind, cause, reason, by_id, at, ordinal)
      order by i.ordinal
      on conflict (org_id, cause) do nothing
      returning cause`;
    return added.map((row) => row.cause);
  } catch (error) {
    if ((error as { code?: string }).code === CHECK_VIOLATION) {
      throw new NotEnoughPoints('there are not enough points');
    }
    throw error;
  }
}

/** Holds these wallets until the transaction ends, in one order everywhere. */
export async function lockWallets(tx: Tx, orgId: string, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  await tx`
    select 1 from wallet
    where org_id = ${orgId} and person_id = any (${people as string[]}::text[])
    order by person_id for update`;
}

/** Takes points back, as many as are left; what was spent already stands in `short`. */
export async function takeBackPoints(tx: Tx, orgId: string, entry: WalletEntry): Promise<void> {
  const wanted = Math.abs(entry.points);
  const [wallet] = await tx<{ balance: bigint }[]>`
    select balance from wallet
    where org_id = ${orgId} and person_id = ${entry.person} for update`;
  const taken = Math.min(wanted, Number(wallet?.balance ?? 0n));
  await tx`
    insert into wallet_entry
      (org_id, person_id, points, short, kind, cause, reason, by_id, recorded_at)
    values (
      ${orgId}, ${entry.person}, ${-taken}, ${wanted - taken}, ${entry.kind}, ${entry.cause},
      ${entry.reason ?? null}, ${entry.by ?? null}, ${entry.at}
    )
    on conflict (org_id, cause) do nothing`;
}

/** How many points somebody has. */
export async function readBalance(sql: Sql, orgId: string, person: string): Promise<number> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ balance: bigint }[]>`
      select balance from wallet where org_id = ${orgId} and person_id = ${person}`,
  );
  return Number(row?.balance ?? 0n);
}

/** What was ever earned, spent or not: prizes, badges, kudos, grants, less what was taken back. */
export async function readEarned(sql: Sql, orgId: string, person: string): Promise<number> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ points: bigint }[]>`
      select coalesce(sum(points), 0)::bigint as points from wallet_entry
      where org_id = ${orgId} and person_id = ${person} and kind = any (${EARNING}::text[])`,
  );
  return Math.max(0, Number(row?.points ?? 0n));
}

const EARNING: WalletKind[] = ['prize', 'badge', 'kudos', 'grant', 'taken_back'];

/** Somebody's entries, newest first, from before an entry. */
export async function readWalletEntries(
  sql: Sql,
  orgId: string,
  person: string,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<WalletEntryRow[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<
      (Omit<WalletEntryRow, 'id' | 'points' | 'short'> & {
        id: bigint;
        points: bigint;
        short: bigint;
      })[]
    >`
      select entry_id as id, person_id as person, points, short, kind, cause, reason,
        by_id as by, recorded_at as at
      from wallet_entry
      where org_id = ${orgId} and person_id = ${person}
        and (${before ?? null}::bigint is null or entry_id < ${before ?? null})
      order by entry_id desc
      limit ${limit}`,
  );
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    points: Number(row.points),
    short: Number(row.short),
  }));
}

/** What entries of a wallet are about and who gave them, by id: badges, rewards, contests. */
export async function readEntryNames(
  sql: Sql,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, { name: string; names: Readonly<Record<string, string>> }>> {
  const asked = [...new Set(ids)];
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ id: string; name: string; names: Readonly<Record<string, string>> }[]>`
      select achievement_id as id, name, names from achievement
        where org_id = ${orgId} and achievement_id = any (${asked}::text[])
      union all select reward_id, name, names from reward
        where org_id = ${orgId} and reward_id = any (${asked}::text[])
      union all select contest_id, name, names from contest
        where org_id = ${orgId} and contest_id = any (${asked}::text[])
      union all select person_id, name, names from person
        where org_id = ${orgId} and person_id = any (${asked}::text[])
      union all select u.user_id, coalesce(p.name, u.name), coalesce(p.names, '{}')
        from user_account u
        left join person p on p.org_id = u.org_id and p.person_id = u.person_id
        where u.org_id = ${orgId} and u.user_id = any (${asked}::text[])`,
  );
  return new Map(rows.map(({ id, name, names }) => [id, { name, names }]));
}
