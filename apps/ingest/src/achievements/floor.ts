import {
  ALL_TIME,
  Floor,
  hasFilter,
  measureKeysOf,
  settingsFrom,
  type AchievementDefinition,
  type PersonId,
} from '@ovation/domain';
import { readCredits, readCreditsOf, readFactsBetween, readProjection } from '@ovation/store';
import type { Book, BookOfDefinitions } from '../figures/book.ts';
import { groupsOf } from '../figures/preview.ts';
import { storable } from '../figures/values.ts';

/** Facts that conditions of a draft are tried on at most; a busier time reaches less far back. */
const FACTS_MAX = 50_000;
const TRIED_DAYS = 366;

/** The settings as they are folded, without any credit. */
async function settledFloor({ sql, orgId }: BookOfDefinitions): Promise<Floor> {
  const floor = new Floor();
  const head = await readProjection(sql, orgId);
  if (!head) return floor;
  floor.loadSettings(settingsFrom(head.settings), head.seq);
  floor.clock = head.clock;
  return floor;
}

/** A floor that knows everything of one person and nothing of others. */
export async function floorOfPerson(book: BookOfDefinitions, person: PersonId): Promise<Floor> {
  const floor = await settledFloor(book);
  const sets = floor.measures.all().filter((set) => set.ready);
  const keys = [...new Set(sets.flatMap((set) => set.measures.map((one) => one.key)))];
  for (const credit of await readCreditsOf(book.sql, book.orgId, person, keys)) floor.give(credit);
  return floor;
}

/**
 * A floor that counts what a badge would: all of history or, where it has conditions of its own,
 * what happened since `from`, since that has to be counted from the events.
 */
export async function floorForBadge(
  book: Book,
  definition: AchievementDefinition,
  now: number,
): Promise<{ readonly floor: Floor; readonly from: number | null }> {
  const floor = await settledFloor(book);
  floor.achievements.set(definition.id, definition);
  if (hasFilter(definition))
    return { floor, from: await tryConditions(book, floor, definition, now) };
  const metric = floor.metrics.get(definition.rules.metric);
  const keys = metric ? measureKeysOf(floor, metric, null) : [];
  await readCredits(book.sql, book.orgId, [...new Set(keys)], (credit) => floor.give(credit));
  return { floor, from: null };
}

async function tryConditions(
  book: Book,
  floor: Floor,
  definition: AchievementDefinition,
  now: number,
): Promise<number> {
  const window = book.calendar.windowOf(`last-${TRIED_DAYS}`, now);
  const span = { from: storable(window.from), to: storable(ALL_TIME.to) };
  const facts = await readFactsBetween(book.sql, book.orgId, span, FACTS_MAX);
  const sets = floor
    .basesOf(definition.rules.metric)
    .map((base) => floor.beginSet(base, definition.id, floor.seq, true));
  for (const [key, group] of await groupsOf(book, facts)) {
    for (const set of sets) floor.fill(set, key, group);
  }
  return facts.length < FACTS_MAX ? window.from : facts.at(-1)!.occurredAt;
}
