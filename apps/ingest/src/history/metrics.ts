import {
  formatScaled,
  STARTER_METRICS,
  unitOf,
  type Metric,
  type MetricDefinition,
  type MetricId,
  type OrganisationSettings,
  type Scaled,
  type Unit,
} from '@ovation/domain';
import { readMetricDefinitions } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';

/** Every metric of an organisation, by id. */
export type Metrics = ReadonlyMap<MetricId, Metric>;

/** The starter set, with what the organisation made of it and its own. */
export async function metricsOf(deps: IngestDeps, orgId: string): Promise<Metrics> {
  const own = await readMetricDefinitions(deps.sql, orgId);
  return new Map([...STARTER_METRICS.map((one) => [one.id, one] as const), ...own]);
}

/** A metric and how its numbers are read. */
export interface KnownMetric {
  readonly metric: Metric;
  readonly unit: Unit;
  /** All of them, for those that are made of others. */
  readonly all: Metrics;
}

/** The metric of this id, or the request ends. */
export async function mustKnowMetric(
  deps: IngestDeps,
  orgId: string,
  settings: OrganisationSettings,
  id: MetricId,
): Promise<KnownMetric> {
  const all = await metricsOf(deps, orgId);
  const metric = all.get(id);
  if (metric) return { metric, unit: unitOf(metric, settings.currency), all };
  const detail = 'There is no such metric. GET /v1/metrics lists them.';
  throw new ProblemError('refused', detail, [
    { code: 'unknown_metric', detail, pointer: '/metric' },
  ]);
}

/** A value as the API writes it: money with all its decimals, the rest with as many as it needs. */
export function textOf(value: Scaled, unit: Unit): string {
  return formatScaled(value, unit.scale, unit.kind === 'money' ? unit.scale : undefined);
}

/** How the newest version counts. */
export const definitionOf = (metric: Metric): MetricDefinition =>
  metric.versions.at(-1)!.definition;

const ADDS_UP: readonly MetricDefinition['kind'][] = ['count', 'sum', 'scorecard', 'distinct'];

/** Whether the values of people make that of their team, or nearly so (a cap, a shared item). */
export const addsUp = (metric: Metric): boolean => ADDS_UP.includes(definitionOf(metric).kind);
