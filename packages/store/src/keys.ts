import { inOrg, withCredential, type Sql, type Tx } from './connect.ts';

export interface ApiKeyRow {
  readonly orgId: string;
  readonly keyId: string;
  readonly scopes: readonly string[];
  readonly sourceId: string;
}

/** A key that opens the door now. */
export interface OpenKey extends ApiKeyRow {
  /** Milliseconds until it expires; `null` when it does not. */
  readonly leftMs: number | null;
  /** The name of its source while that is paused. */
  readonly pausedSource: string | null;
}

export async function findApiKey(sql: Sql, keyHash: string): Promise<OpenKey | undefined> {
  const [key] = await withCredential(
    sql,
    keyHash,
    (tx) => tx<Omit<OpenKey, 'pausedSource'>[]>`
      select org_id, key_id, scopes, source_id,
        (extract(epoch from expires_at - clock_timestamp()) * 1000)::double precision as left_ms
      from api_key
      where key_hash = ${keyHash} and revoked_at is null
        and (expires_at is null or expires_at > clock_timestamp())`,
  );
  if (!key) return undefined;
  const { orgId, sourceId } = key;
  const [paused] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ name: string }[]>`
      select name from source
      where org_id = ${orgId} and source_id = ${sourceId} and paused_at is not null`,
  );
  return { ...key, pausedSource: paused?.name ?? null };
}

/** Notes that a key was used, to the minute. */
export async function noteKeyUse(sql: Sql, orgId: string, keyId: string): Promise<void> {
  await inOrg(
    sql,
    orgId,
    (tx) => tx`
      update api_key set last_used_at = clock_timestamp()
      where org_id = ${orgId} and key_id = ${keyId}
        and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')`,
  );
}

export async function saveApiKey(
  tx: Tx,
  key: ApiKeyRow & { prefix: string; keyHash: string; name: string },
): Promise<void> {
  await tx`
    insert into api_key (org_id, key_id, prefix, key_hash, name, scopes, source_id)
    values (${key.orgId}, ${key.keyId}, ${key.prefix}, ${key.keyHash}, ${key.name},
      ${key.scopes as string[]}, ${key.sourceId})`;
}

export interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly sourceId: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly rotatedTo: string | null;
  /** Whether it opens the door no longer. */
  readonly ended: boolean;
}

/** Newest first. */
export function readKeys(tx: Tx, orgId: string): Promise<KeyRow[]> {
  return tx<KeyRow[]>`
    select key_id as id, name, prefix, scopes, source_id, created_at, last_used_at, expires_at,
      revoked_at, rotated_to,
      revoked_at is not null or coalesce(expires_at <= clock_timestamp(), false) as ended
    from api_key
    where org_id = ${orgId}
    order by created_at desc, key_id`;
}

/** One key, kept from change by others until the transaction ends. */
export async function lockKey(tx: Tx, orgId: string, id: string): Promise<KeyRow | undefined> {
  const [row] = await tx<KeyRow[]>`
    select key_id as id, name, prefix, scopes, source_id, created_at, last_used_at, expires_at,
      revoked_at, rotated_to,
      revoked_at is not null or coalesce(expires_at <= clock_timestamp(), false) as ended
    from api_key
    where org_id = ${orgId} and key_id = ${id}
    for update`;
  return row;
}

/** From `hours` from now on a key opens nothing; another takes its place. Answers when. */
export async function expireKey(
  tx: Tx,
  orgId: string,
  { id, hours, rotatedTo }: { id: string; hours: number; rotatedTo: string },
): Promise<Date> {
  const [row] = await tx<{ expiresAt: Date }[]>`
    update api_key
    set rotated_to = ${rotatedTo},
      expires_at = least(expires_at, clock_timestamp() + make_interval(hours => ${hours}))
    where org_id = ${orgId} and key_id = ${id}
    returning expires_at`;
  if (!row) throw new Error(`unknown key: ${id}`);
  return row.expiresAt;
}

export async function revokeKey(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx`
    update api_key set revoked_at = clock_timestamp()
    where org_id = ${orgId} and key_id = ${id} and revoked_at is null`;
}
