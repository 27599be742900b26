import type { PendingQuery, Row } from 'postgres';
import { inOrg, type Sql, type Tx } from './connect.ts';
import { saidOfDeals, theirs, type Whose } from './history.ts';

type Fragment = PendingQuery<Row[]>;

/** A half-open stretch of time, and whose work in it. */
export interface DealsQuery {
  readonly from: Date;
  readonly to: Date;
  readonly whose: Whose;
}

export interface StageRow {
  /** As it is mostly written; `opened` and `won` are stages too. */
  readonly stage: string;
  /** Where it mostly comes in the course of a deal, from 1. */
  readonly place: number;
  /** Deals that got here and no further. */
  readonly furthest: number;
  /** From the stage before, of the deals that came here. */
  readonly medianDays: number | null;
}

export interface FunnelRows {
  readonly stages: readonly StageRow[];
  readonly won: number;
  readonly lost: number;
  readonly open: number;
}

/** The stages of the deals that began in a time, in the order in which they mostly come. */
export function readFunnel(sql: Sql, orgId: string, query: DealsQuery): Promise<FunnelRows> {
  return inOrg(sql, orgId, async (tx) => {
    const stages = await tx<StageRow[]>`
      with ${dealsBegun(tx, orgId, query)},
      named as (
        select b.deal_key, n.stage, min(f.at) as at, min(n.early) as early
        from begun b
        join facts f on f.deal_key = b.deal_key
        cross join lateral (values
          (case when f.type = 'deal.opened' then 'opened' end, 0),
          (f.stage, 1),
          (case when f.type = 'deal.won' then 'won' end, 2)
        ) as n (stage, early)
        where n.stage is not null
        group by b.deal_key, n.stage
      ),
      entered as (
        select deal_key, lower(stage) as id, mode() within group (order by stage) as stage,
          min(at) as at, min(early) as early
        from named group by deal_key, lower(stage)
      ),
      placed as (
        select *, row_number() over course as place, at - lag(at) over course as took
        from entered
        window course as (partition by deal_key order by at, early, id)
      ),
      stages as (
        select id, mode() within group (order by stage) as stage,
          row_number() over (order by id = 'won', avg(place), count(*) desc, id) as place,
          percentile_cont(0.5) within group (order by took) / 86400000.0 as median_days
        from placed group by id
      ),
      reached as (
        select p.deal_key, max(s.place) as place
        from placed p join stages s on s.id = p.id
        group by p.deal_key
      )
      select s.stage, s.place::integer, s.median_days::float8,
        count(r.deal_key)::integer as furthest
      from stages s left join reached r on r.place = s.place
      group by s.stage, s.place, s.median_days
      order by s.place`;
    const counts = await tx<{ status: 'won' | 'lost' | 'open'; deals: number }[]>`
      with ${dealsBegun(tx, orgId, query)}
      select status, count(*)::integer as deals from begun group by status`;
    const of = (status: string) => counts.find((one) => one.status === status)?.deals ?? 0;
    return { stages, won: of('won'), lost: of('lost'), open: of('open') };
  });
}

export interface LeadSourceRow {
  /** Empty where nobody said. */
  readonly value: string;
  readonly opened: number;
  readonly won: number;
  readonly lost: number;
  /** Whole number of the scale of `measure`. */
  readonly revenue: bigint;
  readonly averageDays: number | null;
}

/** What the deals that began in a time came to, by an attribute; what brought most comes first. */
export async function readLeadSources(
  sql: Sql,
  orgId: string,
  query: DealsQuery & {
    readonly attribute: string;
    /** The measure of revenue; without one there is none. */
    readonly measure: string | undefined;
    readonly at: Date;
    readonly limit: number;
  },
): Promise<LeadSourceRow[]> {
  const { attribute, measure = '', at, limit } = query;
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<(Omit<LeadSourceRow, 'revenue'> & { revenue: string })[]>`
      with ${dealsBegun(tx, orgId, query)},
      won as (
        select deal_key, max(at) as at from facts where type = 'deal.won' group by deal_key
      ),
      brought as (
        select b.deal_key, sum(c.value) as value
        from begun b
        join event e on e.org_id = ${orgId} and e.body ->> 'deal' = b.deal_key and e.body ? 'deal'
        join credit c on c.org_id = ${orgId} and c.measure = ${measure}
          and c.fact_key = e.source_id || '/' || e.event_id
        where c.gone_seq is null and c.since_at <= ${at}
          and (c.ended_at is null or c.ended_at > ${at})
        group by b.deal_key
      )
      select coalesce(mode() within group (order by said.value), '') as value,
        count(*)::integer as opened,
        count(*) filter (where b.status = 'won')::integer as won,
        count(*) filter (where b.status = 'lost')::integer as lost,
        coalesce(sum(brought.value), 0)::text as revenue,
        (avg(won.at - b.at) filter (where b.status = 'won') / 86400000.0)::float8 as average_days
      from begun b
      left join ${saidOfDeals(tx, orgId, attribute, tx`type <> 'activity.logged'`)} said
        on said.deal = b.deal_key
      left join won on won.deal_key = b.deal_key
      left join brought on brought.deal_key = b.deal_key
      group by coalesce(lower(said.value), '')
      order by coalesce(sum(brought.value), 0) desc, opened desc, 1
      limit ${limit}`,
  );
  return rows.map((row) => ({ ...row, revenue: BigInt(row.revenue) }));
}

