import type { ActivityClass, FactGroup, LogEvent } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';
import { toLogEvent, type EventRow } from './event-log.ts';
import { toGroup, type StoredGroup } from './projection.ts';

/** How many activities of a class somebody has. */
export interface MixRow {
  readonly person: string;
  readonly class: ActivityClass;
  readonly count: number;
}

/** Activities that happened in `[from, to)`, by person and class; `measure` counts activities. */
export function readMixes(
  sql: Sql,
  orgId: string,
  query: { readonly measure: string; readonly from: Date; readonly to: Date },
): Promise<MixRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<MixRow[]>`
      select c.person_id as person, e.body ->> 'class' as class, count(*)::integer as count
      from credit c
      join event e on e.org_id = ${orgId}
        and e.source_id = split_part(c.fact_key, '/', 1)
        and e.event_id = substr(c.fact_key, strpos(c.fact_key, '/') + 1)
      where c.org_id = ${orgId} and c.measure = ${query.measure} and c.gone_seq is null
        and c.occurred_at >= ${query.from} and c.occurred_at < ${query.to}
        and e.type = 'activity.logged'
      group by c.person_id, e.body ->> 'class'`,
  );
}

/** The newest event that credits each of some people in any of these measures. */
export async function readLastEvents(
  sql: Sql,
  orgId: string,
  people: readonly string[],
  measures: readonly string[],
): Promise<Map<string, LogEvent>> {
  if (people.length === 0 || measures.length === 0) return new Map();
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<(EventRow & { person: string })[]>`
      with newest as (
        select distinct on (p.person) p.person, c.fact_key
        from unnest(${people as string[]}::text[]) as p (person)
        cross join unnest(${measures as string[]}::text[]) as m (measure)
        cross join lateral (
          select fact_key, occurred_at from credit
          where org_id = ${orgId} and measure = m.measure and person_id = p.person
            and gone_seq is null
          order by occurred_at desc limit 1
        ) c
        order by p.person, c.occurred_at desc, c.fact_key
      )
      select n.person, e.seq, e.source_id, e.event_id, e.type, e.occurred_at, e.recorded_at, e.body
      from newest n
      join event e on e.org_id = ${orgId}
        and e.source_id = split_part(n.fact_key, '/', 1)
        and e.event_id = substr(n.fact_key, strpos(n.fact_key, '/') + 1)`,
  );
  return new Map(rows.map(({ person, ...row }) => [person, toLogEvent(row)]));
}

/** The local dates since `from` on which each person has something in a measure. */
export async function readDaysWith(
  sql: Sql,
  orgId: string,
  query: { readonly measure: string; readonly from: Date; readonly timeZone: string },
): Promise<Map<string, Set<string>>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ person: string; dates: string[] }[]>`
      select person_id as person,
        array_agg(distinct (occurred_at at time zone ${query.timeZone})::date::text) as dates
      from credit
      where org_id = ${orgId} and measure = ${query.measure} and gone_seq is null
        and occurred_at >= ${query.from}
      group by person_id`,
  );
  return new Map(rows.map(({ person, dates }) => [person, new Set(dates)]));
}

/** Deals looked at for each question, at most. */
const OPEN_DEALS_MAX = 500;

/** Deals that are open and in which one of these people has a part. */
export async function readOpenDeals(
  sql: Sql,
  orgId: string,
  people: readonly string[],
): Promise<{ readonly key: string; readonly group: FactGroup }[]> {
  if (people.length === 0) return [];
  const theirs = people.map((person) => JSON.stringify([{ credits: [{ person }] }]));
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ key: string; facts: StoredGroup }[]>`
      select deal_key as key, facts from deal
      where org_id = ${orgId} and status = 'open'
        and facts -> 'facts' @> any (${theirs}::text[]::jsonb[])
      limit ${OPEN_DEALS_MAX}`,
  );
  return rows.map(({ key, facts }) => ({ key, group: toGroup(facts) }));
}

export interface ArrivalRow {
  readonly sourceId: string;
  readonly at: Date;
  readonly seq: number;
}

/** When events after a number arrived, and from where; of the newest `limit` at most. */
export async function readArrivals(
  tx: Tx,
  orgId: string,
  after: number,
  limit: number,
): Promise<ArrivalRow[]> {
  const rows = await tx<{ sourceId: string; at: Date; seq: bigint }[]>`
    select source_id, recorded_at as at, seq from event
    where org_id = ${orgId} and seq > ${after}
    order by seq desc
    limit ${limit}`;
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}
