import { inOrg, type Sql, type Tx } from './connect.ts';
import { addWalletEntries, lockWallets } from './wallet.ts';

export const DUEL_STATES = ['offered', 'accepted', 'declined', 'withdrawn', 'settled'] as const;
export type DuelState = (typeof DUEL_STATES)[number];

/** One challenges another. */
export interface DuelRow {
  readonly id: string;
  readonly challenger: string;
  readonly opponent: string;
  readonly metric: string;
  /** How long it lasts from when it is accepted. */
  readonly hours: number;
  /** Points that each of the two puts in. */
  readonly stake: number;
  readonly state: DuelState;
  readonly offeredAt: Date;
  readonly expiresAt: Date;
  readonly answeredAt: Date | null;
  readonly contest: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly winner: string | null;
  readonly settledAt: Date | null;
}

type Stored = Omit<DuelRow, 'stake'> & { readonly stake: bigint };
const inPoints = (row: Stored): DuelRow => ({ ...row, stake: Number(row.stake) });

/** The duels of somebody, newest first. */
export async function readDuels(
  sql: Sql | Tx,
  orgId: string,
  { person, limit }: { readonly person: string; readonly limit: number },
): Promise<DuelRow[]> {
  const read = (tx: Tx) => tx<Stored[]>`
    select duel_id as id, challenger_id as challenger, opponent_id as opponent, metric, hours,
      stake, state, offered_at, expires_at, answered_at, contest_id as contest, starts_at, ends_at,
      winner_id as winner, settled_at
    from duel
    where org_id = ${orgId} and (challenger_id = ${person} or opponent_id = ${person})
    order by offered_at desc, duel_id
    limit ${limit}`;
  const rows = 'reserve' in sql ? await inOrg(sql, orgId, async (tx) => read(tx)) : await read(sql);
  return rows.map(inPoints);
}

/** One by its id, held until the transaction ends. */
export async function lockDuel(tx: Tx, orgId: string, id: string): Promise<DuelRow | undefined> {
  const [row] = await tx<Stored[]>`
    select duel_id as id, challenger_id as challenger, opponent_id as opponent, metric, hours,
      stake, state, offered_at, expires_at, answered_at, contest_id as contest, starts_at, ends_at,
      winner_id as winner, settled_at
    from duel where org_id = ${orgId} and duel_id = ${id} for update`;
  return row && inPoints(row);
}

export async function addDuel(
  tx: Tx,
  orgId: string,
  row: Pick<
    DuelRow,
    'id' | 'challenger' | 'opponent' | 'metric' | 'hours' | 'stake' | 'offeredAt' | 'expiresAt'
  >,
): Promise<void> {
  await tx`
    insert into duel
      (org_id, duel_id, challenger_id, opponent_id, metric, hours, stake, state, offered_at,
        expires_at)
    values (${orgId}, ${row.id}, ${row.challenger}, ${row.opponent}, ${row.metric}, ${row.hours},
      ${row.stake}, 'offered', ${row.offeredAt}, ${row.expiresAt})`;
}

/** It is not fought. */
export async function endOffer(
  tx: Tx,
  orgId: string,
  id: string,
  { state, at }: { readonly state: 'declined' | 'withdrawn'; readonly at: Date },
): Promise<void> {
  await tx`
    update duel set state = ${state}, answered_at = ${at}
    where org_id = ${orgId} and duel_id = ${id}`;
}

/** It is a contest now: both stakes are held. Throws `NotEnoughPoints` when one is not there. */
export async function beginDuel(
  tx: Tx,
  orgId: string,
  duel: DuelRow,
  { contest, at, from, to }: { contest: string; at: Date; from: Date; to: Date },
): Promise<void> {
  await tx`
    update duel set state = 'accepted', answered_at = ${at}, contest_id = ${contest},
      starts_at = ${from}, ends_at = ${to}
    where org_id = ${orgId} and duel_id = ${duel.id}`;
  if (duel.stake === 0) return;
  const both = bothOf(duel);
  await lockWallets(tx, orgId, both);
  await addWalletEntries(
    tx,
    orgId,
    both.map((person) => ({
      person,
      points: -duel.stake,
      kind: 'stake',
      cause: `stake/${duel.id}/${person}`,
      reason: rivalOf(duel, person),
      at,
    })),
  );
}

/**
 * Ends the duel that a contest was: the winner gets both stakes; on a tie, or when it was called
 * off, each gets their own back. Once, however often it is called; a contest that is no duel is
 * left alone. Call in the transaction that decides the contest.
 */
export async function settleDuel(
  tx: Tx,
  orgId: string,
  contest: string,
  winner: string | null,
  at: Date,
): Promise<void> {
  const [found] = await tx<{ id: string }[]>`
    select duel_id as id from duel where org_id = ${orgId} and contest_id = ${contest}`;
  const duel = found && (await lockDuel(tx, orgId, found.id));
  if (duel?.state !== 'accepted') return;
  const both = bothOf(duel);
  const won = winner !== null && both.includes(winner) ? winner : null;
  await tx`
    update duel set state = 'settled', winner_id = ${won}, settled_at = ${at}
    where org_id = ${orgId} and duel_id = ${duel.id}`;
  if (duel.stake === 0) return;
  await lockWallets(tx, orgId, both);
  const paid = won === null ? both : [won];
  await addWalletEntries(
    tx,
    orgId,
    paid.map((person) => ({
      person,
      points: won === null ? duel.stake : 2 * duel.stake,
      kind: won === null ? 'returned' : 'won',
      cause: `${won === null ? 'returned' : 'won'}/${duel.id}/${person}`,
      reason: rivalOf(duel, person),
      at,
    })),
  );
}

/** In the order in which wallets are held everywhere. */
const bothOf = ({ challenger, opponent }: DuelRow): string[] => [challenger, opponent].sort();

const rivalOf = ({ challenger, opponent }: DuelRow, person: string): string =>
  person === challenger ? opponent : challenger;

/** Everybody who does not want to be challenged. */
export async function readOptOuts(sql: Sql | Tx, orgId: string): Promise<Set<string>> {
  const read = (tx: Tx) => tx<{ person: string }[]>`
    select person_id as person from duel_opt_out where org_id = ${orgId}`;
  const rows = 'reserve' in sql ? await inOrg(sql, orgId, async (tx) => read(tx)) : await read(sql);
  return new Set(rows.map((row) => row.person));
}

export async function setOptOut(
  tx: Tx,
  orgId: string,
  person: string,
  out: boolean,
): Promise<void> {
  if (out) {
    await tx`
      insert into duel_opt_out (org_id, person_id) values (${orgId}, ${person})
      on conflict do nothing`;
    return;
  }
  await tx`delete from duel_opt_out where org_id = ${orgId} and person_id = ${person}`;
}
