import type { Instant, Valued, Window } from '@ovation/domain';
import { HISTORY_PARTS_MAX, REST_PART, type HistoryAnswer } from '@ovation/protocol';
import { readTargetsOf, readWordsFor, type SplitBy } from '@ovation/store';
import { csvOf } from './csv.ts';
import { textOf, type KnownMetric } from './metrics.ts';
import { windowsAsked, windowsBefore, type Step } from './span.ts';
import { partsOf, valuesOf, type Subject } from './values.ts';

export interface SeriesQuery extends Subject {
  readonly known: KnownMetric;
  readonly by: Step;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly at: Instant;
  readonly split?: SplitBy | undefined;
  readonly compare: boolean;
}

/** A metric by day, week, month, quarter or year. */
export async function series(query: SeriesQuery): Promise<HistoryAnswer> {
  const { known, by, at, compare, scope, entity } = query;
  const { metric, unit, book } = known;
  const windows = windowsAsked(book.calendar, by, query, at);
  const earlier = compare ? windowsBefore(book.calendar, windows) : [];
  const whole = spanOf(windows);
  const values = await valuesOf(known, query, { windows: [...windows, whole], at });
  const before = compare
    ? await valuesOf(known, query, { windows: [...earlier, spanOf(earlier)], at })
    : [];
  const keys = windows.map((window) => window.key);
  const place = { scope, entityId: entity ?? '', metric: metric.id, period: by, keys };
  const targets = await readTargetsOf(book.sql, book.orgId, place);
  const text = (valued: Valued | undefined, window: Pick<Window, 'from'>) =>
    window.from > at ? null : textOf(valued?.value ?? null, unit);
  return {
    metric: metric.id,
    unit,
    by,
    from: iso(whole.from),
    to: iso(whole.to),
    points: windows.map((window, index) => ({
      start: window.key,
      from: iso(window.from),
      to: iso(window.to),
      value: text(values[index], window),
      before: earlier[index] ? text(before[index], earlier[index]) : null,
      target: textOf(targets.get(window.key) ?? null, unit),
    })),
    total: text(values.at(-1), whole),
    totalBefore: compare ? text(before.at(-1), spanOf(earlier)) : null,
    parts: query.split === undefined ? [] : await parts(query, query.split, windows),
  };
}

const iso = (at: Instant): string => new Date(at).toISOString();

const spanOf = (windows: readonly Window[]): Pick<Window, 'from' | 'to'> => ({
  from: windows[0]!.from,
  to: windows.at(-1)!.to,
});

/** The largest parts over the whole time, point by point, and all others as one. */
async function parts(
  query: SeriesQuery,
  by: SplitBy,
  windows: readonly Window[],
): Promise<HistoryAnswer['parts']> {
  const { known, at } = query;
  const whole = spanOf(windows);
  const totals = await partsOf(known, query, { windows: [whole], at, by });
  const order = [...totals.keys()]
    .filter((key) => key !== null)
    .map((key) => ({ key, value: totals.get(key)!.values[0]!.value }))
    .sort((a, b) => largestFirst(a.value, b.value) || (a.key < b.key ? -1 : 1))
    .map((one) => one.key);
  const shown = order.slice(0, HISTORY_PARTS_MAX);
  const only = shown.length < order.length ? { only: shown } : {};
  const all = await partsOf(known, query, { windows: [...windows, whole], at, by, ...only });
  const names = await namesOf(known, by, shown);
  const part = (key: string | null, name: string) => {
    const values = all.get(key)?.values ?? [];
    const text = (valued: Valued | undefined, window: Pick<Window, 'from'>) =>
      window.from > at ? null : textOf(valued?.value ?? null, known.unit);
    return {
      key: key ?? REST_PART,
      name,
      total: text(values.at(-1), whole),
      values: windows.map((window, index) => text(values[index], window)),
    };
  };
  const told = shown.map((key) => part(key, names.get(key) ?? totals.get(key)?.written ?? key));
  return 'only' in only ? [...told, part(null, '')] : told;
}

function largestFirst(a: bigint | null, b: bigint | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a === b ? 0 : a > b ? -1 : 1;
}

/** What keys are called; whoever is nobody yet by the word that a source has for them. */
async function namesOf(
  { book }: KnownMetric,
  by: SplitBy,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (by === 'team') return new Map(book.teams.map((team) => [team.id, team.name]));
  if (by !== 'person') return new Map();
  const people = new Map(book.people.map((person) => [person.id, person.name]));
  const unknown = keys.filter((key) => !people.has(key));
  return new Map([...people, ...(await readWordsFor(book.sql, book.orgId, unknown))]);
}

/** A series as a table: one line a point, its parts beside it. */
export function seriesCsv({ metric, unit, points, parts }: HistoryAnswer): string {
  const named = unit.kind === 'money' ? unit.currency : unit.kind;
  const header = ['metric', 'unit', 'start', 'from', 'to', 'value', 'before', 'target'];
  const columns = parts.map(({ key, name }) =>
    key === REST_PART ? 'all others' : name === '' ? '(none)' : name,
  );
  const rows = points.map((point, index) => [
    ...[metric, named, point.start, point.from, point.to],
    ...[point.value, point.before, point.target],
    ...parts.map((part) => part.values[index] ?? null),
  ]);
  return csvOf([...header, ...columns], rows);
}
