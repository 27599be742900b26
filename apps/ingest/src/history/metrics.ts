import {
  definitionOf,
  unitOf,
  type Metric,
  type MetricDefinition,
  type MetricId,
  type Unit,
} from '@ovation/domain';
import type { IngestDeps } from '../deps.ts';
import { openBook, type Book } from '../figures/book.ts';
import { ProblemError } from '../problem.ts';

export { textOf } from '../routes/boards.ts';

/** A metric, how its numbers are read, and all that they are worked out with. */
export interface KnownMetric {
  readonly metric: Metric;
  readonly unit: Unit;
  readonly book: Book;
}

/** The metric of this id, or the request ends. */
export async function mustKnowMetric(
  deps: IngestDeps,
  orgId: string,
  id: MetricId,
): Promise<KnownMetric> {
  const book = await openBook(deps.sql, orgId);
  const metric = book.byId.get(id);
  if (metric) return { metric, unit: unitOf(metric, book.settings.currency), book };
  const detail = 'There is no such metric. GET /v1/metrics lists them.';
  throw new ProblemError('refused', detail, [
    { code: 'unknown_metric', detail, pointer: '/metric' },
  ]);
}

const ADDS_UP: readonly MetricDefinition['kind'][] = ['count', 'sum', 'scorecard', 'distinct'];

/** Whether the values of people make that of their team, or nearly so (a cap, a shared item). */
export const addsUp = (metric: Metric): boolean => ADDS_UP.includes(definitionOf(metric).kind);
