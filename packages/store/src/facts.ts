import { COUNTABLE_TYPES, type LogEvent } from '@ovation/domain';
import { inOrg, type Sql } from './connect.ts';
import { toLogEvent, type EventRow } from './event-log.ts';

/** The newest facts that happened in `[from, to)`, newest first; at most `limit`. */
export async function readFactsBetween(
  sql: Sql,
  orgId: string,
  span: { readonly from: Date; readonly to: Date },
  limit: number,
): Promise<LogEvent[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<EventRow[]>`
      select seq, source_id, event_id, type, occurred_at, recorded_at, body
      from event
      where org_id = ${orgId} and occurred_at >= ${span.from} and occurred_at < ${span.to}
        and type = any (${[...COUNTABLE_TYPES]}::text[])
      order by occurred_at desc, seq desc
      limit ${limit}`,
  );
  return rows.map(toLogEvent);
}
