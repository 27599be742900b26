import type { Audited, EventBody, LogEvent } from '@ovation/domain';
import { newId } from '@ovation/host';
import { appendEvents, inOrg, SETTINGS_SOURCE, type Tx } from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { hashOf } from './canonical.ts';
import { ringFor, type LaneEvent } from './lane.ts';
import { ProblemError } from './problem.ts';

/** Who changed something: it is in the event, so the log is the audit trail. */
export interface Author {
  readonly kind: 'user' | 'key' | 'system';
  readonly id: string;
}

/** A settings event, with what was there before where there was something. */
export type Written = EventBody & Pick<Audited, 'was'>;

/**
 * Settings are events too: their rows and their events are written in one transaction, then the
 * doorbell rings. `write` changes rows and says which events that makes; `facts` that it decided
 * about go into the log in the same transaction, each once by its own id.
 */
export async function writeSettings<T>(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  write: (
    tx: Tx,
  ) => Promise<{ events: readonly Written[]; value: T; facts?: readonly LaneEvent[] }>,
): Promise<T> {
  const { value, logged } = await inOrg(deps.sql, orgId, async (tx) => {
    const { events, value: result, facts = [] } = await write(tx);
    const rows = [...facts, ...events.map((event) => newRow(orgId, author, event))];
    const receipts = await appendEvents(
      tx,
      rows.map(({ row }) => row),
    );
    mustBeNew(receipts);
    return {
      value: result,
      logged: rows.flatMap(({ body, row }, index) => {
        const receipt = receipts[index]!;
        return receipt.duplicate ? [] : [toLog(row, body, receipt)];
      }),
    };
  });
  if (logged.length > 0) ringFor(deps.bus, orgId, logged);
  return value;
}

function mustBeNew(receipts: readonly { readonly conflict: boolean }[]): void {
  if (!receipts.some((receipt) => receipt.conflict)) return;
  const detail = 'This id is known with another content. Send a correction under a new id.';
  throw new ProblemError('conflict', detail, [{ code: 'id_taken', detail, pointer: '/id' }]);
}

type Row = Parameters<typeof appendEvents>[1][number];

function newRow(orgId: string, by: Author, event: Written): LaneEvent {
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
    occurredAt: row.occurredAt === null ? +receipt.recordedAt : Date.parse(row.occurredAt),
    recordedAt: +receipt.recordedAt,
  } as LogEvent;
}
