import {
  aggregateOf,
  basesOf,
  inForce,
  ONE,
  parseScaled,
  unitOf,
  valueOf,
  type Instant,
  type Metric,
  type OrganisationSettings,
  type Scaled,
  type Sum,
  type TargetScope,
} from '@ovation/domain';
import {
  inOrgSnapshot,
  readMeasures,
  readWindowTotals,
  type CreditAggregate,
  type CreditSplit,
  type Sql,
  type Tx,
} from '@ovation/store';
import type { KnownMetric } from './metrics.ts';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Values of a metric over windows, for whoever is asked about. */
export interface ValuesQuery {
  readonly known: KnownMetric;
  readonly settings: OrganisationSettings;
  /** Half-open; they may overlap and leave gaps. */
  readonly windows: readonly Span[];
  readonly scope: TargetScope;
  /** A person, or a team with those that count to it; nobody for the organisation. */
  readonly entities: readonly string[];
  /** What counts as now. */
  readonly now: Instant;
  /** As it stood at this instant; left out, as it stands. */
  readonly at?: Instant;
  /** As it was known at this position of the log; left out, as it is known. */
  readonly knownSeq?: number;
  readonly split?: CreditSplit;
}

/** By key of the split (`null` without one, and for the rest): a value for each window. */
export type Values = ReadonlyMap<string | null, readonly (Scaled | null)[]>;

/** The values of one entity or of everybody, a window each. */
export async function readValues(
  sql: Sql,
  orgId: string,
  query: Omit<ValuesQuery, 'split'>,
): Promise<readonly (Scaled | null)[]> {
  return (await readSplitValues(sql, orgId, query)).get(null)!;
}

/** The same for each part of a split. Without any credit there is no part. */
export async function readSplitValues(
  sql: Sql,
  orgId: string,
  query: ValuesQuery,
): Promise<Values> {
  const { known, settings, windows, now, at = now, split } = query;
  const bases = basesOf(known.metric, known.all);
  const sums = await inOrgSnapshot(sql, orgId, async (tx) => {
    const ids = bases.map((base) => base.id);
    const measures = await readMeasures(tx, orgId, ids);
    const found = new Sums();
    for (const { subject, component, measure } of measures) {
      const base = bases.find((one) => one.id === subject)!;
      await readComponent(tx, orgId, { query, base, component, measure, at }, found);
    }
    return found;
  });
  const keys = split ? sums.keys() : [null];
  return new Map(
    keys.map((key) => [
      key,
      windows.map((window, index) => {
        const read = (metric: Metric, component: number) =>
          sums.get(metric.id, component, index, key);
        const context = { metrics: known.all, currency: settings.currency, window, at, read };
        return valueOf(known.metric, context).value;
      }),
    ]),
  );
}

interface Component {
  readonly query: ValuesQuery;
  readonly base: Metric;
  readonly component: number;
  readonly measure: string;
  readonly at: Instant;
}

/** Windows under different versions may be put together differently: each way is asked once. */
async function readComponent(
  tx: Tx,
  orgId: string,
  { query, base, component, measure, at }: Component,
  found: Sums,
): Promise<void> {
  const ways = new Map<string, { aggregate: CreditAggregate; cap?: Scaled; places: number[] }>();
  for (const [index, window] of query.windows.entries()) {
    const definition = inForce(base, { window, at });
    const aggregate = component === 0 ? aggregateOf(definition.kind) : 'sum';
    const text = 'caps' in definition ? definition.caps?.day : undefined;
    const cap = text === undefined ? undefined : parseScaled(text, scaleOf(base, query.settings));
    const way = `${aggregate} ${cap?.ok ? cap.value : ''}`;
    const known = ways.get(way) ?? {
      aggregate,
      ...(cap?.ok ? { cap: cap.value } : {}),
      places: [],
    };
    known.places.push(index);
    ways.set(way, known);
  }
  const { scope, entities, knownSeq, split, settings } = query;
  for (const { aggregate, cap, places } of ways.values()) {
    const rows = await readWindowTotals(tx, orgId, {
      measure,
      aggregate,
      windows: places.map((place) => datesOf(query.windows[place]!)),
      scope,
      entities,
      ...(cap === undefined ? {} : { dayCap: { cap, timeZone: settings.timeZone } }),
      ...(query.at === undefined ? {} : { at: new Date(query.at) }),
      ...(knownSeq === undefined ? {} : { knownSeq }),
      ...(split === undefined ? {} : { split }),
    });
    for (const { window, key, value, credits } of rows) {
      const scaled = aggregate === 'distinct' ? value * ONE : value;
      const sum = { value: scaled, reachedAt: 0, credits };
      found.set(base.id, component, places[window]!, key, sum);
    }
  }
}

const scaleOf = (metric: Metric, { currency }: OrganisationSettings): number =>
  unitOf(metric, currency).scale;

/** Postgres holds fewer years than an instant can; nothing happens outside of these. */
const EARLIEST: Instant = Date.UTC(1, 0, 1);
const LATEST: Instant = Date.UTC(9999, 0, 1);
const datesOf = ({ from, to }: Span) => ({
  from: new Date(Math.max(EARLIEST, from)),
  to: new Date(Math.min(LATEST, to)),
});

/** Sums by metric, component, window and part. */
class Sums {
  readonly #sums = new Map<string, Sum>();
  readonly #keys = new Set<string | null>();

  set(metric: string, component: number, window: number, key: string | null, sum: Sum): void {
    this.#sums.set(placeOf(metric, component, window, key), sum);
    this.#keys.add(key);
  }

  get(metric: string, component: number, window: number, key: string | null): Sum | undefined {
    return this.#sums.get(placeOf(metric, component, window, key));
  }

  keys(): (string | null)[] {
    return [...this.#keys];
  }
}

const placeOf = (metric: string, component: number, window: number, key: string | null): string =>
  `${metric} ${component} ${window} ${key === null ? '' : `=${key}`}`;
