import { inOrg, type Sql } from './connect.ts';

/** How long an answer can be had again. */
export const ANSWER_KEPT_HOURS = 24;
/** No request runs longer: what still has no answer then died with its process. */
const RUNS_AT_MOST_SECONDS = 120;
/** Old rows that one write takes away. */
const SWEPT_AT_ONCE = 100;

/** Names one write: who sent it, where, under which key of theirs. */
export interface WriteKey {
  readonly orgId: string;
  readonly caller: string;
  readonly route: string;
  readonly key: string;
}

export type WriteState =
  /** It is new, and the key is now taken by it. */
  | { readonly kind: 'begun' }
  /** The same request is being worked on. */
  | { readonly kind: 'running' }
  /** The key was used for another body. */
  | { readonly kind: 'other' }
  /** It was done; `answer` is the body of the answer as it was kept. */
  | { readonly kind: 'done'; readonly status: number; readonly answer: string };

/** Takes the key for this body, or says what became of it before. Sweeps what is too old. */
export function beginWrite(sql: Sql, write: WriteKey, bodyHash: string): Promise<WriteState> {
  const { orgId, caller, route, key } = write;
  return inOrg(sql, orgId, async (tx) => {
    const tooOld = tx`
      (created_at < now() - make_interval(hours => ${ANSWER_KEPT_HOURS})
        or (status is null
          and created_at < now() - make_interval(secs => ${RUNS_AT_MOST_SECONDS})))`;
    await tx`
      delete from idempotency
      where org_id = ${orgId} and caller = ${caller} and route = ${route} and key = ${key}
        and ${tooOld}`;
    const taken = await tx`
      insert into idempotency (org_id, caller, route, key, body_hash)
      values (${orgId}, ${caller}, ${route}, ${key}, ${bodyHash})
      on conflict do nothing
      returning key`;
    if (taken.length > 0) {
      await tx`
        delete from idempotency
        where org_id = ${orgId}
          and (caller, route, key) in (
            select caller, route, key from idempotency
            where org_id = ${orgId} and ${tooOld}
            limit ${SWEPT_AT_ONCE}
            for update skip locked)`;
      return { kind: 'begun' };
    }
    const [row] = await tx<{ bodyHash: string; status: number | null; answer: string | null }[]>`
      select body_hash, status, answer #>> '{}' as answer from idempotency
      where org_id = ${orgId} and caller = ${caller} and route = ${route} and key = ${key}`;
    if (!row) return { kind: 'running' };
    if (row.bodyHash !== bodyHash) return { kind: 'other' };
    if (row.status === null) return { kind: 'running' };
    return { kind: 'done', status: row.status, answer: row.answer ?? '' };
  });
}

/** Keeps the answer of a write that was begun, letter by letter. */
export async function finishWrite(
  sql: Sql,
  { orgId, caller, route, key }: WriteKey,
  { status, answer }: { status: number; answer: string },
): Promise<void> {
  await inOrg(
    sql,
    orgId,
    (tx) => tx`
      update idempotency set status = ${status}, answer = to_jsonb(${answer}::text)
      where org_id = ${orgId} and caller = ${caller} and route = ${route} and key = ${key}`,
  );
}

/** Frees the key of a write that changed nothing. */
export async function dropWrite(sql: Sql, { orgId, caller, route, key }: WriteKey): Promise<void> {
  await inOrg(
    sql,
    orgId,
    (tx) => tx`
      delete from idempotency
      where org_id = ${orgId} and caller = ${caller} and route = ${route} and key = ${key}`,
  );
}
