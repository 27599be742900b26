import {
  aloneKey,
  factOf,
  groupOf,
  isFact,
  NO_FACTS,
  type Credit,
  type FactGroup,
  type Floor,
  type LogEvent,
  type MeasureSet,
} from '@ovation/domain';
import { readEventsAfter, readGroups, type MeasureState, type Sql } from '@ovation/store';

/** Events counted in one step: small, so that live events wait for a few milliseconds only. */
const PAGE_EVENTS = 500;

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
): Promise<Credit[]> {
  const page = (await readEventsAfter(sql, orgId, set.filledTo, PAGE_EVENTS)).filter(
    (event) => event.seq <= set.seq,
  );
  const facts = page.filter(isFact);
  const keys = facts.flatMap((event) => [groupOf(event) ?? [], aloneKey(event.key)].flat());
  const groups = await readGroups(sql, orgId, keys);
  const credits: Credit[] = [];
  const last = page.length < PAGE_EVENTS ? set.seq : page.at(-1)!.seq;
  for (const [key, group] of groupsBegun(facts, groups, set.filledTo, last)) {
    credits.push(...floor.fill(set, key, group));
  }
  set.filledTo = last;
  return credits;
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

/** How far every set is counted, for whoever asks. */
export const measureStates = (sets: readonly MeasureSet[]): MeasureState[] =>
  sets.flatMap(({ subject, seq, ready, filledTo, measures }) =>
    measures.map(({ key, component }) => ({
      measure: key,
      subject,
      component,
      fromSeq: seq,
      ready,
      done: filledTo,
      total: seq,
    })),
  );
