import type { Metric, MetricId, TargetScope } from '@ovation/domain';
import type { PendingQuery, Row } from 'postgres';
import { inOrg, type Sql, type Tx } from './connect.ts';

type Fragment = PendingQuery<Row[]>;

/** What an organisation says about its own metrics, and about starter ones it changed. */
export async function readMetricDefinitions(
  sql: Sql,
  orgId: string,
): Promise<Map<MetricId, Metric>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ id: MetricId; definition: Metric }[]>`
      select metric_id as id, definition from metric where org_id = ${orgId}`,
  );
  return new Map(rows.map((row) => [row.id, { ...row.definition, id: row.id }]));
}

/** Which measure answers for each component of some metrics; the newest that is ready. */
export async function readMeasures(
  sql: Sql,
  orgId: string,
  subjects: readonly string[],
): Promise<{ subject: string; component: number; measure: string }[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<{ subject: string; component: number; measure: string }[]>`
      select distinct on (subject, component) subject, component, measure
      from measure_state
      where org_id = ${orgId} and ready and subject = any (${subjects as string[]}::text[])
      order by subject, component, from_seq desc`,
  );
}

/** How the credits of a window become one number. */
export type CreditAggregate = 'sum' | 'min' | 'max' | 'latest' | 'distinct';

/** Credits of which measure are added up, over which windows, for whom. */
export interface WindowQuery {
  readonly measure: string;
  readonly aggregate: CreditAggregate;
  /** The most that one person has in one local day. */
  readonly dayCap?: { readonly cap: bigint; readonly timeZone: string };
  /** Half-open; they may overlap and leave gaps. */
  readonly windows: readonly { readonly from: Date; readonly to: Date }[];
  readonly scope: TargetScope;
  /** A person, or the teams that count as one; nobody in particular for the organisation. */
  readonly entities: readonly string[];
  /** As it stood at this instant; left out, as it stands. */
  readonly at?: Date;
  /** As it was known at this position of the log; left out, as it is known. */
  readonly knownSeq?: number;
  readonly split?: CreditSplit;
}

/** By what credits are told apart; all but `only` are put together under the key `null`. */
export interface CreditSplit {
  readonly by: 'person' | 'team' | `attributes.${string}`;
  readonly only?: readonly string[];
}

export interface WindowTotal {
  /** Index of the window. */
  readonly window: number;
  /** Of the split: empty for "without", `null` for the rest. */
  readonly key: string | null;
  /** Whole number of the component's scale; of `distinct` how many. */
  readonly value: bigint;
  readonly credits: number;
}

/** Totals of credits by window, in one statement that groups where the rows are. */
export async function readWindowTotals(
  sql: Sql,
  orgId: string,
  query: WindowQuery,
): Promise<WindowTotal[]> {
  if (query.windows.length === 0) return [];
  const rows = await inOrg(sql, orgId, (tx) => {
    const key = keyOf(tx, orgId, query.split);
    return tx<{ window: number; key: string | null; value: string; credits: number }[]>`
      with credits as (
        select (w.place - 1)::integer as "window", ${key.column} as key, c.person_id,
          c.occurred_at, c.seq, c.fact_key, c.value, c.item
        from unnest(${query.windows.map((one) => one.from.toISOString())}::timestamptz[],
            ${query.windows.map((one) => one.to.toISOString())}::timestamptz[])
          with ordinality as w (since, until, place)
        join credit c on c.org_id = ${orgId} and c.measure = ${query.measure}
          and c.occurred_at >= w.since and c.occurred_at < w.until
        ${key.join}
        where ${whose(tx, query)} and ${standing(tx, query)}
      )
      ${grouped(tx, query)}`;
  });
  return rows.map((row) => ({ ...row, value: BigInt(row.value) }));
}

function whose(tx: Tx, { scope, entities }: WindowQuery) {
  if (scope === 'organisation') return tx`true`;
  const column = scope === 'person' ? tx`c.person_id` : tx`c.team_id`;
  return tx`${column} = any (${entities as string[]}::text[])`;
}

/** Without an instant the present is asked, and only what no later event ended is in it. */
function standing(tx: Tx, { at, knownSeq }: WindowQuery) {
  const then =
    at === undefined
      ? tx`c.ended_at is null`
      : tx`c.occurred_at <= ${at} and c.since_at <= ${at}
          and (c.ended_at is null or c.ended_at > ${at})`;
  return knownSeq === undefined
    ? tx`${then} and c.gone_seq is null`
    : tx`${then} and c.seq <= ${knownSeq} and (c.gone_seq is null or c.gone_seq > ${knownSeq})`;
}

function keyOf(tx: Tx, orgId: string, split: CreditSplit | undefined) {
  if (!split) return { column: tx`null::text`, join: tx`` };
  const { by, only } = split;
  const found =
    by === 'person'
      ? { column: tx`c.person_id`, join: tx`` }
      : by === 'team'
        ? { column: tx`coalesce(c.team_id, '')`, join: tx`` }
        : attributeOf(tx, orgId, by.slice('attributes.'.length));
  if (!only) return found;
  const { column, join } = found;
  const named = tx`case when ${column} = any (${only as string[]}::text[]) then ${column} end`;
  return { column: named, join };
}

/** A correction's word for it wins over the event's own, and that over the deal's. */
function attributeOf(tx: Tx, orgId: string, name: string) {
  return {
    column: tx`coalesce(amended.value, e.body #>> ${['attributes', name]}, said.value, '')`,
    join: tx`
      left join event e on e.org_id = ${orgId}
        and e.source_id = split_part(c.fact_key, '/', 1)
        and e.event_id = substr(c.fact_key, strpos(c.fact_key, '/') + 1)
      left join ${saidOfDeals(tx, orgId, name, tx`type = 'deal.amended'`)} amended
        on amended.deal = e.body ->> 'deal'
      left join ${saidOfDeals(tx, orgId, name, tx`true`)} said
        on said.deal = e.body ->> 'deal'`,
  };
}

/** What was said last of each deal's attribute, as a table of `deal` and `value`. */
export function saidOfDeals(tx: Tx, orgId: string, name: string, which: Fragment): Fragment {
  return tx`(
    select distinct on (body ->> 'deal') body ->> 'deal' as deal,
      body #>> ${['attributes', name]} as value
    from event
    where org_id = ${orgId} and body ? 'deal' and body -> 'attributes' ? ${name} and ${which}
    order by body ->> 'deal', occurred_at desc, seq desc
  )`;
}

function grouped(tx: Tx, { aggregate, dayCap }: WindowQuery) {
  if (aggregate === 'sum' && dayCap) {
    return tx`
      select "window", key, sum(least(value, ${String(dayCap.cap)}::numeric))::text as value,
        sum(credits)::integer as credits
      from (
        select "window", key, sum(value) as value, count(*) as credits
        from credits
        group by "window", key, person_id, date_trunc('day', occurred_at, ${dayCap.timeZone})
      ) days
      group by "window", key`;
  }
  const value = {
    sum: tx`sum(value)`,
    min: tx`min(value)`,
    max: tx`max(value)`,
    latest: tx`(array_agg(value order by occurred_at desc, fact_key desc, person_id desc))[1]`,
    distinct: tx`count(distinct item)`,
  }[aggregate];
  return tx`
    select "window", key, ${value}::text as value, count(*)::integer as credits
    from credits group by "window", key`;
}
