import {
  aloneKey,
  applyEvent,
  creditKey,
  dealStatus,
  factOf,
  groupOf,
  isAlone,
  isFact,
  NO_FACTS,
  type Credit,
  type FactBook,
  type FactGroup,
  type Floor,
  type LogEvent,
} from '@ovation/domain';
import type { CreditWrites, GroupWrite } from '@ovation/store';

/** What a batch did. */
export interface BatchResult {
  readonly credits: CreditWrites;
  /** Every credit given or taken back, for boards and roll-ups. */
  readonly touched: readonly Credit[];
  /** Facts that counted and no longer do. */
  readonly gone: readonly string[];
  readonly groups: readonly GroupWrite[];
  readonly settingsChanged: boolean;
}

/** The groups a batch may touch, and the events it names, for as long as the batch lasts. */
export class LentBook implements FactBook {
  readonly #groups: Map<string, FactGroup>;
  readonly #events = new Map<string, LogEvent>();
  readonly touched = new Set<string>();
  /** The event that is being folded: what comes later is not known yet. */
  now = 0;

  constructor(groups: Map<string, FactGroup>, events: readonly LogEvent[]) {
    this.#groups = groups;
    for (const event of events) this.#events.set(event.key, event);
  }

  get(key: string): FactGroup | undefined {
    const known = this.#groups.get(key);
    if (known || !isAlone(key)) return known;
    const event = this.#events.get(key.slice(1));
    const alone = event && event.seq < this.now && isFact(event) && groupOf(event) === undefined;
    return alone ? { ...NO_FACTS, facts: [factOf(event)] } : undefined;
  }

  set(key: string, group: FactGroup): void {
    this.#groups.set(key, group);
    this.touched.add(key);
  }

  groupOf(eventKey: string): string | undefined {
    const event = this.#events.get(eventKey);
    return event && isFact(event) ? groupOf(event) : undefined;
  }
}

/** The event that a correction names. */
function namedBy(event: LogEvent): string | undefined {
  if ('corrects' in event) return event.corrects;
  if (event.type === 'deal.reversed') return event.reverses;
  return event.type === 'activity.withdrawn' ? event.withdraws : undefined;
}

/** The events that a batch names. */
export const eventsNamed = (batch: readonly LogEvent[]): string[] => [
  ...new Set(batch.flatMap((event) => namedBy(event) ?? [])),
];

/** The keys under which a batch will look for groups, given the events that it names. */
export function groupsNeeded(batch: readonly LogEvent[], named: readonly LogEvent[]): string[] {
  const keys = new Set<string>();
  const addFact = (event: LogEvent) => {
    keys.add(aloneKey(event.key));
    const group = isFact(event) ? groupOf(event) : undefined;
    if (group !== undefined) keys.add(group);
  };
  for (const event of batch) {
    if (isFact(event)) addFact(event);
    else if ('deal' in event && event.deal !== undefined) keys.add(event.deal);
    const name = namedBy(event);
    if (name !== undefined) keys.add(aloneKey(name));
  }
  named.forEach(addFact);
  return [...keys];
}

/** Folds a batch; `each` sees the floor right after every event. */
export function foldBatch(
  floor: Floor,
  lent: LentBook,
  batch: readonly LogEvent[],
  each: (event: LogEvent) => void = () => undefined,
): BatchResult {
  const standing = new Map<string, { credit: Credit; by: number | null }>();
  const added: { credit: Credit; by: number | null }[] = [];
  const removed: { credit: Credit; by: number }[] = [];
  const touched: Credit[] = [];
  let settingsChanged = false;
  for (const event of batch) {
    lent.now = event.seq;
    const change = applyEvent(floor, lent, event);
    settingsChanged ||= change.settings;
    // Before the event itself: it may end some of them.
    for (const { credit, by } of change.filled) {
      const entry = { credit, by };
      if (by === null) standing.set(creditKey(credit), entry);
      added.push(entry);
    }
    for (const credit of change.removed) {
      const within = standing.get(creditKey(credit));
      if (within) within.by = event.seq;
      else removed.push({ credit, by: event.seq });
      standing.delete(creditKey(credit));
    }
    for (const credit of change.added) {
      const entry = { credit, by: null };
      standing.set(creditKey(credit), entry);
      added.push(entry);
    }
    touched.push(...change.filled.map(({ credit }) => credit));
    touched.push(...change.removed, ...change.added);
    each(event);
  }
  const still = new Set([...standing.values()].map(({ credit }) => credit.fact));
  return {
    credits: { removed, added },
    touched,
    gone: [...new Set(removed.map(({ credit }) => credit.fact))].filter((one) => !still.has(one)),
    groups: [...lent.touched].map((key) => groupWrite(key, lent.get(key)!)),
    settingsChanged,
  };
}

function groupWrite(key: string, group: FactGroup): GroupWrite {
  // A correction that waits for its event is no deal, nor is a payment.
  if (isAlone(key)) return { key, group, status: 'alone', stage: null };
  if (key.startsWith('$')) return { key, group, status: 'payment', stage: null };
  return { key, group, ...dealStatus(group) };
}
