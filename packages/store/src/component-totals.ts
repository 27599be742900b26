import type { Aggregate } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** What is asked of one component of a metric. */
export interface TotalsQuery {
  /** The measure that answers (`measure_state`). */
  readonly measure: string;
  readonly aggregate: Aggregate;
  /** The most a person has in a local day, of sums. */
  readonly dayCap?: bigint;
  /** IANA name: which day an instant belongs to. */
  readonly timeZone: string;
  /** Half-open, in order; an answer names its window by place. */
  readonly windows: readonly { readonly from: Date; readonly to: Date }[];
  /** What had happened by then, inclusive. */
  readonly at: Date;
  /** As it was known when this was the newest event; `null` as it is known now. */
  readonly known: number | null;
  readonly of: 'people' | 'teams' | 'everybody';
  /** Every team with each team above it, itself included; for teams. */
  readonly lines?: readonly (readonly [team: string, above: string])[];
  /** Only this person or team. */
  readonly entity?: string;
}

export interface ComponentTotal {
  readonly window: number;
  /** `*` for everybody. */
  readonly id: string;
  readonly value: bigint;
  readonly reachedAt: number;
  readonly credits: number;
}

/** Totals of one component by window and entity; entities without credits are left out. */
export async function readComponentTotals(
  sql: Sql,
  orgId: string,
  query: TotalsQuery,
): Promise<ComponentTotal[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<TotalRow[]>`
    with standing as (${standing(tx, orgId, query)}),
    days as (
      select place, id, person_id, occurred_at, value, item, fact_key, subject_id,
        (occurred_at at time zone ${query.timeZone})::date as day
      from standing
    )
    ${totals(tx, query)}`,
  );
  return rows.map((row) => ({
    window: Number(row.place) - 1,
    id: row.id,
    value: BigInt(row.value),
    reachedAt: row.reachedAt.getTime(),
    credits: Number(row.credits),
  }));
}

interface TotalRow {
  readonly place: bigint;
  readonly id: string;
  readonly value: string;
  readonly reachedAt: Date;
  readonly credits: bigint;
}

/** The credits that stand, with their window and the entity that they count for. */
export function standing(tx: Tx, orgId: string, query: TotalsQuery) {
  const { measure, windows, at, known, of, lines = [], entity } = query;
  const id = of === 'people' ? tx`c.person_id` : of === 'teams' ? tx`up.above` : tx`'*'`;
  const joined =
    of === 'teams'
      ? tx`join unnest(
            ${lines.map(([team]) => team)}::text[], ${lines.map(([, above]) => above)}::text[]
          ) as up (team, above) on up.team = c.team_id`
      : tx``;
  const only = entity === undefined || of === 'everybody' ? tx`` : tx`and ${id} = ${entity}`;
  return tx`
    select w.place, ${id} as id, c.person_id, c.occurred_at, c.value, c.item, c.fact_key,
      c.subject_id
    from unnest(
      ${windows.map(({ from }) => from.toISOString())}::timestamptz[],
      ${windows.map(({ to }) => to.toISOString())}::timestamptz[]
    ) with ordinality as w (from_at, to_at, place)
    join credit c on c.org_id = ${orgId} and c.measure = ${measure}
      and c.occurred_at >= w.from_at and c.occurred_at < w.to_at
    ${joined}
    where c.since_at <= ${at} and (c.ended_at is null or c.ended_at > ${at})
      and ${asKnown(tx, known)} ${only}`;
}

/** Which credits are in the books: those of now, or those of an earlier knowledge. */
export const asKnown = (tx: Tx, known: number | null) =>
  known === null
    ? tx`c.gone_seq is null`
    : tx`(c.seq <= ${known} and (c.gone_seq is null or c.gone_seq > ${known}))`;

function totals(tx: Tx, { aggregate, dayCap }: TotalsQuery) {
  if (aggregate === 'sum' && dayCap !== undefined) {
    return tx`
      select place, id, sum(least(value, ${dayCap}::numeric))::text as value,
        max(reached_at) as reached_at, sum(credits) as credits
      from (
        select place, id, person_id, day, sum(value) as value, max(occurred_at) as reached_at,
          count(*) as credits
        from days group by place, id, person_id, day
      ) as daily
      group by place, id`;
  }
  return tx`
    select place, id, (${aggregated(tx, aggregate)})::text as value,
      max(occurred_at) as reached_at, count(*) as credits
    from days group by place, id`;
}

function aggregated(tx: Tx, aggregate: Aggregate) {
  switch (aggregate) {
    case 'sum':
      return tx`sum(value)`;
    case 'min':
      return tx`min(value)`;
    case 'max':
      return tx`max(value)`;
    case 'distinct':
      return tx`(count(distinct item) * 1000000)`;
    case 'latest':
      return tx`(array_agg(
        value order by occurred_at desc, fact_key collate "C" desc, subject_id collate "C" desc
      ))[1]`;
  }
}

/** The newest event that was recorded by an instant (inclusive); 0 when there is none. */
export async function readSeqAt(sql: Sql, orgId: string, known: Date): Promise<number> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ seq: bigint }[]>`
      select coalesce(max(seq), 0) as seq from event
      where org_id = ${orgId} and recorded_at <= ${known}`,
  );
  return Number(row?.seq ?? 0);
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
