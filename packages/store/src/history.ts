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
  /** Empty for credits without a team or attribute; `null` for the rest. In lower case. */
  readonly key: string | null;
  /** The key of an attribute as somebody wrote it. */
  readonly written: string | null;
  readonly value: bigint;
  readonly credits: number;
}

/** Totals of one component by window and part, grouped where the rows are. */
export async function readPartTotals(
  sql: Sql,
  orgId: string,
  query: PartsQuery,
): Promise<PartTotal[]> {
  if (query.windows.length === 0) return [];
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<(Omit<PartTotal, 'value'> & { value: string })[]>`
      with standing as (${standing(tx, orgId, query)}),
      ${parted(tx, orgId, query)}
      ${grouped(tx, query)}`,
  );
  return rows.map((row) => ({ ...row, value: BigInt(row.value) }));
}

function standing(tx: Tx, orgId: string, query: PartsQuery): Fragment {
  const { measure, windows, at, known, whose, timeZone } = query;
  return tx`
    select (w.place - 1)::integer as "window", c.person_id, c.team_id, c.occurred_at, c.value,
      c.item, c.fact_key, c.subject_id, (c.occurred_at at time zone ${timeZone})::date as day
    from unnest(
      ${windows.map(({ from }) => from.toISOString())}::timestamptz[],
      ${windows.map(({ to }) => to.toISOString())}::timestamptz[]
    ) with ordinality as w (from_at, to_at, place)
    join credit c on c.org_id = ${orgId} and c.measure = ${measure}
      and c.occurred_at >= w.from_at and c.occurred_at < w.to_at
    where c.since_at <= ${at} and (c.ended_at is null or c.ended_at > ${at})
      and ${asKnown(tx, known)} and ${theirs(tx, whose)}`;
}

/** Holds for the credits `c` of whoever is meant. */
export function theirs(tx: Tx, { person, teams }: Whose): Fragment {
  if (person !== undefined) return tx`c.person_id = ${person}`;
  return teams ? tx`c.team_id = any (${teams as string[]}::text[])` : tx`true`;
}

/** Tables up to `parted`: each credit with the key of its part. */
function parted(tx: Tx, orgId: string, { by, only }: PartsQuery): Fragment {
  const attribute = by.startsWith('attributes.') ? by.slice('attributes.'.length) : undefined;
  const column =
    attribute !== undefined
      ? tx`lower(n.written)`
      : by === 'person'
        ? tx`s.person_id`
        : tx`coalesce(s.team_id, '')`;
  const key = only
    ? tx`case when ${column} = any (${only as string[]}::text[]) then ${column} end`
    : column;
  return attribute === undefined
    ? tx`parted as (select s.*, ${key} as key, null::text as written from standing s)`
    : tx`${factsNamed(tx, orgId, attribute)},
      parted as (
        select s.*, ${key} as key, n.written from standing s join named n using (fact_key)
      )`;
}

/**
 * Tables up to `named`: what each fact has in an attribute. A correction's word wins over the
 * event's own, and that over what was said of its deal.
 */
function factsNamed(tx: Tx, orgId: string, attribute: string): Fragment {
  return tx`
    spoken as (
      select f.fact_key, nullif(e.body #>> ${['attributes', attribute]}, '') as own,
        coalesce(e.body ->> 'deal', e.body ->> 'payment', '?' || f.fact_key) as deal_key
      from (select distinct fact_key from standing) f
      left join event e on e.org_id = ${orgId}
        and e.source_id = split_part(f.fact_key, '/', 1)
        and e.event_id = substr(f.fact_key, strpos(f.fact_key, '/') + 1)
    ),
    said as (
      ${saidOfDeals(tx, orgId, attribute, tx`select distinct deal_key from spoken`)}
    ),
    named as (
      select k.fact_key, coalesce(said.corrected, k.own, said.stated, '') as written
      from spoken k left join said using (deal_key)
    )`;
}

/** What corrections, and facts, said last of an attribute of each of some deals. */
export function saidOfDeals(tx: Tx, orgId: string, attribute: string, deals: Fragment): Fragment {
  return tx`
    select d.deal_key,
      case when d.facts -> 'corrections' <> '[]' then (
        select x.attributes ->> ${attribute}
        from jsonb_to_recordset(d.facts -> 'corrections')
          as x (at bigint, seq bigint, attributes jsonb)
        where x.attributes ? ${attribute}
        order by x.at desc, x.seq desc limit 1
      ) end as corrected,
      (
        select x.attributes ->> ${attribute}
        from jsonb_to_recordset(d.facts -> 'facts')
          as x (at bigint, seq bigint, type text, attributes jsonb)
        where x.type <> 'activity.logged' and x.attributes ? ${attribute}
        order by x.at desc, x.seq desc limit 1
      ) as stated
    from deal d
    where d.org_id = ${orgId} and d.deal_key in (${deals})`;
}

function grouped(tx: Tx, { aggregate, dayCap }: PartsQuery): Fragment {
  if (aggregate === 'sum' && dayCap !== undefined) {
    return tx`
      select "window", key, max(written) as written,
        sum(least(value, ${dayCap}::numeric))::text as value, sum(credits)::integer as credits
      from (
        select "window", key, max(written) as written, sum(value) as value, count(*) as credits
        from parted
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
    select "window", key, max(written) as written, ${value}::text as value,
      count(*)::integer as credits
    from parted group by "window", key`;
}
