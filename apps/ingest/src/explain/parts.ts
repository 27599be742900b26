import {
  aggregateOf,
  COUNT_SCALE,
  DEPTH_MAX,
  DIVISOR_SCALE,
  inForce,
  ONE,
  parseScaled,
  scoreLines,
  unitOf,
  valueOf,
  type Aggregate,
  type Metric,
  type MetricDefinition,
  type Scaled,
  type Unit,
  type ValueContext,
} from '@ovation/domain';
import type { ExplainPart } from '@ovation/protocol';
import {
  readComponentTotals,
  readRestOfCredits,
  readStandingCredits,
  type CreditRow,
  type CreditsQuery,
} from '@ovation/store';
import { textOf } from '../routes/boards.ts';
import { creditsQuery, type Asked } from './asked.ts';
import { explainedEvents } from './events.ts';

/** One component of the value: what credits are listed of. */
export interface Leaf {
  readonly query: CreditsQuery;
  readonly unit: Unit;
}

/** The parts of a value, and the components that they end in. */
export interface Parts {
  readonly part: ExplainPart;
  readonly leaves: readonly Leaf[];
}

/** Counts that something is divided by, and what is held against them. */
const COUNT: Unit = { kind: 'count', scale: DIVISOR_SCALE };

/** A part with nothing in it yet. */
export const plainPart = (
  part: Pick<ExplainPart, 'role' | 'metric' | 'unit' | 'total'>,
): ExplainPart => ({
  ...part,
  aggregate: null,
  weight: null,
  cap: null,
  points: null,
  count: 0,
  events: [],
  more: null,
  capped: null,
  window: null,
  parts: [],
});

/** What a metric comes to for whoever is asked about, taken apart down to the events. */
export async function metricParts(
  asked: Asked,
  context: ValueContext,
  metric: Metric,
  role: string,
  depth = 0,
): Promise<Parts> {
  const definition = inForce(metric, context);
  const unit = unitOf(metric, context.currency);
  const single = (aggregate: Aggregate, dayCap?: Scaled) =>
    leafPart(asked, context, { metric, role, component: 0, aggregate, unit, dayCap });
  switch (definition.kind) {
    case 'count':
    case 'sum':
      return single('sum', dayCapOf(definition, unit));
    case 'distinct':
    case 'min':
    case 'max':
    case 'latest':
      return single(aggregateOf(definition.kind));
  }
  const parts = depth > DEPTH_MAX ? [] : await partsOf(asked, context, metric, definition, depth);
  const { value, credits } = valueOf(metric, context, depth);
  const part = plainPart({ role, metric: metric.id, unit, total: textOf(value, unit) });
  return {
    part: { ...part, count: credits, parts: parts.map((one) => one.part) },
    leaves: parts.flatMap((one) => one.leaves),
  };
}

type Kind<K extends MetricDefinition['kind']> = Extract<MetricDefinition, { kind: K }>;

function dayCapOf({ caps }: Kind<'count' | 'sum'>, unit: Unit): Scaled | undefined {
  const cap = caps?.day === undefined ? undefined : parseScaled(caps.day, unit.scale);
  return cap?.ok ? cap.value : undefined;
}

/** Of a metric with several components, or made of other metrics. */
async function partsOf(
  asked: Asked,
  context: ValueContext,
  metric: Metric,
  definition: MetricDefinition,
  depth: number,
): Promise<Parts[]> {
  if (definition.kind === 'scorecard') return scorecard(asked, context, definition, depth);
  if (definition.kind === 'ratio') {
    const both = [
      ['top', definition.top],
      ['bottom', definition.bottom],
    ] as const;
    return inTurn(both, async ([role, id]) => {
      const made = context.metrics.get(id);
      return made ? [await metricParts(asked, context, made, role, depth + 1)] : [];
    });
  }
  const counted = definition.kind === 'share' || definition.kind === 'conversion';
  const unit = counted ? COUNT : unitOf(metric, context.currency);
  return inTurn(
    [
      { role: 'top', component: 0, unit },
      { role: 'bottom', component: 1, unit: COUNT },
    ],
    async (half) => [
      await leafPart(asked, context, { metric, aggregate: 'sum', dayCap: undefined, ...half }),
    ],
  );
}

