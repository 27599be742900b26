import { BEGINNING } from './calendar.ts';
import type { ActivityClass } from './event.ts';
import { unitOf, type Metric, type MetricDefinition, type MetricId } from './metric.ts';
import type { Unit, UnitKind } from './metric.ts';

const starter = (
  id: string,
  unit: UnitKind,
  definition: MetricDefinition,
  more: { better?: 'lower'; class?: ActivityClass } = {},
): Metric => ({
  id,
  unit,
  better: more.better ?? 'higher',
  class: more.class ?? null,
  versions: [{ version: 1, from: BEGINNING, definition }],
  retired: false,
});

const activities = (...names: string[]): MetricDefinition => ({
  kind: 'count',
  events: ['activity.logged'],
  where: [{ field: 'activity', is: names }],
});

/** Names of the first three. */
export const METRICS = ['revenue', 'deals', 'activities'] as const;

/** The unit of a starter metric. */
export function starterUnit(id: MetricId, currency: string): Unit {
  const metric = STARTER_METRICS.find((one) => one.id === id);
  if (!metric) throw new RangeError(`no starter metric: ${id}`);
  return unitOf(metric, currency);
}

/**
 * The KPIs every organisation starts with. Their names are in the pages' catalogues, by id. They
 * can be given new versions like any other.
 */
export const STARTER_METRICS: readonly Metric[] = [
  starter('revenue', 'money', { kind: 'sum', of: 'amount', events: ['deal.won'] }),
  starter('deals', 'count', { kind: 'count', events: ['deal.won'] }),
  starter('activities', 'count', { kind: 'count', events: ['activity.logged'] }),
  starter('calls', 'count', activities('call'), { class: 'sourcing' }),
  starter('meetings', 'count', activities('meeting', 'visit'), { class: 'relationship' }),
  starter('demos', 'count', activities('demo'), { class: 'deal-making' }),
  starter('proposals', 'count', activities('proposal'), { class: 'deal-making' }),
  starter('pipeline-created', 'money', { kind: 'sum', of: 'amount', events: ['deal.opened'] }),
  starter('win-rate', 'percent', {
    kind: 'share',
    of: { events: ['deal.won'] },
    among: { events: ['deal.won', 'deal.lost'] },
  }),
  starter('average-deal', 'money', { kind: 'average', of: 'amount', events: ['deal.won'] }),
  starter('cycle-length', 'duration', { kind: 'cycle' }, { better: 'lower' }),
  starter('activity-points', 'points', {
    kind: 'scorecard',
    parts: [
      { metric: 'calls', weight: '1', cap: '500' },
      { metric: 'meetings', weight: '5' },
      { metric: 'demos', weight: '8' },
      { metric: 'proposals', weight: '10' },
    ],
  }),
];
