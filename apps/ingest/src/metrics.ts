import {
  BEGINNING,
  checkMetric,
  createCalendar,
  definitionOf,
  madeOf,
  STARTER_METRICS,
  unitOf,
  type Instant,
  type Metric,
  type MetricDefinition,
  type MetricId,
} from '@ovation/domain';
import { newId } from '@ovation/host';
import type { MetricAnswer, PostMetric } from '@ovation/protocol';
import { countTargets, saveMetric, type MetricRow } from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { openBook, type Book } from './figures/book.ts';
import { orRefuse, ProblemError } from './problem.ts';
import { writeSettings, type Author } from './settings-writer.ts';

/** An organisation's own metrics at most. */
const METRICS_MAX = 500;
/** Versions kept of one metric. */
const VERSIONS_MAX = 200;

/** Defines a new metric; it counts what happened since ever, or from a date on. */
export async function addMetric(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  draft: PostMetric,
): Promise<MetricAnswer> {
  const book = await openBook(deps.sql, orgId);
  if (book.metrics.length >= METRICS_MAX) {
    throw new ProblemError('refused', `An organisation has at most ${METRICS_MAX} metrics.`);
  }
  const id = newId('met');
  const { name, names = {}, description = '', unit, better = 'higher' } = draft;
  const frame = { id, unit, better, class: draft.class ?? null };
  const from = draft.from === undefined ? BEGINNING : dayOf(book, draft.from);
  const definition = draft.definition as MetricDefinition;
  const row = { id, name, names, description };
  await publish(
    deps,
    book,
    author,
    row,
    { ...frame, versions: [], retired: false },
    {
      definition,
      from,
    },
  );
  return metricAnswer(await openBook(deps.sql, orgId), id);
}

/** Publishes another way of counting a metric, from a date on (today unless said). */
export async function addVersion(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: MetricId,
  change: { definition: MetricDefinition; from?: string },
): Promise<MetricAnswer> {
  const book = await openBook(deps.sql, orgId);
  const metric = mustHave(book, id);
  const today = book.calendar.windowOf('day', deps.clock.now()).from;
  const from = change.from === undefined ? today : dayOf(book, change.from);
  const row = rowOf(book, id);
  await publish(deps, book, author, row, metric, { definition: change.definition, from });
  return metricAnswer(await openBook(deps.sql, orgId), id);
}

type Naming = Pick<MetricRow, 'id' | 'name' | 'names' | 'description'>;

async function publish(
  deps: IngestDeps,
  book: Book,
  author: Author,
  naming: Naming,
  metric: Metric,
  { definition, from }: { definition: MetricDefinition; from: Instant },
): Promise<void> {
  const number = (metric.versions.at(-1)?.version ?? 0) + 1;
  const version = { version: number, from, definition };
  // A version takes over from its start on, whatever was planned after it.
  const versions = [...metric.versions.filter((one) => one.from < from), version];
  if (versions.length > VERSIONS_MAX) {
    throw new ProblemError('refused', `A metric has at most ${VERSIONS_MAX} versions.`);
  }
  const next = { ...metric, versions };
  const known = new Map(book.byId).set(metric.id, next);
  orRefuse(checkMetric(next, known, book.settings.currency));
  const former = metric.versions.at(-1);
  const notes = [
    ...(book.metrics.find((one) => one.id === metric.id)?.definition.notes ?? []),
    { version: number, publishedAt: new Date(deps.clock.now()).toISOString(), by: author.id },
  ];
  await writeSettings(deps, book.orgId, author, async (tx) => {
    await saveMetric(tx, book.orgId, { ...naming, definition: { metric: next, notes } });
    const { id, unit, better, class: kind } = metric;
    const frame = { id, unit, better, class: kind };
    const was = former === undefined ? {} : { was: former };
    const event = { type: 'metric.published' as const, metric: frame, version, ...was };
    return { value: undefined, events: [event] };
  });
}

/** Gives a metric another name or description. */
export async function renameMetric(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: MetricId,
  change: { name?: string; names?: Record<string, string>; description?: string },
): Promise<MetricAnswer> {
  const book = await openBook(deps.sql, orgId);
  mustHave(book, id);
  const before = rowOf(book, id);
  const after = { ...before, ...change };
  const wordsOf = ({ name, names, description }: Naming) => ({ name, names, description });
  await writeSettings(deps, orgId, author, async (tx) => {
    await saveMetric(tx, orgId, after);
    const event = { type: 'metric.named' as const, subject: id, now: wordsOf(after) };
    return { value: undefined, events: [{ ...event, was: wordsOf(before) }] };
  });
  return metricAnswer(await openBook(deps.sql, orgId), id);
}

