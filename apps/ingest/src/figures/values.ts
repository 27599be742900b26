import {
  valueOf,
  type Aggregate,
  type Instant,
  type Metric,
  type MetricId,
  type ReadComponent,
  type Scaled,
  type Sum,
  type ValueContext,
  type Valued,
  type Window,
} from '@ovation/domain';
import { readComponentTotals, type TotalsQuery } from '@ovation/store';
import { measureOf, metricsKnownAt, type Book } from './book.ts';

type Span = Pick<Window, 'from' | 'to'>;

/** What is asked about a metric. */
export interface ValuesQuery {
  readonly windows: readonly Span[];
  /** What had happened by then. */
  readonly at: Instant;
  /** As it was known then: the newest seq and the instant; `null` as it is known now. */
  readonly known: { readonly seq: number; readonly at: Instant } | null;
  readonly of: TotalsQuery['of'];
  readonly entity?: string;
  /** A board's own filter, by the board's id. */
  readonly filter?: string | null;
}

/** A metric's values in some windows: ask by window and entity; nobody is left out. */
export interface Values {
  /** `entity` is `*` for everybody. */
  value(window: number, entity: string): Valued;
  /** What `value` is worked out with; `undefined` for a metric or window that is not there. */
  context(window: number, entity: string): ValueContext | undefined;
  /** Who has anything in a window. */
  entities(window: number): ReadonlySet<string>;
}

/** Reads what a metric comes to, from the credits in the store. */
export async function readValues(
  book: Book,
  metric: MetricId,
  query: ValuesQuery,
): Promise<Values> {
  const metrics = query.known === null ? book.byId : metricsKnownAt(book, query.known.at);
  const definition = metrics.get(metric);
  const { currency } = book.settings;
  const contextOf = (window: Span, read: ReadComponent) => ({
    metrics,
    currency,
    window,
    at: query.at,
    read,
  });
  const sums = new Map<string, Sum>();
  const seen = query.windows.map(() => new Set<string>());
  if (definition) {
    for (const need of componentsNeeded(definition, query.windows, contextOf)) {
      await readInto(sums, seen, book, need, query);
    }
  }
  const context = (window: number, entity: string): ValueContext | undefined => {
    const span = query.windows[window];
    if (!definition || !span) return undefined;
    return contextOf(span, (base, component) =>
      sums.get(`${base.id}|${component}|${window}|${entity}`),
    );
  };
  return {
    value(window, entity) {
      const found = context(window, entity);
      if (!definition || !found) return { value: null, reachedAt: 0, credits: 0 };
      return valueOf(definition, found);
    },
    context,
    entities: (window) => seen[window] ?? new Set(),
  };
}

interface Need {
  readonly metric: MetricId;
  readonly component: number;
  readonly aggregate: Aggregate;
  readonly dayCap: Scaled | undefined;
  readonly windows: number[];
}

/** Which components a value is made of, found out by making it of nothing. */
export function componentsNeeded(
  metric: Metric,
  windows: readonly Span[],
  contextOf: (window: Span, read: ReadComponent) => Parameters<typeof valueOf>[1],
): Need[] {
  const needs = new Map<string, Need>();
  windows.forEach((window, place) => {
    const note: ReadComponent = (base, component, { aggregate, dayCap }) => {
      const key = `${base.id}|${component}|${aggregate}|${dayCap ?? ''}`;
      const known = needs.get(key);
      if (known) known.windows.push(place);
      else {
        needs.set(key, { metric: base.id, component, aggregate, dayCap, windows: [place] });
      }
      return undefined;
    };
    valueOf(metric, contextOf(window, note));
  });
  return [...needs.values()];
}

async function readInto(
  sums: Map<string, Sum>,
  seen: readonly Set<string>[],
  book: Book,
  need: Need,
  query: ValuesQuery,
): Promise<void> {
  const known = query.known?.seq ?? null;
  const measure = measureOf(book, need.metric, query.filter ?? null, need.component, known);
  if (measure === undefined) return;
  const places = [...new Set(need.windows)];
  const { entity } = query;
  const rows = await readComponentTotals(book.sql, book.orgId, {
    measure,
    aggregate: need.aggregate,
    ...(need.dayCap === undefined ? {} : { dayCap: need.dayCap }),
    timeZone: book.settings.timeZone,
    windows: places.map((place) => ({
      from: storable(query.windows[place]!.from),
      to: storable(query.windows[place]!.to),
    })),
    at: storable(query.at),
    known,
    of: query.of,
    lines: book.lines,
    ...(entity === undefined ? {} : { entity }),
  });
  for (const { window, id, value, reachedAt, credits } of rows) {
    const place = places[window]!;
    seen[place]!.add(id);
    const key = `${need.metric}|${need.component}|${place}|${id}`;
    sums.set(key, { value, reachedAt, credits });
  }
}

/** The dates that Postgres can hold stand for all time. */
export const storable = (at: Instant): Date =>
  new Date(Math.max(Date.UTC(1, 0, 1), Math.min(at, Date.UTC(9999, 0, 1))));
