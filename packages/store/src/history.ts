import type { PendingQuery, Row } from 'postgres';
import { asKnown, type TotalsQuery } from './component-totals.ts';
import { inOrg, type Sql, type Tx } from './connect.ts';

type Fragment = PendingQuery<Row[]>;

/** By what credits are told apart. */
export type SplitBy = 'person' | 'team' | `attributes.${string}`;

/** Whose credits are meant: a person's, those of some teams, or (without either) everybody's. */
export interface Whose {
  readonly person?: string;
  readonly teams?: readonly string[];
}

export interface PartsQuery extends Omit<TotalsQuery, 'of' | 'lines' | 'entity'> {
  readonly whose: Whose;
  readonly by: SplitBy;
  /** Parts that are told apart; all others are put together under `null`. Left out: all are. */
  readonly only?: readonly string[];
}

export interface PartTotal {
  readonly window: number;
  /** Empty for credits without a team or attribute; `null` for the rest. */
  readonly key: string | null;
  readonly value: bigint;
  readonly credits: number;
}

/** Totals of one component by window and part, grouped where the rows are. */
export async function readPartTotals(
  sql: Sql,
  orgId: string,
  query: PartsQuery,
): Promise<PartTotal[]> {
  const { measure, windows, at, known, whose } = query;
  if (windows.length === 0) return [];
  const rows = await inOrg(sql, orgId, (tx) => {
    const { column, join } = partOf(tx, orgId, query);
    return tx<{ window: number; key: string | null; value: string; credits: number }[]>`
      with standing as (
        select (w.place - 1)::integer as "window", ${column} as key, c.person_id,
          (c.occurred_at at time zone ${query.timeZone})::date as day, c.occurred_at, c.value,
          c.item, c.fact_key, c.subject_id
        from unnest(
          ${windows.map(({ from }) => from.toISOString())}::timestamptz[],
          ${windows.map(({ to }) => to.toISOString())}::timestamptz[]
        ) with ordinality as w (from_at, to_at, place)
        join credit c on c.org_id = ${orgId} and c.measure = ${measure}
          and c.occurred_at >= w.from_at and c.occurred_at < w.to_at
        ${join}
        where c.since_at <= ${at} and (c.ended_at is null or c.ended_at > ${at})
          and ${asKnown(tx, known)} and ${theirs(tx, whose)}
      )
      ${grouped(tx, query)}`;
  });
  return rows.map((row) => ({ ...row, value: BigInt(row.value) }));
}

/** Holds for the credits `c` of whoever is meant. */
export function theirs(tx: Tx, { person, teams }: Whose): Fragment {
  if (person !== undefined) return tx`c.person_id = ${person}`;
  return teams ? tx`c.team_id = any (${teams as string[]}::text[])` : tx`true`;
}

function partOf(tx: Tx, orgId: string, { by, only }: PartsQuery) {
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

/** What a correction says wins over the event's own word, and that over the deal's. */
function attributeOf(tx: Tx, orgId: string, name: string) {
  return {
    column: tx`coalesce(amended.value, nullif(e.body #>> ${['attributes', name]}, ''), said.value, '')`,
    join: tx`
      left join event e on e.org_id = ${orgId}
        and e.source_id = split_part(c.fact_key, '/', 1)
        and e.event_id = substr(c.fact_key, strpos(c.fact_key, '/') + 1)
      left join ${saidOfDeals(tx, orgId, name, tx`type = 'deal.amended'`)} amended
        on amended.deal = e.body ->> 'deal'
      left join ${saidOfDeals(tx, orgId, name, tx`type <> 'activity.logged'`)} said
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

function grouped(tx: Tx, { aggregate, dayCap }: PartsQuery): Fragment {
  if (aggregate === 'sum' && dayCap !== undefined) {
    return tx`
      select "window", key, sum(least(value, ${dayCap}::numeric))::text as value,
        sum(credits)::integer as credits
      from (
        select "window", key, sum(value) as value, count(*) as credits
        from standing
        group by "window", key, person_id, day
      ) as daily
      group by "window", key`;
  }
  const value = {
    sum: tx`sum(value)`,
    min: tx`min(value)`,
    max: tx`max(value)`,
    latest: tx`(array_agg(
      value order by occurred_at desc, fact_key collate "C" desc, subject_id collate "C" desc
    ))[1]`,
    distinct: tx`(count(distinct item) * 1000000)`,
  }[aggregate];
  return tx`
    select "window", key, ${value}::text as value, count(*)::integer as credits
    from standing group by "window", key`;
}
