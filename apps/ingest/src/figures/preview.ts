import {
  aloneKey,
  BEGINNING,
  checkMetric,
  factOf,
  Floor,
  groupOf,
  isFact,
  NO_FACTS,
  settingsFrom,
  unitOf,
  type FactGroup,
  type LogEvent,
  type MeasureSet,
  type Metric,
  type MetricDefinition,
  type Window,
} from '@ovation/domain';
import type { MetricPreview, PostMetricPreview } from '@ovation/protocol';
import { readFactsBetween, readGroups, readProjection } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { orRefuse } from '../problem.ts';
import { textOf } from '../routes/boards.ts';
import { leadsTo } from '../metrics.ts';
import type { Book } from './book.ts';
import { eventLine } from './event-line.ts';

const DAYS = 90;
/** Events counted at most; a busier time is shown as far back as they reach. */
const EVENTS_MAX = 50_000;
const PEOPLE_SHOWN = 50;
const SAMPLE = 20;
/** Past this many days the line is drawn by weeks. */
const BY_DAY_MAX = 31;
const DRAFT = 'draft';

/**
 * Counts by a draft on the facts of the last days, with the rules that everything is counted by,
 * on a floor of its own. Writes nothing.
 */
export async function previewMetric(
  deps: IngestDeps,
  book: Book,
  draft: PostMetricPreview,
): Promise<MetricPreview> {
  const metric = draftOf(book, draft);
  const now = deps.clock.now();
  const last = book.calendar.windowOf(`last-${draft.days ?? DAYS}`, now);
  const facts = await readFactsBetween(
    book.sql,
    book.orgId,
    { from: new Date(last.from), to: new Date(last.to) },
    EVENTS_MAX,
  );
  const from = facts.length < EVENTS_MAX ? last.from : facts.at(-1)!.occurredAt;
  const window: Window = { ...last, from };
  const current = draft.metric === undefined ? undefined : book.byId.get(draft.metric);
  const { floor, matched } = await countedFloor(book, facts, metric, current);
  const unit = unitOf(metric, book.settings.currency);
  const text = (of: Metric, entity: string, span: Window) => {
    const { value } = floor.valueOf(of, null, entity, span);
    return textOf(value, unitOf(of, book.settings.currency));
  };
  const by = (draft.days ?? DAYS) > BY_DAY_MAX ? 'week' : 'day';
  return {
    unit,
    from: new Date(from).toISOString(),
    to: new Date(last.to).toISOString(),
    matched: matched.length,
    seen: facts.length,
    value: text(metric, '*', window),
    valueNow: current ? text(current, '*', window) : null,
    series: book.calendar.windowsIn(window, by).map((span) => ({
      from: new Date(span.from).toISOString(),
      value: text(metric, '*', span),
    })),
    people: book.people
      .filter((person) => person.active)
      .map(({ id, name, names }) => ({
        entity: { id, name, names },
        sort: floor.valueOf(metric, null, id, window).value ?? 0n,
        value: text(metric, id, window),
        valueNow: current ? text(current, id, window) : null,
      }))
      .sort((a, b) => (a.sort === b.sort ? 0 : a.sort > b.sort ? -1 : 1))
      .slice(0, PEOPLE_SHOWN)
      .map(({ entity, value, valueNow }) => ({ entity, value, valueNow })),
    sample: matched.slice(0, SAMPLE).map(eventLine),
    moves: current ? movedBy(book, current) : [],
  };
}

/** The draft as a metric, checked like one that is published. */
function draftOf(book: Book, draft: PostMetricPreview): Metric {
  const definition = draft.definition as MetricDefinition;
  const metric: Metric = {
    id: DRAFT,
    unit: draft.unit,
    better: draft.better ?? 'higher',
    class: draft.class ?? null,
    versions: [{ version: 1, from: BEGINNING, definition }],
    retired: false,
  };
  const known = new Map(book.byId).set(DRAFT, metric);
  return orRefuse(checkMetric(metric, known, book.settings.currency));
}

/** A floor that counts these facts in the draft, in what it is made of, and in what is in force. */
async function countedFloor(
  book: Book,
  facts: readonly LogEvent[],
  draft: Metric,
  current: Metric | undefined,
): Promise<{ floor: Floor; matched: LogEvent[] }> {
  const floor = new Floor();
  const head = await readProjection(book.sql, book.orgId);
  if (head) {
    floor.loadSettings(settingsFrom(head.settings), head.seq);
    floor.clock = head.clock;
  }
  floor.metrics.set(draft.id, draft);
  const bases = [draft, current].flatMap((one) => (one ? floor.basesOf(one.id) : []));
  const sets = [...new Map(bases.map((base) => [base.id, base])).values()].map((base) =>
    floor.beginSet(base, null, floor.seq, true),
  );
  const own = new Set(floor.basesOf(draft.id).map((base) => base.id));
  const counted = new Set<string>();
  for (const [key, group] of await groupsOf(book, facts)) {
    for (const set of sets) {
      for (const { credit, by } of floor.fill(set, key, group)) {
        if (by === null && own.has(metricOf(set))) counted.add(credit.fact);
      }
    }
  }
  return { floor, matched: facts.filter((event) => counted.has(event.key)) };
}

const metricOf = (set: MeasureSet): string => set.subject;

/** The groups that facts belong to, as they are by now. */
export async function groupsOf(
  book: Book,
  facts: readonly LogEvent[],
): Promise<Map<string, FactGroup>> {
  const keys = facts.flatMap((event) =>
    isFact(event) ? [groupOf(event) ?? [], aloneKey(event.key)].flat() : [],
  );
  const stored = await readGroups(book.sql, book.orgId, [...new Set(keys)]);
  const groups = new Map<string, FactGroup>();
  for (const event of facts) {
    if (!isFact(event)) continue;
    const key = groupOf(event) ?? aloneKey(event.key);
    groups.set(key, stored.get(key) ?? { ...NO_FACTS, facts: [factOf(event)] });
  }
  return groups;
}

/** Metrics and boards that would move with a metric. */
function movedBy(book: Book, metric: Metric): string[] {
  const metrics = [...book.byId.values()].filter(
    (one) => one.id !== metric.id && !one.retired && leadsTo(book, one.id, metric.id),
  );
  const boards = book.boards.filter((board) => leadsTo(book, board.definition.metric, metric.id));
  return [...metrics.map((one) => one.id), ...boards.map((board) => board.slug)];
}
