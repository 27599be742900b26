import type { MetricId, PeriodKind, TargetScope } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** Which target: whose, of which metric, in which window. */
export interface TargetPlace {
  readonly scope: TargetScope;
  /** Empty for the organisation. */
  readonly entityId: string;
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly periodKey: string;
}
export interface TargetRow extends TargetPlace {
  readonly value: bigint;
}

/** The targets of one metric in one window. */
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
        and period = ${query.period} and period_key = ${query.periodKey}
      order by scope, entity_id`,
  );
}

/** Somebody's targets of one metric in windows of a kind, by window key. */
export async function readTargetsOf(
  sql: Sql,
  orgId: string,
  of: Omit<TargetPlace, 'periodKey'> & { readonly keys: readonly string[] },
): Promise<Map<string, bigint>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ periodKey: string; value: bigint }[]>`
      select period_key, value from target
      where org_id = ${orgId} and scope = ${of.scope} and entity_id = ${of.entityId}
        and metric = ${of.metric} and period = ${of.period}
        and period_key = any (${of.keys as string[]}::text[])`,
  );
  return new Map(rows.map((row) => [row.periodKey, row.value]));
}

/** What stands at these places now (`null`: nothing), in the same order. */
export async function readTargetsAt(
  tx: Tx,
  orgId: string,
  places: readonly TargetPlace[],
): Promise<(bigint | null)[]> {
  if (places.length === 0) return [];
  const column = <K extends keyof TargetPlace>(key: K) => places.map((place) => place[key]);
  const rows = await tx<{ value: bigint | null }[]>`
    select t.value
    from unnest(${column('scope')}::text[], ${column('entityId')}::text[],
        ${column('metric')}::text[], ${column('period')}::text[], ${column('periodKey')}::text[])
      with ordinality as p (scope, entity_id, metric, period, period_key, place)
    left join target t
      on t.org_id = ${orgId} and t.scope = p.scope and t.entity_id = p.entity_id
        and t.metric = p.metric and t.period = p.period and t.period_key = p.period_key
    order by p.place`;
  return rows.map((row) => row.value);
}

/**
 * Writes current targets, and takes away those that are `null`. Each place once; in one order, so
 * that two writers do not wait for each other. Call in the transaction that logs the change.
 */
export async function saveTargets(
  tx: Tx,
  orgId: string,
  targets: readonly (TargetPlace & { readonly value: bigint | null })[],
): Promise<void> {
  const kept = targets.filter((target) => target.value !== null);
  const gone = targets.filter((target) => target.value === null);
  const column = <K extends keyof TargetPlace>(key: K, rows: readonly TargetPlace[]) =>
    rows.map((row) => row[key]);
  if (gone.length > 0) {
    await tx`
      delete from target t
      using unnest(${column('scope', gone)}::text[], ${column('entityId', gone)}::text[],
          ${column('metric', gone)}::text[], ${column('period', gone)}::text[],
          ${column('periodKey', gone)}::text[])
        as p (scope, entity_id, metric, period, period_key)
      where t.org_id = ${orgId} and t.scope = p.scope and t.entity_id = p.entity_id
        and t.metric = p.metric and t.period = p.period and t.period_key = p.period_key`;
  }
  if (kept.length === 0) return;
  await tx`
    insert into target (org_id, scope, entity_id, metric, period, period_key, value)
    select ${orgId}, p.scope, p.entity_id, p.metric, p.period, p.period_key, p.value
    from unnest(${column('scope', kept)}::text[], ${column('entityId', kept)}::text[],
        ${column('metric', kept)}::text[], ${column('period', kept)}::text[],
        ${column('periodKey', kept)}::text[], ${kept.map((row) => String(row.value))}::bigint[])
      as p (scope, entity_id, metric, period, period_key, value)
    order by p.scope, p.entity_id, p.metric, p.period, p.period_key
    on conflict (org_id, scope, entity_id, metric, period, period_key)
    do update set value = excluded.value`;
}

/** One change of a target, as the log has it. */
export interface TargetChangeRow {
  readonly seq: bigint;
  readonly recordedAt: Date;
  /** Name of the user or key; `null` for the product itself or somebody who is gone. */
  readonly byName: string | null;
  readonly scope: TargetScope;
  readonly entity: string | null;
  readonly window: string;
  /** Whole numbers of the metric's scale. */
  readonly was: string | null;
  readonly value: string | null;
}

/** Changes of targets of a metric and kind of period, newest first. */
export function readTargetChanges(
  sql: Sql,
  orgId: string,
  query: {
    readonly metric: MetricId;
    readonly period: PeriodKind;
    readonly window?: string;
    readonly scope?: TargetScope;
    readonly entity?: string;
    readonly limit: number;
  },
): Promise<TargetChangeRow[]> {
  const { metric, period, window = null, scope = null, entity = null, limit } = query;
  return inOrg(
    sql,
    orgId,
    (tx) => tx<TargetChangeRow[]>`
      select e.seq, e.recorded_at, coalesce(u.name, k.name) as by_name,
        e.body ->> 'scope' as scope, e.body ->> 'entity' as entity,
        e.body ->> 'window' as window, e.body ->> 'was' as was, e.body ->> 'value' as value
      from event e
      left join user_account u on u.org_id = ${orgId}
        and e.body #>> '{by,kind}' = 'user' and u.user_id = e.body #>> '{by,id}'
      left join api_key k on k.org_id = ${orgId}
        and e.body #>> '{by,kind}' = 'key' and k.key_id = e.body #>> '{by,id}'
      where e.org_id = ${orgId} and e.type = 'target.set'
        and e.body ->> 'metric' = ${metric} and e.body ->> 'period' = ${period}
        and (${window}::text is null or e.body ->> 'window' = ${window})
        and (${scope}::text is null or e.body ->> 'scope' = ${scope})
        and (${entity}::text is null or e.body ->> 'entity' = ${entity})
      order by e.seq desc
      limit ${limit}`,
  );
}

/** Who these words (in their canonical spelling) mean in any source: word → people. */
export async function readPeopleCalled(
  sql: Sql,
  orgId: string,
  words: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ alias: string; people: string[] }[]>`
      select a.alias, array_agg(distinct p.person_id) as people
      from alias a
      join person p on p.org_id = a.org_id and p.person_id = a.subject_id
      where a.org_id = ${orgId} and a.matched and a.alias = any (${words as string[]}::text[])
      group by a.alias`,
  );
  return new Map(rows.map((row) => [row.alias, row.people]));
}
