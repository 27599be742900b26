import type { MetricId, PeriodKind } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** What happens at so many percent of a target. */
export interface ConsequenceRow {
  readonly id: string;
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly atPercent: number;
  readonly text: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** Those of a metric and kind of period, lowest first; all without a query. */
export function readConsequences(
  sql: Sql,
  orgId: string,
  query: { readonly metric?: MetricId; readonly period?: PeriodKind } = {},
): Promise<ConsequenceRow[]> {
  const { metric = null, period = null } = query;
  return inOrg(
    sql,
    orgId,
    (tx) => tx<ConsequenceRow[]>`
      select consequence_id as id, metric, period, at_percent, text, texts
      from consequence
      where org_id = ${orgId}
        and (${metric}::text is null or metric = ${metric})
        and (${period}::text is null or period = ${period})
      order by metric, period, at_percent, consequence_id`,
  );
}

/** One by its id, locked until the transaction ends. */
export async function lockConsequence(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<ConsequenceRow | undefined> {
  const [row] = await tx<ConsequenceRow[]>`
    select consequence_id as id, metric, period, at_percent, text, texts
    from consequence where org_id = ${orgId} and consequence_id = ${id}
    for update`;
  return row;
}

/** Writes one. Call in the transaction that logs the change. */
export async function saveConsequence(tx: Tx, orgId: string, row: ConsequenceRow): Promise<void> {
  const { id, metric, period, atPercent, text, texts } = row;
  await tx`
    insert into consequence (org_id, consequence_id, metric, period, at_percent, text, texts)
    values (${orgId}, ${id}, ${metric}, ${period}, ${atPercent}, ${text},
      ${tx.json(texts as never)})
    on conflict (org_id, consequence_id) do update set
      metric = excluded.metric, period = excluded.period, at_percent = excluded.at_percent,
      text = excluded.text, texts = excluded.texts`;
}

/** Takes one away. Call in the transaction that logs the change. */
export async function removeConsequence(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx`delete from consequence where org_id = ${orgId} and consequence_id = ${id}`;
}