function scorecard(
  asked: Asked,
  context: ValueContext,
  definition: Kind<'scorecard'>,
  depth: number,
): Promise<Parts[]> {
  const lines = scoreLines(definition, context, depth);
  // Lines of metrics that are not there are left out on both sides.
  const asWritten = definition.parts.filter((line) => context.metrics.get(line.metric));
  return inTurn(asWritten, async ({ metric: id, weight, cap = null }, index) => {
    const made = await metricParts(asked, context, context.metrics.get(id)!, id, depth + 1);
    const points = textOf(lines[index]!.points, { kind: 'points', scale: COUNT_SCALE });
    return [{ ...made, part: { ...made.part, weight, cap, points } }];
  });
}

/** One after the other: a request holds one connection at a time. */
async function inTurn<T, R>(
  all: readonly T[],
  each: (one: T, index: number) => Promise<R[]>,
): Promise<R[]> {
  const made: R[] = [];
  for (const [index, one] of all.entries()) made.push(...(await each(one, index)));
  return made;
}

interface LeafOf {
  readonly metric: Metric;
  readonly role: string;
  readonly component: number;
  readonly aggregate: Aggregate;
  readonly unit: Unit;
  readonly dayCap: Scaled | undefined;
}

/** One component with its newest events; the total is the one that the value is made of. */
async function leafPart(asked: Asked, context: ValueContext, leaf: LeafOf): Promise<Parts> {
  const { metric, role, component, aggregate, unit, dayCap } = leaf;
  const how = dayCap === undefined ? { aggregate } : { aggregate, dayCap };
  const sum = context.read(metric, component, how);
  const empty = aggregate === 'sum' || aggregate === 'distinct' ? 0n : null;
  const part: ExplainPart = {
    ...plainPart({ role, metric: metric.id, unit, total: textOf(sum?.value ?? empty, unit) }),
    aggregate,
  };
  const of = { metric: metric.id, component, aggregate };
  const query = creditsQuery(asked, context.window, of);
  if (!query) return { part, leaves: [] };
  const leaves = [{ query, unit }];
  if (!sum) return { part, leaves };
  const rows = await readStandingCredits(asked.book.sql, asked.book.orgId, query);
  const uncapped = dayCap === undefined ? sum.value : await uncappedSum(asked, query);
  const capped = uncapped === sum.value ? null : textOf(sum.value - uncapped, unit);
  const events = await explainedEvents(asked, rows, unit);
  const more = await restOf(asked, query, rows, { value: uncapped, credits: sum.credits }, unit);
  return { part: { ...part, count: sum.credits, events, more, capped }, leaves };
}

/** What a component comes to before the cap of a day. */
async function uncappedSum({ book }: Asked, query: CreditsQuery): Promise<Scaled> {
  const { window, person: _person, limit: _limit, ...rest } = query;
  const [row] = await readComponentTotals(book.sql, book.orgId, { ...rest, windows: [window] });
  return row?.value ?? 0n;
}

/** What is not named one by one. */
async function restOf(
  asked: Asked,
  query: CreditsQuery,
  rows: readonly CreditRow[],
  all: { readonly value: Scaled; readonly credits: number },
  unit: Unit,
): Promise<ExplainPart['more']> {
  const count = all.credits - rows.length;
  if (count === 0) return null;
  const { aggregate } = query;
  if (aggregate === 'sum') {
    const shown = rows.reduce((total, row) => total + row.value, 0n);
    return { count, value: textOf(all.value - shown, unit) };
  }
  // The most or the latest of the others would be a single event of somebody else.
  if (asked.onlyOf !== null) return { count, value: null };
  if (aggregate === 'distinct') {
    const items = new Set(rows.flatMap(({ item }) => (item === null ? [] : [item])));
    return { count, value: textOf(all.value - BigInt(items.size) * ONE, unit) };
  }
  const { sql, orgId } = asked.book;
  return {
    count,
    value: textOf(await readRestOfCredits(sql, orgId, { ...query, aggregate }), unit),
  };
}
