import fc from 'fast-check';
import { plainBoard, type BoardDefinition } from './board.ts';
import { creditKey, type Credit } from './credit.ts';
import { aloneKey, factOf, groupOf, isFact, NO_FACTS } from './fact-group.ts';
import { Floor, type Filled } from './floor.ts';
import type { LogEvent } from './event.ts';
import { Book, type Told } from './floor.fixture.ts';
import { applyEvent, type Change } from './fold.ts';
import type { MetricDefinition, UnitKind } from './metric.ts';
import { OpenBoard } from './open-board.ts';

/** Counts one page of the log in the oldest set that is being counted, as the projector does. */
export function recountPage(floor: Floor, book: Book, size: number): Filled[] {
  const [set] = floor.measures.building();
  if (!set) return [];
  const last = Math.min(set.until, set.filledTo + size);
  const filled: Filled[] = [];
  for (const event of book.events.values()) {
    if (!isFact(event) || event.seq <= set.filledTo || event.seq > last) continue;
    const key = groupOf(event) ?? aloneKey(event.key);
    const group = book.groups.get(key) ?? { ...NO_FACTS, facts: [factOf(event)] };
    const first = Math.min(...group.facts.map((fact) => fact.seq));
    if (first === event.seq) filled.push(...floor.fill(set, key, group));
  }
  set.filledTo = last;
  if (last >= set.until) floor.finish(set);
  return filled;
}

export function recountAll(floor: Floor, book: Book): void {
  while (floor.measures.building().length > 0) recountPage(floor, book, 1_000);
}

/** Credits as a store keeps them: every one with the event by which it came and went. */
export class Ledger {
  readonly rows: { credit: Credit; gone: number | null }[] = [];
  readonly #standing = new Map<string, { credit: Credit; gone: number | null }>();

  hear(seq: number, { filled, removed, added }: Change): void {
    this.fill(filled);
    for (const credit of removed) {
      const row = this.#standing.get(creditKey(credit));
      if (!row) throw new Error(`nothing stands of ${creditKey(credit)}`);
      row.gone = seq;
      this.#standing.delete(creditKey(credit));
    }
    this.fill(added.map((credit) => ({ credit, by: null })));
  }

  fill(filled: readonly Filled[]): void {
    for (const { credit, by } of filled) {
      const row = { credit, gone: by };
      this.rows.push(row);
      if (by !== null) continue;
      if (this.#standing.has(creditKey(credit))) throw new Error(`${creditKey(credit)} twice`);
      this.#standing.set(creditKey(credit), row);
    }
  }

  /** Throws away what was counted in measures that are begun again. */
  forget(measures: ReadonlySet<string>): void {
    const kept = this.rows.filter(({ credit }) => !measures.has(credit.measure));
    this.rows.splice(0, this.rows.length, ...kept);
    for (const [key, { credit }] of this.#standing) {
      if (measures.has(credit.measure)) this.#standing.delete(key);
    }
  }

  standing(): Credit[] {
    return [...this.#standing.values()].map(({ credit }) => credit);
  }

  /** What anybody may see of the measures that answer, in an order of its own. */
  seen(floor: Floor): string[] {
    const answers = new Set(
      floor.measures
        .all()
        .flatMap((set) => (set.ready ? set.measures.map((measure) => measure.key) : [])),
    );
    return this.rows
      .filter(({ credit }) => answers.has(credit.measure))
      .map(({ credit, gone }) =>
        JSON.stringify([credit, gone], (_, one: unknown) =>
          typeof one === 'bigint' ? String(one) : one,
        ),
      )
      .sort();
  }
}

const inRegion = [{ field: 'attributes.region' as const, is: ['north'] }];

/** Ways of counting that tests publish in place of what `deals` and `revenue` are. */
export const DEFINITIONS: readonly MetricDefinition[] = [
  { kind: 'count', events: ['deal.won', 'deal.lost'] },
  { kind: 'sum', of: 'amount', events: ['deal.won', 'payment.received', 'payment.refunded'] },
  { kind: 'count', events: ['activity.logged'], caps: { day: '2' } },
  { kind: 'count', events: ['deal.won'], where: inRegion },
];

export const published = (
  metric: 'deals' | 'revenue',
  definition: MetricDefinition,
  version: number,
  from: number,
): object => ({
  type: 'metric.published',
  metric: {
    id: metric,
    unit: metric === 'deals' ? 'count' : 'money',
    better: 'higher',
    class: null,
  },
  version: { version, from, definition },
});

/** Boards with filters of their own, over a sum, a rate and a scorecard. */
export const FILTERED: readonly BoardDefinition[] = (
  ['revenue', 'win-rate', 'activity-points', 'deals'] as const
).map((metric, n) => ({
  id: `brd_${n}`,
  slug: `north-${metric}`,
  metric,
  period: 'all',
  of: n === 1 ? 'teams' : 'people',
  where: n === 2 ? [{ field: 'source', is: ['s'] }] : inRegion,
}));

/** Changes of what is counted: metrics, and boards with filters. */
export const changes = (now: number): fc.Arbitrary<Told[]> => {
  const metric = fc
    .tuple(fc.constantFrom(...DEFINITIONS), fc.integer({ min: 0, max: 40 }), fc.boolean())
    .map(
      ([definition, days, money]) =>
        (n: number) =>
          published(
            money && definition.kind === 'sum' ? 'revenue' : 'deals',
            definition.kind === 'sum' && !money ? DEFINITIONS[0]! : definition,
            n + 2,
            now - days * 86_400_000,
          ),
    );
  const saved = fc
    .constantFrom(...FILTERED)
    .map((board) => () => ({ type: 'board.saved', board }) as object);
  const removed = fc.constantFrom(...FILTERED).map(
    ({ id }) =>
      () =>
        ({ type: 'board.removed', board: id }) as object,
  );
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: metric }, { weight: 3, arbitrary: saved }, removed), {
      maxLength: 4,
    })
    .map((all) => all.map((make, n) => ({ ...make(n), name: `m${n}`, at: now }) as Told));
};

