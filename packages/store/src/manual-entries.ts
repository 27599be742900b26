import { inOrg, type Sql, type Tx } from './connect.ts';

export type EntryState = 'waiting' | 'counted' | 'declined' | 'withdrawn';

/** What somebody entered by hand, and what became of it. */
export interface EntryRow {
  readonly id: string;
  readonly personId: string;
  readonly byId: string;
  /** As it was sent; it becomes an event of this id. */
  readonly event: Readonly<Record<string, unknown>>;
  /** In the organisation's currency; `null` for an activity. */
  readonly minor: bigint | null;
  readonly occurredAt: Date;
  readonly state: EntryState;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
}

const columns = (tx: Tx) => tx`
  entry_id as id, person_id, by_id, event, minor, occurred_at, state, created_at,
  decided_at, decided_by, reason`;

/** Those of some people or of everybody: what waits comes first and oldest first, then the rest. */
export function readEntries(
  sql: Sql,
  orgId: string,
  query: {
    readonly people: readonly string[] | null;
    readonly state: EntryState | null;
    readonly limit: number;
  },
): Promise<EntryRow[]> {
  const people = query.people as string[] | null;
  return inOrg(
    sql,
    orgId,
    (tx) => tx<EntryRow[]>`
      select ${columns(tx)} from manual_entry
      where org_id = ${orgId}
        and (${people}::text[] is null or person_id = any (${people}::text[]))
        and (${query.state}::text is null or state = ${query.state})
      order by state = 'waiting' desc,
        case when state = 'waiting' then created_at end, created_at desc, entry_id
      limit ${query.limit}`,
  );
}

/** One by its id, held until the transaction ends: it is decided once. */
export async function lockEntry(tx: Tx, orgId: string, id: string): Promise<EntryRow | undefined> {
  const [row] = await tx<EntryRow[]>`
    select ${columns(tx)} from manual_entry
    where org_id = ${orgId} and entry_id = ${id} for update`;
  return row;
}

/** Keeps an entry; `false` when one of this id is there already. */
export async function addEntry(
  tx: Tx,
  orgId: string,
  row: Pick<EntryRow, 'id' | 'personId' | 'byId' | 'event' | 'minor' | 'occurredAt' | 'state'>,
): Promise<boolean> {
  const added = await tx`
    insert into manual_entry
      (org_id, entry_id, person_id, by_id, event, minor, occurred_at, state)
    values (
      ${orgId}, ${row.id}, ${row.personId}, ${row.byId}, ${tx.json(row.event as never)},
      ${row.minor === null ? null : String(row.minor)}, ${row.occurredAt}, ${row.state}
    )
    on conflict (org_id, entry_id) do nothing
    returning 1`;
  return added.length > 0;
}

export async function settleEntry(
  tx: Tx,
  orgId: string,
  id: string,
  outcome: Pick<EntryRow, 'state' | 'decidedBy' | 'reason'>,
): Promise<void> {
  await tx`
    update manual_entry
    set state = ${outcome.state}, decided_by = ${outcome.decidedBy}, reason = ${outcome.reason},
      decided_at = clock_timestamp()
    where org_id = ${orgId} and entry_id = ${id}`;
}

/** Something that looks like an entry: the same person, and the same amount on the same day. */
export interface DuplicateRow {
  readonly entryId: string;
  /** An event (`source/id`) that is in the log, or another entry that waits. */
  readonly eventKey: string | null;
  readonly otherEntry: string | null;
  readonly occurredAt: Date;
  readonly account: string | null;
}

/** What looks like each of these entries; of deals, since one call is like another. */
export function readDuplicates(
  sql: Sql,
  orgId: string,
  entries: readonly string[],
  timeZone: string,
): Promise<DuplicateRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<DuplicateRow[]>`
      with asked as (
        select entry_id, person_id, minor, occurred_at,
          (date_trunc('day', occurred_at at time zone ${timeZone})) at time zone ${timeZone} as day
        from manual_entry
        where org_id = ${orgId} and entry_id = any (${entries as string[]}::text[])
          and minor is not null
      )
      select a.entry_id, e.source_id || '/' || e.event_id as event_key, null as other_entry,
        e.occurred_at, e.body #>> '{attributes,account}' as account
      from asked a
      join event e on e.org_id = ${orgId} and e.type = 'deal.won'
        and e.occurred_at >= a.day and e.occurred_at < a.day + interval '1 day'
        and e.body #>> '{amount,minor}' = a.minor::text
        and e.body -> 'credits' @> jsonb_build_array(jsonb_build_object('person', a.person_id))
        and e.event_id <> a.entry_id
      union all
      select a.entry_id, null, m.entry_id, m.occurred_at, m.event #>> '{attributes,account}'
      from asked a
      join manual_entry m on m.org_id = ${orgId} and m.state = 'waiting'
        and m.person_id = a.person_id and m.minor = a.minor and m.entry_id <> a.entry_id
        and m.occurred_at >= a.day and m.occurred_at < a.day + interval '1 day'
      order by 1, 4`,
  );
}
