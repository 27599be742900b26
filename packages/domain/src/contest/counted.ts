import { parseScaled } from '../decimal.ts';
import { divideHalfAway, inForce } from '../metric-value.ts';
import { COUNT_SCALE, unitOf, type Metric, type MetricId, type Unit } from '../metric.ts';
import type { Better } from '../rank.ts';
import type { Scaled } from '../types.ts';
import type { Scoring } from './definition.ts';
import type { Span } from './spans.ts';
import type { ContestReader } from './standing.ts';

/** One metric of what is counted. */
export interface Part {
  readonly metric: MetricId;
  readonly scale: number;
  /** Points for a whole unit, in millionths; `null` where the metric is counted as it is. */
  readonly weight: Scaled | null;
  /** The most of it that counts. */
  readonly cap: Scaled | null;
  /** The most that one person has of it in a local day. */
  readonly dayCap: Scaled | null;
}

/** What is counted: the contest's scoring, or the metric of a cell. */
export interface Counted {
  readonly unit: Unit;
  readonly better: Better;
  readonly parts: readonly Part[];
  /** Whether single credits add up to it, so that it can be followed as it grows. */
  readonly addsUp: boolean;
}

export const POINTS: Unit = { kind: 'points', scale: COUNT_SCALE };
const WEIGHT_SCALE = 6;

/** By the definitions in force when the window ends, or now while it is open. */
export function countedOf(
  scoring: Scoring,
  reader: ContestReader,
  filter: string | null,
  window: Span,
): Counted {
  if ('points' in scoring) {
    const parts = scoring.points.flatMap((one) => partOf(one, reader, filter, window));
    return of(POINTS, 'higher', parts);
  }
  const metric = reader.metric(scoring.metric, filter);
  if (!metric) return { unit: POINTS, better: 'higher', parts: [], addsUp: true };
  const definition = inForce(metric, { window, at: reader.clock });
  const unit = unitOf(metric, reader.currency);
  if (definition.kind === 'scorecard') {
    const parts = definition.parts.flatMap((one) => partOf(one, reader, filter, window));
    return of(unit, metric.better, parts);
  }
  return of(unit, metric.better, partOf({ metric: metric.id }, reader, filter, window));
}

const of = (unit: Unit, better: Better, found: readonly (readonly [Part, boolean])[]): Counted => ({
  unit,
  better,
  parts: found.map(([part]) => part),
  addsUp: found.every(([, adds]) => adds),
});

function partOf(
  one: { readonly metric: MetricId; readonly weight?: string; readonly cap?: string },
  reader: ContestReader,
  filter: string | null,
  window: Span,
): (readonly [Part, boolean])[] {
  const metric = reader.metric(one.metric, filter);
  if (!metric) return [];
  const { scale } = unitOf(metric, reader.currency);
  const definition = inForce(metric, { window, at: reader.clock });
  const adds = definition.kind === 'sum' || definition.kind === 'count';
  const dayCap = 'caps' in definition ? definition.caps?.day : undefined;
  const part = {
    metric: metric.id,
    scale,
    weight: one.weight === undefined ? null : (scaledOf(one.weight, WEIGHT_SCALE) ?? 0n),
    cap: scaledOf(one.cap, scale),
    dayCap: scaledOf(dayCap, scale),
  };
  return [[part, adds]];
}

/** A decimal of the rules; `null` where there is none. */
export function scaledOf(text: string | undefined, scale: number): Scaled | null {
  if (text === undefined) return null;
  const parsed = parseScaled(text, scale);
  return parsed.ok ? parsed.value : null;
}

/** What a part's total comes to in points, rounded once; `per` is what the total is divided by. */
export function weighed(part: Part, total: bigint, per: bigint): bigint {
  const below = 10n ** BigInt(part.scale + WEIGHT_SCALE) * per;
  const above = total * (part.weight ?? 0n) * 10n ** BigInt(COUNT_SCALE);
  return divideHalfAway(above, below);
}

/** Every metric that a scoring is made of, so that one knows when one of them changes. */
export function metricsBehind(
  ids: readonly MetricId[],
  filter: string | null,
  reader: ContestReader,
): Metric[] {
  const found = new Map<MetricId, Metric>();
  const visit = (id: MetricId): void => {
    const metric = reader.metric(id, filter);
    if (!metric || found.has(id)) return;
    found.set(id, metric);
    for (const { definition } of metric.versions) {
      if (definition.kind === 'ratio') [definition.top, definition.bottom].forEach(visit);
      if (definition.kind === 'scorecard') definition.parts.forEach((part) => visit(part.metric));
    }
  };
  ids.forEach(visit);
  return [...found.values()];
}
