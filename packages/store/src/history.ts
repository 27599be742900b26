import type { Metric, MetricId } from '@ovation/domain';
import { inOrg, type Sql } from './connect.ts';

/** What an organisation says about its own metrics, and about starter ones it changed. */
export async function readMetricDefinitions(
  sql: Sql,
  orgId: string,
): Promise<Map<MetricId, Metric>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ id: MetricId; definition: Metric }[]>`
      select metric_id as id, definition from metric where org_id = ${orgId}`,
  );
  return new Map(rows.map((row) => [row.id, { ...row.definition, id: row.id }]));
}