/** As after a restart in the middle: settings from what was saved, standing credits read again. */
export function restarted(floor: Floor, ledger: Ledger): Floor {
  const next = new Floor();
  next.loadSettings(JSON.parse(JSON.stringify(floor.saveSettings())) as never, floor.seq);
  next.clock = floor.clock;
  const forgotten = new Set(
    next.measures.building().flatMap((set) => set.measures.map((measure) => measure.key)),
  );
  const loaded = new Set(
    next.measures.all().flatMap((set) => set.measures.map((measure) => measure.key)),
  );
  ledger.forget(forgotten);
  for (const credit of ledger.standing()) if (loaded.has(credit.measure)) next.give(credit);
  return next;
}

/** Folds a log; what is to be counted anew is counted to its end right away. */
export function foldCounted(log: readonly LogEvent[]): Floor {
  const floor = new Floor();
  const book = new Book();
  for (const event of log) {
    applyEvent(floor, book, event);
    book.events.set(event.key, event);
    recountAll(floor, book);
  }
  return floor;
}

/** Boards as they are seen now: ranked lines and what all have together. */
export const shown = (floor: Floor, boards: readonly BoardDefinition[]): object =>
  Object.fromEntries(
    boards.map((definition) => {
      const board = new OpenBoard(definition, floor);
      board.keepUp(floor);
      return [definition.slug, [board.lines(floor), board.totals(floor)]];
    }),
  );

const won = { events: ['deal.won'] as const };
/** One metric of every kind, by its unit. */
export const EVERY_KIND: readonly (readonly [UnitKind, MetricDefinition])[] = [
  ['count', { kind: 'count', events: ['deal.won', 'activity.logged'] }],
  ['count', { kind: 'count', events: ['activity.logged'], caps: { day: '0.5' } }],
  ['money', { kind: 'sum', of: 'amount', ...won, caps: { event: '3' } }],
  ['points', { kind: 'sum', of: 'attributes.seats', ...won }],
  ['money', { kind: 'average', of: 'amount', ...won }],
  ['money', { kind: 'min', of: 'amount', ...won }],
  ['money', { kind: 'max', of: 'amount', events: ['deal.won', 'deal.opened'] }],
  ['points', { kind: 'latest', of: 'attributes.seats', ...won }],
  ['count', { kind: 'distinct', of: 'attributes.seats', events: ['deal.won', 'deal.lost'] }],
  ['percent', { kind: 'share', of: won, among: { events: ['deal.won', 'deal.lost'] } }],
  ['percent', { kind: 'conversion', from: 'opened', to: 'won' }],
  ['duration', { kind: 'cycle' }],
  ['duration', { kind: 'first_activity' }],
  ['money', { kind: 'ratio', top: 'revenue', bottom: 'deals' }],
  ['percent', { kind: 'ratio', top: 'deals', bottom: 'met_0' }],
  [
    'points',
    {
      kind: 'scorecard',
      parts: [
        { metric: 'met_0', weight: '1.5', cap: '2' },
        { metric: 'met_4', weight: '0.25' },
        { metric: 'met_10', weight: '-1' },
      ],
    },
  ],
];

export const everyKind: Told[] = EVERY_KIND.map(
  ([unit, definition], n) =>
    ({
      type: 'metric.published',
      metric: { id: `met_${n}`, unit, better: n % 3 === 2 ? 'lower' : 'higher', class: null },
      version: { version: 1, from: 0, definition },
      name: `kind${n}`,
      at: 0,
    }) as Told,
);
export const EVERY_BOARD: readonly BoardDefinition[] = EVERY_KIND.flatMap((_, n) => [
  plainBoard(n % 2 === 0 ? 'people' : 'teams', `met_${n}`, 'all'),
  plainBoard('people', `met_${n}`, 'month'),
]);
