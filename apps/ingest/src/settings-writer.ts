import type { Audited, EventBody, LogEvent } from '@ovation/domain';
import { newId } from '@ovation/host';
import { appendEvents, inOrg, SETTINGS_SOURCE, type Tx } from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { hashOf } from './canonical.ts';
import { ringFor } from './lane.ts';

/** Who changed something: it is in the event, so the log is the audit trail. */
export interface Author {
  readonly kind: 'user' | 'key' | 'system';
  readonly id: string;
}

/** A settings event, with what was there before where there was something. */
export type Written = EventBody & Pick<Audited, 'was'>;

/**
 * Settings are events too: their rows and their events are written in one transaction, then the
 * doorbell rings. `write` changes rows and says which events that makes.
 */
export async function writeSettings<T>(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  write: (tx: Tx) => Promise<{ events: readonly Written[]; value: T }>,
): Promise<T> {
  const { value, logged } = await inOrg(deps.sql, orgId, async (tx) => {
    const { events, value: result } = await write(tx);
    const rows = events.map((event) => newRow(orgId, author, event));
    const receipts = await appendEvents(
      tx,
      rows.map(({ row }) => row),
    );
    return {
      value: result,
      logged: rows.map(({ body, row }, index) => toLog(row, body, receipts[index]!)),
    };
  });
  if (logged.length > 0) ringFor(deps.bus, orgId, logged);
  return value;
}

type Row = Parameters<typeof appendEvents>[1][number];

function newRow(orgId: string, by: Author, event: Written): { row: Row; body: object } {
  const { type, ...rest } = event;
  const body = { ...rest, by };
  const eventId = newId('set');
  const row = {
    orgId,
    sourceId: SETTINGS_SOURCE,
    eventId,
    type,
    occurredAt: null,
    body: JSON.stringify(body),
    bodyHash: hashOf(body),
  };
  return { row, body };
}

function toLog(row: Row, body: object, receipt: { seq: number; recordedAt: Date }): LogEvent {
  return {
    ...body,
    type: row.type,
    seq: receipt.seq,
    key: `${row.sourceId}/${row.eventId}`,
    occurredAt: +receipt.recordedAt,
    recordedAt: +receipt.recordedAt,
  } as LogEvent;
}
