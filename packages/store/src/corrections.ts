import { inOrg, type Sql, type Tx } from './connect.ts';

export type CorrectionState = 'waiting' | 'approved' | 'declined' | 'withdrawn';

/** What somebody wants corrected of an event, and what was decided. */
export interface CorrectionRow {
  readonly id: string;
  /** `source/id`. */
  readonly eventKey: string;
  readonly personId: string | null;
  readonly byId: string;
  readonly change: unknown;
  readonly reason: string;
  readonly state: CorrectionState;
  readonly effects: unknown;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly answer: string | null;
}

const columns = (tx: Tx) => tx`
  correction_id as id, event_key, person_id, by_id, change, reason, state, effects,
  created_at, decided_at, decided_by, answer`;

/** What waits comes first and oldest first; those of everybody, or what somebody asked for. */
export function readCorrectionRequests(
  sql: Sql,
  orgId: string,
  query: {
    readonly people: readonly string[] | null;
    readonly by: string | null;
    readonly state: CorrectionState | null;
    readonly limit: number;
  },
): Promise<CorrectionRow[]> {
  const people = query.people as string[] | null;
  return inOrg(
    sql,
    orgId,
    (tx) => tx<CorrectionRow[]>`
      select ${columns(tx)} from correction_request
      where org_id = ${orgId}
        and (${people}::text[] is null or person_id = any (${people}::text[]))
        and (${query.by}::text is null or by_id = ${query.by})
        and (${query.state}::text is null or state = ${query.state})
      order by state = 'waiting' desc,
        case when state = 'waiting' then created_at end, created_at desc, correction_id
      limit ${query.limit}`,
  );
}

/** One by its id, held until the transaction ends: it is decided once. */
export async function lockCorrection(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<CorrectionRow | undefined> {
  const [row] = await tx<CorrectionRow[]>`
    select ${columns(tx)} from correction_request
    where org_id = ${orgId} and correction_id = ${id} for update`;
  return row;
}

/** Keeps a request; `false` when the same person already waits for a word about this event. */
export async function addCorrection(
  tx: Tx,
  orgId: string,
  row: Pick<CorrectionRow, 'id' | 'eventKey' | 'personId' | 'byId' | 'change' | 'reason'>,
): Promise<boolean> {
  const added = await tx`
    insert into correction_request
      (org_id, correction_id, event_key, person_id, by_id, change, reason, state)
    values (
      ${orgId}, ${row.id}, ${row.eventKey}, ${row.personId}, ${row.byId},
      ${tx.json(row.change as never)}, ${row.reason}, 'waiting'
    )
    on conflict do nothing
    returning 1`;
  return added.length > 0;
}

export async function settleCorrection(
  tx: Tx,
  orgId: string,
  id: string,
  outcome: Pick<CorrectionRow, 'state' | 'decidedBy' | 'answer' | 'effects'>,
): Promise<void> {
  await tx`
    update correction_request
    set state = ${outcome.state}, decided_by = ${outcome.decidedBy}, answer = ${outcome.answer},
      effects = ${outcome.effects === null ? null : tx.json(outcome.effects as never)},
      decided_at = clock_timestamp()
    where org_id = ${orgId} and correction_id = ${id}`;
}

/** Whom an event credits by now, or credited before it was taken back. */
export async function readCredited(sql: Sql, orgId: string, eventKey: string): Promise<string[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ person: string }[]>`
      select person_id as person from credit
      where org_id = ${orgId} and fact_key = ${eventKey}
      group by person_id
      order by bool_or(gone_seq is null) desc, person_id`,
  );
  return rows.map((row) => row.person);
}
