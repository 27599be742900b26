import { inOrg, type Sql, type Tx } from './connect.ts';

/** Somebody's authenticator. The secret is sealed with the server's key. */
export interface SecondFactorRow {
  readonly sealed: string;
  readonly createdAt: Date;
  /** `null`: it was shown, and no code was given yet. */
  readonly confirmedAt: Date | null;
  /** The newest stretch of 30 seconds since 1970 whose code was used. */
  readonly lastStep: number;
  readonly failed: number;
  readonly failedSince: Date | null;
}

/** Whose it is: a user of an organisation. */
export interface FactorOwner {
  readonly orgId: string;
  readonly userId: string;
}

const columns = (tx: Tx) => tx`
  sealed, created_at, confirmed_at, last_step::double precision as last_step, failed, failed_since`;

export async function readSecondFactor(
  sql: Sql,
  { orgId, userId }: FactorOwner,
): Promise<{ factor: SecondFactorRow | undefined; recoveryLeft: number }> {
  return inOrg(sql, orgId, async (tx) => {
    const [factor] = await tx<SecondFactorRow[]>`
      select ${columns(tx)} from second_factor where org_id = ${orgId} and user_id = ${userId}`;
    const [left] = await tx<{ count: number }[]>`
      select count(*)::integer as count from recovery_code
      where org_id = ${orgId} and user_id = ${userId} and used_at is null`;
    return { factor, recoveryLeft: left?.count ?? 0 };
  });
}

/** Since when whose second factor counts, by user; who has none that counts is not in it. */
export async function readFactorsOn(tx: Tx, orgId: string): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx<{ userId: string; confirmedAt: Date }[]>`
    select user_id, confirmed_at from second_factor
    where org_id = ${orgId} and confirmed_at is not null`;
  return new Map(rows.map(({ userId, confirmedAt }) => [userId, confirmedAt]));
}

/** The secret and its state, held until the transaction ends: codes are taken one at a time. */
export async function lockSecondFactor(
  tx: Tx,
  { orgId, userId }: FactorOwner,
): Promise<SecondFactorRow | undefined> {
  const [row] = await tx<SecondFactorRow[]>`
    select ${columns(tx)} from second_factor
    where org_id = ${orgId} and user_id = ${userId} for update`;
  return row;
}

/** Puts a new secret in the place of one that was never confirmed. */
export async function addSecondFactor(
  tx: Tx,
  { orgId, userId }: FactorOwner,
  sealed: string,
): Promise<void> {
  await tx`
    insert into second_factor (org_id, user_id, sealed) values (${orgId}, ${userId}, ${sealed})
    on conflict (org_id, user_id) do update
      set sealed = excluded.sealed, created_at = clock_timestamp(), last_step = 0
      where second_factor.confirmed_at is null`;
}

/** From now on it counts; the hashes are of the codes for whoever loses it. */
export async function confirmSecondFactor(
  tx: Tx,
  { orgId, userId }: FactorOwner,
  { at, hashes }: { readonly at: Date; readonly hashes: readonly string[] },
): Promise<void> {
  await tx`
    update second_factor set confirmed_at = ${at}
    where org_id = ${orgId} and user_id = ${userId} and confirmed_at is null`;
  await tx`
    insert into recovery_code (org_id, user_id, code_hash)
    select ${orgId}, ${userId}, h.hash from unnest(${hashes as string[]}::text[]) as h (hash)`;
}

/** Notes that a code was right: its stretch of time opens nothing any more. */
export async function noteFactorStep(
  tx: Tx,
  { orgId, userId }: FactorOwner,
  step: number,
): Promise<void> {
  await tx`
    update second_factor set last_step = ${step}, failed = 0, failed_since = null
    where org_id = ${orgId} and user_id = ${userId}`;
}

/** Notes a wrong code: so many since then. */
export async function noteFactorFailure(
  tx: Tx,
  { orgId, userId }: FactorOwner,
  { failed, since }: { readonly failed: number; readonly since: Date },
): Promise<void> {
  await tx`
    update second_factor set failed = ${failed}, failed_since = ${since}
    where org_id = ${orgId} and user_id = ${userId}`;
}

/** Uses a recovery code up; answers whether it was there and unused. */
export async function useRecoveryCode(
  tx: Tx,
  { orgId, userId }: FactorOwner,
  { hash, at }: { readonly hash: string; readonly at: Date },
): Promise<boolean> {
  const rows = await tx`
    update recovery_code set used_at = ${at}
    where org_id = ${orgId} and user_id = ${userId} and code_hash = ${hash} and used_at is null
    returning code_hash`;
  return rows.length > 0;
}

/** Takes it away, with its recovery codes and all that sessions proved with it. */
export async function removeSecondFactor(tx: Tx, { orgId, userId }: FactorOwner): Promise<void> {
  await tx`delete from second_factor where org_id = ${orgId} and user_id = ${userId}`;
  await tx`
    update session set factor_at = null where org_id = ${orgId} and user_id = ${userId}`;
}

/** Notes when a session gave a code. */
export async function noteSessionFactor(
  tx: Tx,
  orgId: string,
  { tokenHash, at }: { readonly tokenHash: string; readonly at: Date },
): Promise<void> {
  await tx`
    update session set factor_at = ${at} where org_id = ${orgId} and token_hash = ${tokenHash}`;
}

/** When a session gave a code last; `null`: never. */
export async function readSessionFactor(
  tx: Tx,
  orgId: string,
  tokenHash: string,
): Promise<Date | null> {
  const [row] = await tx<{ factorAt: Date | null }[]>`
    select factor_at from session where org_id = ${orgId} and token_hash = ${tokenHash}`;
  return row?.factorAt ?? null;
}
