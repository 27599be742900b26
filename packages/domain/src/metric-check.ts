import { parseScaled } from './decimal.ts';
import { madeOf } from './measure.ts';
import {
  unitOf,
  type Condition,
  type Metric,
  type MetricDefinition,
  type MetricId,
  type UnitKind,
} from './metric.ts';
import { ok, refuse, type Result } from './result.ts';

/** What a kind's numbers can be. */
const UNITS: Readonly<Record<MetricDefinition['kind'], readonly UnitKind[]>> = {
  count: ['count', 'points'],
  distinct: ['count', 'points'],
  sum: ['money', 'count', 'duration', 'points'],
  average: ['money', 'count', 'duration', 'points', 'percent'],
  min: ['money', 'count', 'duration', 'points', 'percent'],
  max: ['money', 'count', 'duration', 'points', 'percent'],
  latest: ['money', 'count', 'duration', 'points', 'percent'],
  ratio: ['money', 'count', 'duration', 'percent', 'points'],
  share: ['percent'],
  conversion: ['percent'],
  cycle: ['duration'],
  first_activity: ['duration'],
  scorecard: ['points'],
};

/**
 * Whether a metric can be counted as it is defined now: its unit fits its kind, its numbers are
 * numbers, and what it is made of exists and leads to no circle. Pointers lead into the definition.
 */
export function checkMetric(
  metric: Metric,
  metrics: ReadonlyMap<MetricId, Metric>,
  currency: string,
): Result<Metric> {
  const { definition } = metric.versions.at(-1)!;
  const { kind } = definition;
  if (!UNITS[kind].includes(metric.unit)) {
    const units = UNITS[kind].join(', ');
    return refuse('unit', `A metric of the kind "${kind}" is in ${units}.`, '/unit');
  }
  const former = metric.versions.at(-2)?.definition;
  if (former && !sameShape(former, definition)) {
    const detail = `It counts as "${former.kind}" and keeps that. Make a new metric instead.`;
    return refuse('kind_changed', detail, '/definition/kind');
  }
  const amount = 'of' in definition && definition.of === 'amount';
  if (amount && metric.unit !== 'money') {
    return refuse('unit', 'Amounts are money: choose the unit "money".', '/unit');
  }
  const numbers = checkNumbers(definition, unitOf(metric, currency).scale);
  if (!numbers.ok) return numbers;
  const conditions = checkConditions(definition);
  return conditions.ok ? checkParts(metric, metrics) : conditions;
}

/** A way of counting may become another only when its components are put together alike. */
function sameShape(former: MetricDefinition, now: MetricDefinition): boolean {
  const additive = (one: MetricDefinition) => one.kind === 'count' || one.kind === 'sum';
  return former.kind === now.kind || (additive(former) && additive(now));
}

function checkNumbers(definition: MetricDefinition, scale: number): Result<true> {
  if (definition.kind === 'count' || definition.kind === 'sum') {
    for (const name of ['event', 'day'] as const) {
      const cap = definition.caps?.[name];
      if (cap === undefined) continue;
      const parsed = parseScaled(cap, scale);
      if (!parsed.ok || parsed.value <= 0n) {
        const detail = `A cap is a number above 0 with at most ${scale} decimals.`;
        return refuse('cap', detail, `/definition/caps/${name}`);
      }
    }
  }
  if (definition.kind === 'scorecard') {
    const seen = new Set<string>();
    for (const [index, { metric, cap }] of definition.parts.entries()) {
      const at = `/definition/parts/${index}`;
      if (seen.has(metric)) return refuse('part_twice', 'This metric is in it twice.', at);
      seen.add(metric);
      if (cap?.startsWith('-')) return refuse('cap', 'A cap is above 0.', `${at}/cap`);
    }
  }
  if (definition.kind === 'conversion') {
    const same = definition.from.toLowerCase() === definition.to.toLowerCase();
    if (same) return refuse('stages', 'Give two different stages.', '/definition/to');
  }
  return ok(true);
}

function checkConditions(definition: MetricDefinition): Result<true> {
  const lists: [string, readonly Condition[]][] = [];
  if ('where' in definition) lists.push(['/definition/where', definition.where ?? []]);
  if (definition.kind === 'share') {
    lists.push(['/definition/of/where', definition.of.where ?? []]);
    lists.push(['/definition/among/where', definition.among.where ?? []]);
  }
  for (const [pointer, conditions] of lists) {
    for (const [index, condition] of conditions.entries()) {
      const { is, isNot, atLeast, atMost } = condition;
      if ([is, isNot, atLeast, atMost].every((one) => one === undefined)) {
        const detail = 'Say what must hold: "is", "isNot", "atLeast" or "atMost".';
        return refuse('condition_empty', detail, `${pointer}/${index}`);
      }
    }
  }
  return ok(true);
}

/** What it is made of must be there and must not lead back to it. */
function checkParts(metric: Metric, metrics: ReadonlyMap<MetricId, Metric>): Result<Metric> {
  const seen = new Set<MetricId>();
  const open = [...madeOf(metric.versions.at(-1)!.definition)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === metric.id) {
      return refuse('circle', 'It would be made of itself.', '/definition');
    }
    const part = metrics.get(id);
    if (!part) return refuse('unknown_metric', `There is no metric "${id}".`, '/definition');
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...part.versions.flatMap(({ definition }) => madeOf(definition)));
  }
  return ok(metric);
}
