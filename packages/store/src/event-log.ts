import type { LogEvent } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** An event that was checked and put into the log's own form; it has no number yet. */
export interface NewEvent {
  readonly orgId: string;
  readonly sourceId: string;
  readonly eventId: string;
  readonly type: string;
  /** ISO 8601; `null` means when it arrives. */
  readonly occurredAt: string | null;
  /** The rest of the body as JSON text. */
  readonly body: string;
  /** Hash of what the sender sent, to tell a retry from another event under the same id. */
  readonly bodyHash: string;
}

export interface Receipt {
  readonly seq: number;
  readonly recordedAt: Date;
  readonly duplicate: boolean;
  /** The id is known with another body: nothing was stored. */
  readonly conflict: boolean;
}

/**
 * Numbers and stores a batch in one statement and answers a receipt for each, in the same order.
 * Fails as a whole on a database error. Run alone it commits; inside a transaction it is part of it.
 */
export async function appendEvents(sql: Sql | Tx, events: readonly NewEvent[]): Promise<Receipt[]> {
  if (events.length === 0) return [];
  const column = <K extends keyof NewEvent>(key: K) => events.map((event) => event[key]);
  const rows = await sql<
    { seq: bigint; recordedAt: Date; duplicate: boolean; conflict: boolean }[]
  >`
    select seq, recorded_at, duplicate, conflict
    from append_events(
      ${column('orgId')}::text[],
      ${column('sourceId')}::text[],
      ${column('eventId')}::text[],
      ${column('type')}::text[],
      ${column('occurredAt')}::timestamptz[],
      ${column('body')}::text[],
      ${column('bodyHash')}::text[]
    )`;
  if (rows.length !== events.length) throw new Error('an organisation of the batch is unknown');
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

export interface EventRow {
  seq: bigint;
  sourceId: string;
  eventId: string;
  type: string;
  occurredAt: Date;
  recordedAt: Date;
  body: object;
}

/** Events after `after` in order, at most `limit`; fewer means the end was reached. */
export async function readEventsAfter(
  sql: Sql,
  orgId: string,
  after: number,
  limit: number,
): Promise<LogEvent[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<EventRow[]>`
      select seq, source_id, event_id, type, occurred_at, recorded_at, body
      from event
      where org_id = ${orgId}
        and seq > ${after}
      order by seq
      limit ${limit}`,
  );
  return rows.map(toLogEvent);
}

/** Events of some types within `(after, until]` in order, at most `limit`. */
export async function readEventsOfTypes(
  sql: Sql,
  orgId: string,
  types: readonly string[],
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<LogEvent[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<EventRow[]>`
      select seq, source_id, event_id, type, occurred_at, recorded_at, body
      from event
      where org_id = ${orgId}
        and seq > ${after}
        and seq <= ${until}
        and type = any (${types as string[]})
      order by seq
      limit ${limit}`,
  );
  return rows.map(toLogEvent);
}

export function toLogEvent(row: EventRow): LogEvent {
  return {
    ...row.body,
    type: row.type,
    seq: Number(row.seq),
    key: `${row.sourceId}/${row.eventId}`,
    occurredAt: row.occurredAt.getTime(),
    recordedAt: row.recordedAt.getTime(),
  } as LogEvent;
}

/** The newest events of a type, newest first. */
export async function readLatestEvents(
  sql: Sql,
  orgId: string,
  type: string,
  limit: number,
): Promise<LogEvent[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<EventRow[]>`
      select seq, source_id, event_id, type, occurred_at, recorded_at, body
      from event
      where org_id = ${orgId} and type = ${type}
      order by seq desc
      limit ${limit}`,
  );
  return rows.map(toLogEvent);
}

/** The number of the newest event of an organisation. */
export async function readHead(sql: Sql, orgId: string): Promise<number> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ seq: bigint }[]>`select seq from log_head where org_id = ${orgId}`,
  );
  return row ? Number(row.seq) : 0;
}

/** Heads of all organisations; only a projector may see them. */
export async function readHeads(sql: Sql): Promise<{ orgId: string; seq: number }[]> {
  const rows = await sql<{ orgId: string; seq: bigint }[]>`
    select org_id, seq from log_head order by org_id`;
  return rows.map((row) => ({ orgId: row.orgId, seq: Number(row.seq) }));
}
