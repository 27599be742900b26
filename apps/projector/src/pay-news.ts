import type { FactGroup, Floor, LogEvent } from '@ovation/domain';

/** Settings that pay follows from, and words on it. */
const OF_PAY: ReadonlySet<LogEvent['type']> = new Set([
  'plan.versioned',
  'plan.assigned',
  'pay.rules',
  'pay.period',
  'statement.changed',
  'dispute.decided',
  'payout.changed',
  'rate.set',
  'contest.closed',
]);

/** Whose pay may be other than before: people, `null` for everybody's. */
export type PayConcerned = readonly string[] | null;

export interface PayBatch {
  readonly events: readonly LogEvent[];
  readonly settingsChanged: boolean;
  /** The groups that it touches, before and after, and the deals that were paid for. */
  readonly before: readonly FactGroup[];
  readonly after: readonly FactGroup[];
  readonly paidFor: readonly FactGroup[];
}

/** The deals that payments of a batch are for, by their keys. */
export const dealsPaid = (events: readonly LogEvent[]): string[] => [
  ...new Set(
    events.flatMap((event) => ('payment' in event && event.deal !== undefined ? event.deal : [])),
  ),
];

/**
 * Whose pay a batch may have changed, seen by ids alone; nobody's is an empty list. Who earns on
 * the sales of others is not among them: leaders hear of every change, and pools are asked for
 * again by the page.
 */
export function payConcerned(batch: PayBatch, floor: Floor): PayConcerned {
  const { events, before, after, paidFor, settingsChanged } = batch;
  if (settingsChanged || events.some(({ type }) => OF_PAY.has(type))) return null;
  // Pay of a deal waits for its money: of money that names no deal it may be anybody's.
  const known = new Set(
    events.flatMap((event) => ('payment' in event && event.deal !== undefined ? event.key : [])),
  );
  const unknown = after.some(
    (group) => isMoney(group) && !group.facts.some(({ key }) => known.has(key)),
  );
  if (unknown) return null;
  const people = new Set<string>();
  for (const event of events) if (event.type === 'pay.adjusted') people.add(event.subject);
  for (const group of [...before, ...after, ...paidFor]) {
    if (!isMoney(group) && !group.facts.some(({ type }) => type === 'deal.won')) continue;
    const told = [...group.facts, ...group.corrections].flatMap(({ credits = [] }) => credits);
    for (const { person } of told) people.add(floor.personOf(person));
  }
  return [...people];
}

const isMoney = ({ facts }: FactGroup): boolean =>
  facts.some(({ type }) => type.startsWith('payment.'));
