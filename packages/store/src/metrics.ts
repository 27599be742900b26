import type { BoardDefinition, Metric } from '@ovation/domain';
import { inOrg, type Sql, type Tx } from './connect.ts';
import { readMeasureStates, type MeasureState } from './credits.ts';

/** When and by whom each version of a metric was published. */
export interface VersionNote {
  readonly version: number;
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly by: string;
}

export interface MetricRow {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly definition: { readonly metric: Metric; readonly notes: readonly VersionNote[] };
}

export interface BoardRowStored {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly definition: BoardDefinition;
}

/** An organisation's own metrics and boards, and which measures answer for them. */
export interface Definitions {
  readonly metrics: readonly MetricRow[];
  readonly boards: readonly BoardRowStored[];
  readonly states: readonly MeasureState[];
}

export function readDefinitions(sql: Sql, orgId: string): Promise<Definitions> {
  return inOrg(sql, orgId, async (tx) => ({
    metrics: await readMetrics(tx, orgId),
    boards: await tx<BoardRowStored[]>`
      select board_id as id, slug, name, names, definition
      from board where org_id = ${orgId} order by name, slug`,
    states: await readMeasureStates(tx, orgId),
  }));
}

export async function readMetrics(tx: Tx, orgId: string): Promise<MetricRow[]> {
  return tx<MetricRow[]>`
    select metric_id as id, name, names, description, definition
    from metric where org_id = ${orgId} order by created_at, metric_id`;
}

/** Writes a metric's current form. Call in the transaction that logs the change. */
export async function saveMetric(tx: Tx, orgId: string, row: MetricRow): Promise<void> {
  await tx`
    insert into metric (org_id, metric_id, name, names, description, definition)
    values (${orgId}, ${row.id}, ${row.name}, ${tx.json(row.names)}, ${row.description},
      ${tx.json(row.definition as never)})
    on conflict (org_id, metric_id) do update set
      name = excluded.name, names = excluded.names, description = excluded.description,
      definition = excluded.definition`;
}

/** How many targets are set in a metric. */
export async function countTargets(sql: Sql, orgId: string, metricId: string): Promise<number> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<{ targets: number }[]>`
      select count(*)::integer as targets from target
      where org_id = ${orgId} and metric = ${metricId}`,
  );
  return row?.targets ?? 0;
}

/** Writes a board. Fails on a slug that another board has. */
export async function saveBoard(tx: Tx, orgId: string, row: BoardRowStored): Promise<void> {
  await tx`
    insert into board (org_id, board_id, slug, name, names, definition)
    values (${orgId}, ${row.id}, ${row.slug}, ${row.name}, ${tx.json(row.names)},
      ${tx.json(row.definition as never)})
    on conflict (org_id, board_id) do update set
      slug = excluded.slug, name = excluded.name, names = excluded.names,
      definition = excluded.definition`;
}

export async function deleteBoard(tx: Tx, orgId: string, boardId: string): Promise<boolean> {
  const gone = await tx`delete from board where org_id = ${orgId} and board_id = ${boardId}`;
  return gone.count > 0;
}
