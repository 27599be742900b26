import { parseScaled } from './decimal.ts';
import { aggregateOf, definitionOf, FINE_ONE, ONE, versionAt } from './measure.ts';
import { unitOf, type Metric, type MetricDefinition, type MetricId, type Unit } from './metric.ts';
import type { Window } from './calendar.ts';
import type { Aggregate, Sum } from './tally.ts';
import type { Instant, Scaled } from './types.ts';

/** A metric's value for somebody in a window. */
export interface Valued {
  /** `null` when there is nothing to make it of: no deals to take the average of. */
  readonly value: Scaled | null;
  /** When the latest credit in it happened; 0 when nothing did. */
  readonly reachedAt: Instant;
  /** How many credits are in it. */
  readonly credits: number;
}

const NOTHING: Valued = { value: null, reachedAt: 0, credits: 0 };

/** What a component comes to, for whoever and whenever is asked about. */
export type ReadComponent = (
  metric: Metric,
  component: number,
  how: { readonly aggregate: Aggregate; readonly dayCap?: Scaled },
) => Sum | undefined;

export interface ValueContext {
  readonly metrics: Pick<ReadonlyMap<MetricId, Metric>, 'get'>;
  readonly currency: string;
  /** Weights and day caps are those in force when the window ends, or at `at` while it is open. */
  readonly window: Pick<Window, 'from' | 'to'>;
  readonly at: Instant;
  readonly read: ReadComponent;
}

/** How deep metrics may be made of metrics. */
export const DEPTH_MAX = 8;

/**
 * A metric's value from the sums of its components. Divisions are exact and rounded once, half
 * away from zero, to the unit's digits.
 */
export function valueOf(metric: Metric, context: ValueContext, depth = 0): Valued {
  if (depth > DEPTH_MAX) return NOTHING;
  const definition = inForce(metric, context);
  const unit = unitOf(metric, context.currency);
  switch (definition.kind) {
    case 'count':
    case 'sum':
    case 'distinct':
    case 'min':
    case 'max':
    case 'latest':
      return single(metric, definition, context, unit);
    case 'average':
    case 'cycle':
    case 'first_activity':
      return divided(metric, context, (top) => top * FINE_ONE);
    case 'share':
    case 'conversion':
      return divided(metric, context, (top) => top * 100n * 10n ** BigInt(unit.scale));
    case 'ratio':
      return ratio(definition, context, unit, depth);
    case 'scorecard':
      return scorecard(definition, context, depth);
  }
}

/**
 * What one more of a metric's events brings, as everybody's in a window shows: one for a count, the
 * average amount for a sum. `null` where values do not add up, or nothing has happened yet.
 */
export function naturalStep(metric: Metric, everybody: Valued): Scaled | null {
  const { kind } = definitionOf(metric);
  if (kind === 'count' || kind === 'distinct') return ONE;
  if (kind !== 'sum' || everybody.credits === 0 || everybody.value === null) return null;
  const step = divideHalfAway(everybody.value, BigInt(everybody.credits));
  return step > 0n ? step : null;
}

/** The definition by which a window's parts are put together. */
export function inForce(
  metric: Metric,
  { window, at }: Pick<ValueContext, 'window' | 'at'>,
): MetricDefinition {
  const version = versionAt(metric, Math.min(window.to - 1, at)) ?? metric.versions[0];
  return version?.definition ?? definitionOf(metric);
}

function single(
  metric: Metric,
  definition: MetricDefinition,
  context: ValueContext,
  unit: Unit,
): Valued {
  const cap = 'caps' in definition ? definition.caps?.day : undefined;
  const most = cap === undefined ? undefined : parseScaled(cap, unit.scale);
  const aggregate = aggregateOf(definition.kind);
  const how = most?.ok ? { aggregate, dayCap: most.value } : { aggregate };
  const sum = context.read(metric, 0, how);
  if (sum) return sum;
  const empty = aggregate === 'sum' || aggregate === 'distinct' ? 0n : null;
  return { value: empty, reachedAt: 0, credits: 0 };
}

/** `scaled` brings the top to the unit's digits times the bottom's own. */
function divided(metric: Metric, context: ValueContext, scaled: (top: Scaled) => Scaled): Valued {
  const top = context.read(metric, 0, { aggregate: 'sum' });
  const bottom = context.read(metric, 1, { aggregate: 'sum' });
  if (!bottom || bottom.value === 0n) return NOTHING;
  const above = scaled(top?.value ?? 0n);
  return {
    value: divideHalfAway(above, bottom.value),
    reachedAt: Math.max(top?.reachedAt ?? 0, bottom.reachedAt),
    credits: bottom.credits,
  };
}

function ratio(
  definition: Extract<MetricDefinition, { kind: 'ratio' }>,
  context: ValueContext,
  unit: Unit,
  depth: number,
): Valued {
  const [top, bottom] = [definition.top, definition.bottom].map((id) => {
    const metric = context.metrics.get(id);
    return metric && { metric, ...valueOf(metric, context, depth + 1) };
  });
  if (!top || !bottom || top.value === null || !bottom.value) return NOTHING;
  const digits = (of: Metric) => 10n ** BigInt(unitOf(of, context.currency).scale);
  const percent = unit.kind === 'percent' ? 100n : 1n;
  const above = top.value * digits(bottom.metric) * percent * 10n ** BigInt(unit.scale);
  return {
    value: divideHalfAway(above, bottom.value * digits(top.metric)),
    reachedAt: Math.max(top.reachedAt, bottom.reachedAt),
    credits: top.credits + bottom.credits,
  };
}

/** One line of a scorecard, worked out. */
export interface Scored {
  readonly metric: MetricId;
  readonly valued: Valued;
  readonly points: Scaled;
}

export function scoreLines(
  definition: Extract<MetricDefinition, { kind: 'scorecard' }>,
  context: ValueContext,
  depth = 0,
): Scored[] {
  return definition.parts.flatMap(({ metric: id, weight, cap }) => {
    const metric = context.metrics.get(id);
    if (!metric) return [];
    const { scale } = unitOf(metric, context.currency);
    const valued = valueOf(metric, context, depth + 1);
    const most = cap === undefined ? undefined : parseScaled(cap, scale);
    const value = valued.value ?? 0n;
    const counted = most?.ok && value > most.value ? most.value : value;
    const weighed = parseScaled(weight, WEIGHT_SCALE);
    const above = counted * (weighed.ok ? weighed.value : 0n) * ONE;
    const points = divideHalfAway(above, 10n ** BigInt(scale + WEIGHT_SCALE));
    return [{ metric: id, valued, points }];
  });
}

const WEIGHT_SCALE = 6;

function scorecard(
  definition: Extract<MetricDefinition, { kind: 'scorecard' }>,
  context: ValueContext,
  depth: number,
): Valued {
  const lines = scoreLines(definition, context, depth);
  return {
    value: lines.reduce((sum, line) => sum + line.points, 0n),
    reachedAt: Math.max(0, ...lines.map((line) => line.valued.reachedAt)),
    credits: lines.reduce((sum, line) => sum + line.valued.credits, 0),
  };
}

/** Rounds to the nearest whole, halves away from zero. */
export function divideHalfAway(above: bigint, below: bigint): bigint {
  const negative = above < 0n !== below < 0n;
  const [n, d] = [above < 0n ? -above : above, below < 0n ? -below : below];
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}
