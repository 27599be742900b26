import type { MetricId } from '@ovation/domain';
import { inOrg, type Sql } from './connect.ts';

/** What each entity had by a moment, and when it got there. */
export interface PastTotal {
  readonly id: string;
  readonly value: bigint;
  readonly reachedAt: number;
}

/** Totals over `[from, to)` of what had happened by `at` (inclusive), with the seq they reflect. */
export async function readPastTotals(
  sql: Sql,
  orgId: string,
  query: { metric: MetricId; of: 'people' | 'teams'; from: Date; to: Date; at: Date },
): Promise<PastTotal[]> {
  const { metric, of, from, to, at } = query;
  const rows = await inOrg(sql, orgId, (tx) => {
    const entity = of === 'people' ? tx`person_id` : tx`team_id`;
    return tx<{ id: string; value: string; reachedAt: Date }[]>`
      select ${entity} as id, sum(value)::text as value, max(occurred_at) as reached_at
      from credit
      where org_id = ${orgId}
        and measure = ${metric}
        and occurred_at >= ${from}
        and occurred_at < ${to}
        and occurred_at <= ${at}
        and (ended_at is null or ended_at > ${at})
        and ${entity} is not null
      group by ${entity}`;
  });
  return rows.map((row) => ({
    id: row.id,
    value: BigInt(row.value),
    reachedAt: row.reachedAt.getTime(),
  }));
}

/** The seq that the projection of an organisation reflects. */
export async function readProjectedSeq(sql: Sql, orgId: string): Promise<number> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ seq: bigint }[]>`select seq from projection where org_id = ${orgId}`,
  );
  return row ? Number(row.seq) : 0;
}
