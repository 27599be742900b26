import type { FactGroup } from '@ovation/domain';
import { inOrg, type Sql } from './connect.ts';
import { toGroup, type StoredGroup } from './projection.ts';

interface GroupRow {
  readonly dealKey: string;
  readonly facts: StoredGroup;
}
const byKey = (rows: readonly GroupRow[]): Map<string, FactGroup> =>
  new Map(rows.map(({ dealKey, facts }) => [dealKey, toGroup(facts)]));

/** Everything said of deals that were ever won, and of payments, by the key of its group. */
export async function readPaidGroups(sql: Sql, orgId: string): Promise<Map<string, FactGroup>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<GroupRow[]>`
      select deal_key, facts from deal
      where org_id = ${orgId} and facts -> 'facts' @> any (${WORTH_PAY}::text[]::jsonb[])`,
  );
  return byKey(rows);
}

const WORTH_PAY = ['deal.won', 'payment.received', 'payment.refunded'].map((type) =>
  JSON.stringify([{ type }]),
);

/** Keys of groups that events in `(after, until]` say something about. */
export async function readTouchedGroups(
  sql: Sql,
  orgId: string,
  { after, until }: { readonly after: number; readonly until: number },
): Promise<string[]> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ key: string }[]>`
      with told as (
        select body, coalesce(body ->> 'corrects', body ->> 'reverses', body ->> 'withdraws') as of
        from event
        where org_id = ${orgId} and seq > ${after} and seq <= ${until}
          and (type like 'deal.%' or type like 'payment.%' or type = 'activity.withdrawn')
      )
      select coalesce(body ->> 'payment', body ->> 'deal') as key from told
      union
      select coalesce(e.body ->> 'payment', e.body ->> 'deal')
      from told
      join event e
        on e.org_id = ${orgId}
        and e.source_id = split_part(told.of, '/', 1)
        and e.event_id = substr(told.of, strpos(told.of, '/') + 1)`,
  );
  return rows.map((row) => row.key).filter((key) => key !== null);
}

/** Who reports to whom from when on (ISO instants; null: since ever), by person, oldest first. */
export interface ReportingRow {
  readonly personId: string;
  readonly since: Date | null;
  readonly managerId: string | null;
}

export function readReporting(sql: Sql, orgId: string): Promise<ReportingRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<ReportingRow[]>`
      select person_id, nullif(since, '-infinity') as since, manager_id
      from membership where org_id = ${orgId} order by person_id, membership.since`,
  );
}

/** Targets of people in some metrics, with the kind and key of their window. */
export interface PersonTargetRow {
  readonly personId: string;
  readonly metric: string;
  readonly period: string;
  readonly periodKey: string;
  readonly value: bigint;
}

export function readPersonTargets(
  sql: Sql,
  orgId: string,
  metrics: readonly string[],
): Promise<PersonTargetRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<PersonTargetRow[]>`
      select entity_id as person_id, metric, period, period_key, value from target
      where org_id = ${orgId} and scope = 'person' and value > 0
        and metric = any (${metrics as string[]}::text[])
      order by entity_id, metric, period, period_key`,
  );
}

/** Whom words in the log are taken to be, as far as it is folded: subject → person. */
export async function readMatches(sql: Sql, orgId: string): Promise<Map<string, string>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ key: string; value: string }[]>`
      select key, value from projection_setting where org_id = ${orgId} and kind = 'matches'`,
  );
  return new Map(rows.map((row) => [row.key, row.value]));
}

/** For which deals payments among events in `(after, until]` were made: payment → deal. */
export async function readPaymentDeals(
  sql: Sql,
  orgId: string,
  { after, until }: { readonly after: number; readonly until: number },
): Promise<Map<string, string>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ payment: string; deal: string }[]>`
      select body ->> 'payment' as payment, body ->> 'deal' as deal from event
      where org_id = ${orgId} and type in ('payment.received', 'payment.refunded')
        and body ? 'deal' and seq > ${after} and seq <= ${until}
      order by seq`,
  );
  return new Map(rows.map((row) => [row.payment, row.deal]));
}