/** Takes a metric out of the lists, or brings it back; what it counted stays. */
export async function retireMetric(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: MetricId,
  retired: boolean,
): Promise<MetricAnswer> {
  const book = await openBook(deps.sql, orgId);
  const metric = mustHave(book, id);
  const row = rowOf(book, id);
  await writeSettings(deps, orgId, author, async (tx) => {
    const definition = { ...row.definition, metric: { ...metric, retired } };
    await saveMetric(tx, orgId, { ...row, definition });
    const event = { type: 'metric.retired' as const, metric: id, retired };
    return { value: undefined, events: [{ ...event, was: metric.retired }] };
  });
  return metricAnswer(await openBook(deps.sql, orgId), id);
}

function mustHave(book: Book, id: MetricId): Metric {
  const metric = book.byId.get(id);
  if (!metric) throw new ProblemError('not_found', 'There is no such metric.');
  return metric;
}

/** A starter metric has no row until it is changed. */
function rowOf(book: Book, id: MetricId): MetricRow {
  const metric = book.byId.get(id)!;
  const fresh = { id, name: '', names: {}, description: '', definition: { metric, notes: [] } };
  return book.metrics.find((one) => one.id === id) ?? fresh;
}

function dayOf(book: Book, date: string): Instant {
  try {
    return createCalendar(book.settings).startOf(date);
  } catch {
    const detail = 'Write "from" as a real date, such as 2026-11-01.';
    throw new ProblemError('refused', detail, [{ code: 'bad_date', detail, pointer: '/from' }]);
  }
}

/** Every metric of an organisation as the API tells it. */
export const metricAnswers = (book: Book): Promise<MetricAnswer[]> =>
  Promise.all([...book.byId.keys()].map((id) => metricAnswer(book, id)));

export async function metricAnswer(book: Book, id: MetricId): Promise<MetricAnswer> {
  const metric = mustHave(book, id);
  const { name, names, description, definition } = rowOf(book, id);
  const notes = new Map(definition.notes.map((note) => [note.version, note]));
  return {
    ...{ id, name, names, description, better: metric.better, class: metric.class },
    unit: unitOf(metric, book.settings.currency),
    starter: STARTER_METRICS.some((one) => one.id === id),
    retired: metric.retired,
    versions: metric.versions.map((one) => ({
      version: one.version,
      from: one.from <= BEGINNING ? null : new Date(one.from).toISOString(),
      definition: one.definition,
      publishedAt: notes.get(one.version)?.publishedAt ?? null,
      by: notes.get(one.version)?.by ?? null,
    })),
    rebuild: rebuildOf(book, id),
    used: {
      boards: book.boards
        .filter((board) => leadsTo(book, board.definition.metric, id))
        .map(({ slug, name: called }) => ({ slug, name: called })),
      metrics: [...book.byId.values()]
        .filter((one) => madeOf(definitionOf(one)).includes(id))
        .map((one) => one.id),
      targets: await countTargets(book.sql, book.orgId, id),
    },
  };
}

/** How far a change of it is counted. */
function rebuildOf(book: Book, id: MetricId): MetricAnswer['rebuild'] {
  const open = book.states.filter(
    (state) => !state.ready && (state.subject === id || state.subject.startsWith(`${id}?`)),
  );
  // What was overtaken by a newer change stays unfinished for good.
  const newest = Math.max(0, ...open.map((state) => state.fromSeq));
  const ready = book.states.filter((state) => state.subject === id && state.ready);
  if (open.length === 0 || ready.some((state) => state.fromSeq >= newest)) return null;
  const current = open.filter((state) => state.fromSeq === newest);
  return {
    done: Math.min(...current.map((state) => state.done)),
    total: newest,
  };
}

/** Whether a metric is another, or is made of it. */
export function leadsTo(book: Book, from: MetricId, to: MetricId, depth = 0): boolean {
  if (from === to) return true;
  const metric = book.byId.get(from);
  if (!metric || depth > 8) return false;
  return madeOf(definitionOf(metric)).some((part) => leadsTo(book, part, to, depth + 1));
}
