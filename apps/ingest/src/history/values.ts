import {
  valueOf,
  type Instant,
  type ReadComponent,
  type Sum,
  type TargetScope,
  type Valued,
  type Window,
} from '@ovation/domain';
import { readPartTotals, type SplitBy, type Whose } from '@ovation/store';
import { measureOf, type Book } from '../figures/book.ts';
import { componentsNeeded, readValues, storable } from '../figures/values.ts';
import type { KnownMetric } from './metrics.ts';

type Span = Pick<Window, 'from' | 'to'>;

/** Somebody, a team with those below it, or the organisation. */
export interface Subject {
  readonly scope: TargetScope;
  /** `null` for the organisation. */
  readonly entity: string | null;
}

export interface SpansQuery {
  /** Half-open; they may overlap and leave gaps. */
  readonly windows: readonly Span[];
  /** What had happened by then. */
  readonly at: Instant;
}

/** A metric's values for one subject, one for each window. */
export async function valuesOf(
  { metric, book }: KnownMetric,
  { scope, entity }: Subject,
  { windows, at }: SpansQuery,
): Promise<Valued[]> {
  const of = scope === 'person' ? 'people' : scope === 'team' ? 'teams' : 'everybody';
  const who = entity === null ? {} : { entity };
  const values = await readValues(book, metric.id, { windows, at, known: null, of, ...who });
  return windows.map((_, window) => values.value(window, entity ?? '*'));
}

/** The credits of a subject. */
export function whoseOf({ lines }: Book, { scope, entity }: Subject): Whose {
  if (entity === null) return {};
  if (scope === 'person') return { person: entity };
  return { teams: lines.flatMap(([team, above]) => (above === entity ? [team] : [])) };
}

/** A part of a subject's values: a person, a team, or a value of an attribute. */
export interface PartValues {
  /** As somebody wrote it, of an attribute. */
  readonly written: string | null;
  /** One for each window. */
  readonly values: readonly Valued[];
}

/**
 * The same for each part of a subject; with `only`, all other parts are one under `null`. A part
 * without any credit is left out.
 */
export async function partsOf(
  { metric, book }: KnownMetric,
  subject: Subject,
  query: SpansQuery & { readonly by: SplitBy; readonly only?: readonly string[] },
): Promise<Map<string | null, PartValues>> {
  const { windows, at, by, only } = query;
  const { currency, timeZone } = book.settings;
  const contextOf = (window: Span, read: ReadComponent) => ({
    metrics: book.byId,
    currency,
    window,
    at,
    read,
  });
  const sums = new Map<string, Sum>();
  const keys = new Map<string | null, string | null>();
  const place = (metricId: string, component: number, window: number, key: string | null) =>
    `${metricId}|${component}|${window}|${key === null ? '' : `=${key}`}`;
  for (const need of componentsNeeded(metric, windows, contextOf)) {
    const measure = measureOf(book, need.metric, null, need.component, null);
    if (measure === undefined) continue;
    const places = [...new Set(need.windows)];
    const rows = await readPartTotals(book.sql, book.orgId, {
      measure,
      aggregate: need.aggregate,
      ...(need.dayCap === undefined ? {} : { dayCap: need.dayCap }),
      timeZone,
      windows: places.map((index) => ({
        from: storable(windows[index]!.from),
        to: storable(windows[index]!.to),
      })),
      at: storable(at),
      known: null,
      whose: whoseOf(book, subject),
      by,
      ...(only === undefined ? {} : { only }),
    });
    for (const { window, key, written, value, credits } of rows) {
      keys.set(key, written);
      const sum = { value, reachedAt: 0, credits };
      sums.set(place(need.metric, need.component, places[window]!, key), sum);
    }
  }
  const values = (key: string | null) =>
    windows.map((window, index) => {
      const read: ReadComponent = (base, component) =>
        sums.get(place(base.id, component, index, key));
      return valueOf(metric, contextOf(window, read));
    });
  return new Map([...keys].map(([key, written]) => [key, { written, values: values(key) }]));
}
