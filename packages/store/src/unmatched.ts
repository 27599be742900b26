import type { Tx } from './connect.ts';

/** Somebody whom events name and nobody is called yet. */
export interface StrangerRow {
  readonly subject: string;
  readonly alias: string;
  readonly sourceId: string;
  readonly sourceName: string | null;
  readonly since: Date;
  readonly teamId: string | null;
  readonly matched: boolean;
  readonly dismissedAt: Date | null;
}

/** Those who wait to be matched, newest first; `after` is the last one seen. */
export function readStrangers(
  tx: Tx,
  orgId: string,
  page: { readonly after: string | null; readonly limit: number },
): Promise<StrangerRow[]> {
  return tx<StrangerRow[]>`
    with place as (
      select created_at, subject_id from alias
      where org_id = ${orgId} and subject_id = ${page.after} limit 1
    )
    select a.subject_id as subject, a.alias, a.source_id, s.name as source_name,
      a.created_at as since, a.team_id, a.matched, a.dismissed_at
    from alias a
    left join source s on s.org_id = a.org_id and s.source_id = a.source_id
    where a.org_id = ${orgId} and not a.matched and a.dismissed_at is null
      and (${page.after}::text is null
        or (a.created_at, a.subject_id) < (select created_at, subject_id from place))
    order by a.created_at desc, a.subject_id desc
    limit ${page.limit}`;
}

/** One of them, matched or not, kept from change by others until the transaction ends. */
export async function lockStranger(
  tx: Tx,
  orgId: string,
  subject: string,
): Promise<StrangerRow | undefined> {
  const [row] = await tx<StrangerRow[]>`
    select a.subject_id as subject, a.alias, a.source_id, null as source_name,
      a.created_at as since, a.team_id, a.matched, a.dismissed_at
    from alias a
    where a.org_id = ${orgId} and a.subject_id = ${subject}
      and not exists (
        select 1 from person p where p.org_id = a.org_id and p.person_id = a.subject_id
      )
    for update of a`;
  return row;
}

/** Who a stranger is taken to be now, as the log says. */
export async function readMatch(tx: Tx, orgId: string, subject: string): Promise<string | null> {
  const [row] = await tx<{ person: string | null }[]>`
    select body ->> 'person' as person from event
    where org_id = ${orgId} and type = 'person.matched' and body ->> 'subject' = ${subject}
    order by seq desc
    limit 1`;
  return row?.person ?? null;
}

/** `matched`: a person was found. `dismissed`: nobody is looked for. */
export async function saveStranger(
  tx: Tx,
  orgId: string,
  row: {
    readonly subject: string;
    readonly matched: boolean;
    readonly dismissed: boolean;
    readonly teamId: string | null;
  },
): Promise<void> {
  await tx`
    update alias
    set matched = ${row.matched},
      matched_at = case when ${row.matched} then coalesce(matched_at, clock_timestamp()) end,
      dismissed_at = case when ${row.dismissed} then coalesce(dismissed_at, clock_timestamp()) end,
      team_id = ${row.teamId}
    where org_id = ${orgId} and subject_id = ${row.subject}`;
}

export interface StrangerCount {
  readonly subject: string;
  readonly events: number;
  /** Minor units of the organisation's currency. */
  readonly revenue: bigint;
  readonly lastAt: Date;
}

/** What strangers did that counts: they are their own persons until they are matched. */
export async function countStrangers(
  tx: Tx,
  orgId: string,
  subjects: readonly string[],
): Promise<StrangerCount[]> {
  if (subjects.length === 0) return [];
  const rows = await tx<{ subject: string; events: bigint; revenue: string; lastAt: Date }[]>`
    with answering as (
      select distinct on (subject, component) measure, subject, component
      from measure_state
      where org_id = ${orgId} and ready and strpos(subject, '?') = 0
      order by subject, component, from_seq desc
    )
    select c.subject_id as subject, count(distinct c.fact_key) as events,
      max(c.occurred_at) as last_at,
      coalesce(sum(c.value) filter (where a.subject = 'revenue' and a.component = 0), 0)::text
        as revenue
    from answering a
    join credit c on c.org_id = ${orgId} and c.measure = a.measure
      and c.person_id = any (${subjects as string[]}::text[])
      and c.gone_seq is null and c.ended_at is null
    group by c.subject_id`;
  return rows.map((row) => ({
    ...row,
    events: Number(row.events),
    revenue: BigInt(row.revenue),
  }));
}
