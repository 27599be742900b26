import type { MetricId, PeriodKind, TargetScope } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

export interface TargetRow {
  readonly scope: TargetScope;
  /** Empty for the organisation. */
  readonly entityId: string;
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly periodKey: string;
  readonly value: bigint;
}

export function readTargets(
  sql: Sql,
  orgId: string,
  query: { metric: MetricId; period: PeriodKind; periodKey: string },
): Promise<TargetRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<TargetRow[]>`
      select scope, entity_id, metric, period, period_key, value from target
      where org_id = ${orgId} and metric = ${query.metric}
        and period = ${query.period} and period_key = ${query.periodKey}`,
  );
}

/** Writes or takes away the current target. Call in the transaction that logs the change. */
export async function saveTarget(
  tx: Tx,
  orgId: string,
  target: Omit<TargetRow, 'value'> & { value: bigint | null },
): Promise<void> {
  const { scope, entityId, metric, period, periodKey, value } = target;
  if (value === null) {
    await tx`
      delete from target
      where org_id = ${orgId} and scope = ${scope} and entity_id = ${entityId}
        and metric = ${metric} and period = ${period} and period_key = ${periodKey}`;
    return;
  }
  await tx`
    insert into target (org_id, scope, entity_id, metric, period, period_key, value)
    values (${orgId}, ${scope}, ${entityId}, ${metric}, ${period}, ${periodKey}, ${value})
    on conflict (org_id, scope, entity_id, metric, period, period_key)
    do update set value = excluded.value`;
}
