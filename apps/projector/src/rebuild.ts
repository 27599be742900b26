import {
  aloneKey,
  factOf,
  groupOf,
  isFact,
  NO_FACTS,
  type FactGroup,
  type Filled,
  type Floor,
  type LogEvent,
  type MeasureSet,
} from '@ovation/domain';
import { readEventsAfter, readGroups, type MeasureState, type Sql } from '@ovation/store';

/** Events counted in one step: small, so that live events wait for a few milliseconds only. */
export const PAGE_EVENTS = 500;

/**
 * Counts one page of the log in a set of measures that a change brought. A group of facts is
 * counted where its first event stands, as it is by now; live events meanwhile count in the set
 * too. The floor must be where the store is: call between batches.
 */
export async function fillPage(
  sql: Sql,
  orgId: string,
  floor: Floor,
  set: MeasureSet,
  pageEvents = PAGE_EVENTS,
): Promise<Filled[]> {
  const page = (await readEventsAfter(sql, orgId, set.filledTo, pageEvents)).filter(
    (event) => event.seq <= set.until,
  );
  const facts = page.filter(isFact);
  const keys = facts.flatMap((event) => [groupOf(event) ?? [], aloneKey(event.key)].flat());
  const groups = await readGroups(sql, orgId, keys);
  const filled: Filled[] = [];
  const last = page.length < pageEvents ? set.until : page.at(-1)!.seq;
  for (const [key, group] of groupsBegun(facts, groups, set.filledTo, last)) {
    filled.push(...floor.fill(set, key, group));
  }
  set.filledTo = last;
  return filled;
}

/** The groups whose first event is among these. */
function groupsBegun(
  facts: readonly LogEvent[],
  stored: ReadonlyMap<string, FactGroup>,
  after: number,
  upTo: number,
): Map<string, FactGroup> {
  const begun = new Map<string, FactGroup>();
  for (const event of facts) {
    if (!isFact(event)) continue;
    const key = groupOf(event) ?? aloneKey(event.key);
    const group = stored.get(key) ?? { ...NO_FACTS, facts: [factOf(event)] };
    const first = Math.min(...group.facts.map((fact) => fact.seq));
    if (first > after && first <= upTo) begun.set(key, group);
  }
  return begun;
}

/**
 * How many events of a batch may be folded while sets are being counted. Deals, calls and targets
 * may; who somebody is and another change of the same may not: what a set was asked to count is
 * counted first, so that every run over the log gives and ends the same credits.
 */
export function foldable(batch: readonly LogEvent[], building: readonly MeasureSet[]): number {
  const metrics = new Set(building.map((set) => set.metric.id));
  let boards = false;
  for (const [index, event] of batch.entries()) {
    const counting = boards || metrics.size > 0;
    if (counting && UNSETTLING.has(event.type)) return index;
    if (event.type === 'metric.published') {
      if (boards || metrics.has(event.metric.id)) return index;
      metrics.add(event.metric.id);
    }
    boards ||= FILTERING.has(event.type);
  }
  return batch.length;
}

/** What may bring conditions of its own, by which metrics are counted separately. */
const FILTERING: ReadonlySet<string> = new Set([
  'board.saved',
  'contest.published',
  'contest.amended',
  'achievement.saved',
]);

const UNSETTLING: ReadonlySet<string> = new Set([
  ...FILTERING,
  'person.changed',
  'person.matched',
  'subject.placed',
  'board.removed',
  'achievement.removed',
]);

export const measureKeys = (sets: readonly MeasureSet[]): string[] =>
  sets.flatMap((set) => set.measures.map((one) => one.key));

/** How far every set is counted, for whoever asks. */
export const measureStates = (sets: readonly MeasureSet[]): MeasureState[] =>
  sets.flatMap(({ subject, seq, ready, filledTo, until, measures }) =>
    measures.map(({ key, component }) => ({
      measure: key,
      subject,
      component,
      fromSeq: seq,
      ready,
      done: filledTo,
      total: until,
    })),
  );