/**
 * Two tables: `begun`, the deals whose first fact lies in the time (and which belong to whoever is
 * meant), with when and how they stand now; `facts`, what was said of them and not taken back.
 */
function dealsBegun(tx: Tx, orgId: string, { from, to, whose }: DealsQuery): Fragment {
  return tx`
    spoken as (
      select distinct body ->> 'deal' as deal_key
      from event
      where org_id = ${orgId} and occurred_at >= ${from} and occurred_at < ${to}
        and type in ('deal.opened', 'deal.stage_changed', 'deal.won', 'deal.lost')
        and body ? 'deal'
    ),
    facts as (
      select d.deal_key, d.status, f.fact ->> 'type' as type, (f.fact ->> 'at')::bigint as at,
        nullif(f.fact #>> '{attributes,stage}', '') as stage, f.fact ->> 'key' as key,
        ${named(tx, orgId, whose)} as theirs
      from spoken s
      join deal d on d.org_id = ${orgId} and d.deal_key = s.deal_key
      cross join lateral jsonb_array_elements(d.facts -> 'facts') as f (fact)
      where f.fact ->> 'type' in ('deal.opened', 'deal.stage_changed', 'deal.won', 'deal.lost')
        and not exists (
          select 1 from jsonb_array_elements(d.facts -> 'reversals') as r (said)
          where r.said ->> 'reverses' = f.fact ->> 'key'
            or (not r.said ? 'reverses' and f.fact ->> 'type' = 'deal.won'
              and (f.fact ->> 'at')::bigint <= (r.said ->> 'at')::bigint)
        )
    ),
    begun as (
      select deal_key, status, min(at) as at
      from facts
      group by deal_key, status
      having min(at) >= ${from.getTime()} and min(at) < ${to.getTime()}
        and ${belongs(tx, orgId, whose)}
    )`;
}

/** Whether a fact credits who is meant, by what it says itself. */
function named(tx: Tx, orgId: string, { person, teams }: Whose): Fragment {
  if (person !== undefined) {
    return tx`coalesce(f.fact -> 'credits' @> ${tx.json([{ person }])}, false)`;
  }
  if (!teams) return tx`true`;
  return tx`exists (
    select 1
    from jsonb_array_elements(f.fact -> 'credits') as x (share)
    join person p on p.org_id = ${orgId} and p.person_id = x.share ->> 'person'
    left join lateral (
      select m.team_id from membership m
      where m.org_id = ${orgId} and m.person_id = p.person_id
        and m.since <= to_timestamp((f.fact ->> 'at')::bigint / 1000.0)
      order by m.since desc limit 1
    ) as past on true
    where coalesce(past.team_id, p.team_id) = any (${teams as string[]}::text[])
  )`;
}

/** Whether a deal is theirs: by who is named, or (once matched) by what counts of it. */
function belongs(tx: Tx, orgId: string, whose: Whose): Fragment {
  if (whose.person === undefined && whose.teams === undefined) return tx`true`;
  return tx`(bool_or(theirs) or exists (
    select 1 from credit c
    where c.org_id = ${orgId} and c.fact_key = any (array_agg(key)) and c.gone_seq is null
      and ${theirs(tx, whose)}
  ))`;
}

export interface ActivityRow {
  readonly activity: string;
  readonly class: string;
  /** In millionths: what several people did together is shared. */
  readonly value: bigint;
}

/** How much of each activity there was, as a measure counts them; most first. */
export async function readActivityMix(
  sql: Sql,
  orgId: string,
  query: DealsQuery & { readonly measure: string; readonly at: Date },
): Promise<ActivityRow[]> {
  const { from, to, whose, measure, at } = query;
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ activity: string; class: string; value: string }[]>`
      with counted as (
        select c.fact_key, sum(c.value) as value
        from credit c
        where c.org_id = ${orgId} and c.measure = ${measure}
          and c.occurred_at >= ${from} and c.occurred_at < ${to}
          and c.gone_seq is null and c.since_at <= ${at}
          and (c.ended_at is null or c.ended_at > ${at}) and ${theirs(tx, whose)}
        group by c.fact_key
      )
      select mode() within group (order by e.body ->> 'activity') as activity,
        e.body ->> 'class' as class, sum(counted.value)::text as value
      from counted
      join event e on e.org_id = ${orgId}
        and e.source_id = split_part(counted.fact_key, '/', 1)
        and e.event_id = substr(counted.fact_key, strpos(counted.fact_key, '/') + 1)
      where e.type = 'activity.logged'
      group by lower(e.body ->> 'activity'), e.body ->> 'class'
      order by sum(counted.value) desc, 1`,
  );
  return rows.map((row) => ({ ...row, value: BigInt(row.value) }));
}

/** What sources call those who are nobody yet: subject → word. */
export async function readWordsFor(
  sql: Sql,
  orgId: string,
  subjects: readonly string[],
): Promise<Map<string, string>> {
  if (subjects.length === 0) return new Map();
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ subjectId: string; alias: string }[]>`
      select subject_id, min(alias) as alias from alias
      where org_id = ${orgId} and subject_id = any (${subjects as string[]}::text[])
      group by subject_id`,
  );
  return new Map(rows.map((row) => [row.subjectId, row.alias]));
}
