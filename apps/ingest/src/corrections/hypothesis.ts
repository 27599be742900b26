import {
  aloneKey,
  applyEvent,
  factOf,
  Floor,
  groupOf,
  hasFilter,
  isFact,
  NO_FACTS,
  plainBoard,
  settingsFrom,
  subjectOf,
  undo,
  type BoardDefinition,
  type Change,
  type Credit,
  type FactBody,
  type FactBook,
  type FactGroup,
  type FixedPeriod,
  type LogEvent,
} from '@ovation/domain';
import { readCredits, readGroups, readProjection, type CreditSpan } from '@ovation/store';
import type { Book } from '../figures/book.ts';
import { storable } from '../figures/values.ts';

/** Longer windows hold too much to be counted while somebody waits for an answer. */
const PERIODS = ['day', 'week', 'month', 'quarter'] as const;
const METRICS = ['revenue', 'deals', 'activities'] as const;
const FIXED: ReadonlySet<string> = new Set<FixedPeriod>(PERIODS);

/** A floor as it stands without a correction, and what the correction would take and give. */
export interface Hypothesis {
  readonly floor: Floor;
  readonly change: Pick<Change, 'removed' | 'added'>;
  readonly boards: readonly BoardDefinition[];
  /** The event's group of facts, without and with the correction. */
  readonly before: FactGroup;
  readonly after: FactGroup;
}

/** Everything that was said of the event's deal or payment; the event alone where it is of none. */
export async function groupNow({ sql, orgId }: Book, event: LogEvent): Promise<FactGroup> {
  const groups = await readGroups(sql, orgId, [keyOf(event)]);
  return new LentGroups(groups, event).get(keyOf(event));
}

/**
 * Folds a correction that nobody has decided about, on a floor of its own with what the windows
 * that hold the event count. Writes nothing.
 */
export async function suppose(
  book: Book,
  event: LogEvent,
  correction: FactBody,
): Promise<Hypothesis> {
  const { sql, orgId } = book;
  const floor = new Floor();
  const head = await readProjection(sql, orgId);
  if (head) {
    floor.loadSettings(settingsFrom(head.settings), head.seq);
    floor.clock = head.clock;
  }
  const boards = boardsOf(book);
  const span = spanOf(book, event, floor.seq);
  const measures = measuresOf(floor, boards);
  await readCredits(sql, orgId, measures, (credit) => floor.give(credit), span);
  const key = keyOf(event);
  const lent = new LentGroups(await readGroups(sql, orgId, [key]), event);
  const before = lent.get(key);
  giveTheRest(floor, before, (credit) => measures.includes(credit.measure) && isIn(span, credit));
  const at = { occurredAt: floor.clock, recordedAt: floor.clock };
  const next = { ...correction, ...at, seq: floor.seq + 1, key: SUPPOSED } as LogEvent;
  const change = applyEvent(floor, lent, next);
  undo(floor, change);
  return { floor, change, boards, before, after: lent.get(key) };
}

const isIn = ({ from, to }: CreditSpan, { at }: Credit): boolean =>
  at >= from.getTime() && at < to.getTime();

/** What the group itself counts elsewhere: the fold takes it back from there, too. */
function giveTheRest(floor: Floor, group: FactGroup, given: (credit: Credit) => boolean): void {
  const ready = new Set(
    floor.measures
      .all()
      .filter((set) => set.ready)
      .flatMap((set) => set.measures.map((measure) => measure.key)),
  );
  for (const credit of floor.creditsOfGroup(group, floor.seq)) {
    if (ready.has(credit.measure) && !given(credit)) floor.give(credit);
  }
}

/** No source has this name. */
const SUPPOSED = 'supposed/correction';

/** The boards that every metric has, and those of the organisation, over short windows. */
function boardsOf({ boards }: Book): BoardDefinition[] {
  const plain = METRICS.flatMap((metric) =>
    PERIODS.flatMap((period) => [
      plainBoard('people', metric, period),
      plainBoard('teams', metric, period),
    ]),
  );
  const own = boards.map((row) => row.definition).filter((one) => FIXED.has(one.period));
  return [...plain, ...own];
}

function measuresOf(floor: Floor, boards: readonly BoardDefinition[]): string[] {
  const keys = boards.flatMap((board) => {
    const filter = hasFilter(board) ? board.id : null;
    return floor
      .basesOf(board.metric)
      .map((base) => floor.measures.ready(subjectOf(base.id, filter)))
      .flatMap((set) => set?.measures.map((measure) => measure.key) ?? []);
  });
  return [...new Set(keys)];
}

/** The longest window that holds the event, and the one before it, which boards compare with. */
function spanOf({ calendar }: Book, event: LogEvent, known: number): CreditSpan {
  const at = ('countsAt' in event ? event.countsAt : undefined) ?? event.occurredAt;
  const windows = PERIODS.map((period) => calendar.windowOf(period, at));
  const before = calendar.previous(windows.at(-1)!);
  return {
    from: storable(Math.min(before.from, ...windows.map((window) => window.from))),
    to: storable(Math.max(...windows.map((window) => window.to))),
    known,
  };
}

const keyOf = (event: LogEvent): string =>
  (isFact(event) ? groupOf(event) : undefined) ?? aloneKey(event.key);

/** The group of one event, and the event itself where it stands alone. */
class LentGroups implements FactBook {
  readonly #groups: Map<string, FactGroup>;
  readonly #event: LogEvent;

  constructor(groups: Map<string, FactGroup>, event: LogEvent) {
    this.#groups = groups;
    this.#event = event;
  }

  get(key: string): FactGroup {
    const event = this.#event;
    const alone = key === aloneKey(event.key) && isFact(event) && groupOf(event) === undefined;
    return this.#groups.get(key) ?? (alone ? { ...NO_FACTS, facts: [factOf(event)] } : NO_FACTS);
  }

  set(key: string, group: FactGroup): void {
    this.#groups.set(key, group);
  }

  groupOf(eventKey: string): string | undefined {
    const event = this.#event;
    return eventKey === event.key && isFact(event) ? groupOf(event) : undefined;
  }
}
