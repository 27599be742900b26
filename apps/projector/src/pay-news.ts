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

/**
 * Whose pay a batch may have changed, seen by ids alone; nobody's is an empty list. Who earns on
 * the sales of others is not among them: leaders hear of every change, and pools are asked for
 * again by the page.
 */
export function payConcerned(
  batch: readonly LogEvent[],
  groups: Iterable<FactGroup>,
  floor: Floor,
  settingsChanged: boolean,
): PayConcerned {
  if (settingsChanged || batch.some(({ type }) => OF_PAY.has(type))) return null;
  const people = new Set<string>();
  for (const event of batch) if (event.type === 'pay.adjusted') people.add(event.subject);
  for (const group of groups) {
    if (!group.facts.some(({ type }) => type === 'deal.won' || type.startsWith('payment.'))) {
      continue;
    }
    const told = [...group.facts, ...group.corrections].flatMap(({ credits = [] }) => credits);
    // Money for a deal belongs to those who have the deal, and they are not read here.
    if (told.length === 0) return null;
    for (const { person } of told) people.add(floor.personOf(person));
  }
  return [...people];
}
