import { inOrg, type Sql } from './connect.ts';

/** One event as its person sees it. */
export interface PersonEventRow {
  readonly seq: bigint;
  readonly sourceId: string;
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly body: {
    readonly deal?: string;
    readonly amount?: { minor: string; currency: string };
    readonly activity?: string;
    readonly credits?: readonly { person: string; share: string }[];
    readonly attributes?: Readonly<Record<string, string>>;
  };
  /** Whether something of it counts today. */
  readonly counted: boolean;
}

/** The newest events that credit a person, newest first. */
export function readPersonEvents(
  sql: Sql,
  orgId: string,
  personId: string,
  limit: number,
): Promise<PersonEventRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<PersonEventRow[]>`
      with facts as (
        select fact_key, max(occurred_at) as occurred_at, bool_or(gone_seq is null) as counted
        from credit
        where org_id = ${orgId} and person_id = ${personId}
        group by fact_key
        order by max(occurred_at) desc
        limit ${limit}
      )
      select e.seq, e.source_id, e.event_id, e.type, e.occurred_at, e.recorded_at, e.body, f.counted
      from facts f
      join event e on e.org_id = ${orgId}
        and e.source_id = split_part(f.fact_key, '/', 1)
        and e.event_id = substr(f.fact_key, strpos(f.fact_key, '/') + 1)
      order by e.occurred_at desc, e.seq desc`,
  );
}

export async function saveImportRun(
  sql: Sql,
  orgId: string,
  run: { id: string; startedAt: Date; finishedAt: Date; dryRun: boolean; report: object },
): Promise<void> {
  await inOrg(
    sql,
    orgId,
    (tx) => tx`
      insert into import_run (org_id, import_id, started_at, finished_at, dry_run, report)
      values (${orgId}, ${run.id}, ${run.startedAt}, ${run.finishedAt}, ${run.dryRun},
        ${tx.json(run.report as never)})`,
  );
}

export function readImportRuns(
  sql: Sql,
  orgId: string,
): Promise<{ id: string; startedAt: Date; finishedAt: Date; dryRun: boolean; report: object }[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<
      { id: string; startedAt: Date; finishedAt: Date; dryRun: boolean; report: object }[]
    >`
      select import_id as id, started_at, finished_at, dry_run, report
      from import_run where org_id = ${orgId} order by started_at desc limit 20`,
  );
}
