import { inOrg, type Sql } from './connect.ts';

/** What waits for somebody: challenges to answer, and wishes that were granted. */
export interface Waiting {
  readonly challenges: number;
  readonly wishes: number;
}

export async function countWaiting(
  sql: Sql,
  orgId: string,
  { person, at }: { readonly person: string; readonly at: Date },
): Promise<Waiting> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<Waiting[]>`
      select
        (select count(*)::integer from duel
          where org_id = ${orgId} and opponent_id = ${person}
            and state = 'offered' and expires_at > ${at}) as challenges,
        (select count(*)::integer from redemption
          where org_id = ${orgId} and person_id = ${person} and state = 'approved') as wishes`,
  );
  return row!;
}
