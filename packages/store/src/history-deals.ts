import type { PendingQuery, Row } from 'postgres';
import { inOrg, type Sql, type Tx } from './connect.ts';
import { theirs, type Whose } from './history.ts';

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
export async function readFunnel(sql: Sql, orgId: string, query: DealsQuery): Promise<FunnelRows> {
  type Counts = Pick<FunnelRows, 'won' | 'lost' | 'open'>;
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<(Counts & { [K in keyof StageRow]: StageRow[K] | null })[]>`
      with ${dealsBegun(tx, orgId, query)},
      named as (
        select b.deal_key, lower(n.stage) as id, min(n.stage) as stage, min(f.at) as at,
          min(n.early) as early
        from begun b
        join facts f using (deal_key)
        cross join lateral (values
          (case when f.type = 'deal.opened' then 'opened' end, 0),
          (nullif(f.attributes ->> 'stage', ''), 1),
          (case when f.type = 'deal.won' then 'won' end, 2)
        ) as n (stage, early)
        where n.stage is not null
        group by b.deal_key, lower(n.stage)
      ),
      placed as (
        select *, row_number() over course as place, at - lag(at) over course as took
        from named
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
        from placed p join stages s using (id)
        group by p.deal_key
      ),
      furthest as (select place, count(*) as deals from reached group by place)
      select s.stage, s.place::integer, s.median_days::float8,
        coalesce(r.deals, 0)::integer as furthest, c.won, c.lost, c.open
      from (
        select count(*) filter (where status = 'won')::integer as won,
          count(*) filter (where status = 'lost')::integer as lost,
          count(*) filter (where status = 'open')::integer as open
        from begun
      ) c
      left join stages s on true
      left join furthest r on r.place = s.place
      order by s.place`,
  );
  const { won = 0, lost = 0, open = 0 } = rows[0] ?? {};
  return {
    stages: rows.filter((row): row is Counts & StageRow => row.stage !== null),
    won,
    lost,
    open,
  };
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
  const rows = await inOrg(sql, orgId, async (tx) => {
    // Parts of a query have no statistics: joined row by row they would be read millions of times.
    await tx`set local enable_nestloop = off`;
    return tx<(Omit<LeadSourceRow, 'revenue'> & { revenue: string })[]>`
      with ${dealsBegun(tx, orgId, query)},
      ${whatDealsBrought(tx, orgId, { attribute, measure, at })}
      select coalesce(max(value), '') as value, count(*)::integer as opened,
        count(*) filter (where status = 'won')::integer as won,
        count(*) filter (where status = 'lost')::integer as lost,
        coalesce(sum(brought), 0)::text as revenue,
        (avg(won_at - at) filter (where status = 'won') / 86400000.0)::float8 as average_days
      from known
      group by coalesce(lower(value), '')
      order by coalesce(sum(brought), 0) desc, opened desc, 1
      limit ${limit}`;
  });
  return rows.map((row) => ({ ...row, revenue: BigInt(row.revenue) }));
}

/** The table `known`: `begun` with what was said of each deal, and what it brought. */
function whatDealsBrought(
  tx: Tx,
  orgId: string,
  { attribute, measure, at }: { attribute: string; measure: string; at: Date },
): Fragment {
  return tx`
      -- Set by set and not deal by deal: a young log has no statistics to plan the latter with.
      stated as (
        select distinct on (deal_key) deal_key, attributes ->> ${attribute} as value
        from facts
        where nullif(attributes ->> ${attribute}, '') is not null
        order by deal_key, at desc
      ),
      corrected as (
        select distinct on (b.deal_key) b.deal_key, c.attributes ->> ${attribute} as value
        from begun b
        join deal d on d.org_id = ${orgId} and d.deal_key = b.deal_key
        cross join lateral jsonb_to_recordset(d.facts -> 'corrections')
          as c (at bigint, seq bigint, attributes jsonb)
        where c.attributes ? ${attribute}
        order by b.deal_key, c.at desc, c.seq desc
      ),
      spoken_of as (
        select b.deal_key, k.key from begun b cross join unnest(b.keys) as k (key)
        union all
        select b.deal_key, e.source_id || '/' || e.event_id
        from event e
        join begun b on b.deal_key = e.body ->> 'deal'
        where e.org_id = ${orgId} and e.body ? 'deal'
          and e.type in ('payment.received', 'payment.refunded')
      ),
      counted as (
        select fact_key, sum(value) as value from credit
        where org_id = ${orgId} and measure = ${measure} and gone_seq is null
          and since_at <= ${at} and (ended_at is null or ended_at > ${at})
        group by fact_key
      ),
      brought as (
        select s.deal_key, sum(c.value) as brought
        from spoken_of s join counted c on c.fact_key = s.key
        group by s.deal_key
      ),
      known as (
        select b.*, m.brought, nullif(coalesce(c.value, s.value), '') as value
        from begun b
        left join stated s using (deal_key)
        left join corrected c using (deal_key)
        left join brought m using (deal_key)
      )`;
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
      select d.deal_key, d.status, f.*, ${named(tx, orgId, whose)} as theirs
      from spoken s
      join deal d on d.org_id = ${orgId} and d.deal_key = s.deal_key
      cross join lateral jsonb_to_recordset(d.facts -> 'facts')
        as f (key text, type text, at bigint, attributes jsonb, credits jsonb)
      where f.type in ('deal.opened', 'deal.stage_changed', 'deal.won', 'deal.lost')
        and (d.facts -> 'reversals' = '[]' or not exists (
          select 1 from jsonb_to_recordset(d.facts -> 'reversals') as r (at bigint, reverses text)
          where r.reverses = f.key
            or (r.reverses is null and f.type = 'deal.won' and f.at <= r.at)
        ))
    ),
    begun as (
      select deal_key, status, min(at) as at, array_agg(key) as keys,
        max(at) filter (where type = 'deal.won') as won_at
      from facts
      group by deal_key, status
      having min(at) >= ${from.getTime()} and min(at) < ${to.getTime()}
        and ${belongs(tx, orgId, whose)}
    )`;
}

/** Whether a fact credits who is meant, by what it says itself. */
function named(tx: Tx, orgId: string, { person, teams }: Whose): Fragment {
  if (person !== undefined) {
    return tx`coalesce(f.credits @> ${tx.json([{ person }])}, false)`;
  }
  if (!teams) return tx`true`;
  return tx`exists (
    select 1
    from jsonb_to_recordset(f.credits) as x (person text)
    join person p on p.org_id = ${orgId} and p.person_id = x.person
    left join lateral (
      select m.team_id from membership m
      where m.org_id = ${orgId} and m.person_id = p.person_id
        and m.since <= to_timestamp(f.at / 1000.0)
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
