import type { Tx } from './connect.ts';

export interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly createdAt: Date;
  readonly pausedAt: Date | null;
  /** Open deliveries in the quarantine, and people it names whom nobody knows. */
  readonly quarantined: number;
  readonly unmatched: number;
}

export function readSources(tx: Tx, orgId: string): Promise<SourceRow[]> {
  return tx<SourceRow[]>`
    with deliveries as (
      select source_id, count(*)::integer as open from quarantine
      where org_id = ${orgId} and settled_at is null group by source_id
    ),
    strangers as (
      select source_id, count(distinct subject_id)::integer as open from alias
      where org_id = ${orgId} and not matched and dismissed_at is null group by source_id
    )
    select s.source_id as id, s.name, s.kind, s.created_at, s.paused_at,
      coalesce(d.open, 0) as quarantined, coalesce(u.open, 0) as unmatched
    from source s
    left join deliveries d on d.source_id = s.source_id
    left join strangers u on u.source_id = s.source_id
    where s.org_id = ${orgId}
    order by s.created_at, s.source_id`;
}

/** One source, kept from change by others until the transaction ends. */
export async function lockSource(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<Pick<SourceRow, 'id' | 'name' | 'kind' | 'pausedAt'> | undefined> {
  const [row] = await tx<SourceRow[]>`
    select source_id as id, name, kind, paused_at from source
    where org_id = ${orgId} and source_id = ${id}
    for update`;
  return row;
}

export async function saveSource(
  tx: Tx,
  orgId: string,
  { id, name, paused }: { readonly id: string; readonly name: string; readonly paused: boolean },
): Promise<void> {
  await tx`
    update source
    set name = ${name},
      paused_at = case when ${paused} then coalesce(paused_at, clock_timestamp()) end
    where org_id = ${orgId} and source_id = ${id}`;
}

export interface SourceCount {
  readonly sourceId: string;
  readonly events: number;
  readonly lastAt: Date;
  readonly lastSeq: number;
}

/** Events of each source that are in the log after a number. */
export async function countEventsAfter(
  tx: Tx,
  orgId: string,
  after: number,
): Promise<SourceCount[]> {
  const rows = await tx<{ sourceId: string; events: bigint; lastAt: Date; lastSeq: bigint }[]>`
    select source_id, count(*) as events, max(recorded_at) as last_at, max(seq) as last_seq
    from event
    where org_id = ${orgId} and seq > ${after}
    group by source_id`;
  return rows.map((row) => ({ ...row, events: Number(row.events), lastSeq: Number(row.lastSeq) }));
}
