import {
  Floor,
  settingsFrom,
  subjectOf,
  type ContestDefinition,
  type Instant,
  type MetricId,
} from '@ovation/domain';
import { readCredits, readProjection, readUsers } from '@ovation/store';
import type { Book } from '../figures/book.ts';
import { storable } from '../figures/values.ts';

export interface FloorNeed {
  readonly metrics: readonly MetricId[];
  /** The contest whose own conditions count, else `null`. */
  readonly filter: string | null;
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * A floor of its own with what contests need of the store: settings, and the credits of some
 * metrics that happened in `[from, to)`. What it answers is what the projector's floor would.
 */
export async function readFloor(book: Book, need: FloorNeed): Promise<Floor> {
  const floor = new Floor();
  const head = await readProjection(book.sql, book.orgId);
  if (!head) return floor;
  floor.loadSettings(settingsFrom(head.settings), head.seq);
  floor.clock = head.clock;
  await addStaff(book, floor);
  const bases = need.metrics.flatMap((metric) => floor.basesOf(metric));
  const subjects = new Set(bases.map((base) => subjectOf(base.id, need.filter)));
  const keys = floor.measures
    .all()
    .filter((set) => set.ready && subjects.has(set.subject))
    .flatMap((set) => set.measures.map((measure) => measure.key));
  const span = { from: storable(need.from), to: storable(need.to), known: head.seq };
  const give = (credit: Parameters<Floor['give']>[0]) => floor.give(credit);
  await readCredits(book.sql, book.orgId, [...new Set(keys)], give, span);
  return floor;
}

/** What only rows know of people: their first day and their role. */
async function addStaff(book: Book, floor: Floor): Promise<void> {
  const users = await readUsers(book.sql, book.orgId);
  const roles = new Map(users.flatMap((user) => (user.personId ? [[user.personId, user.role]] : [])));
  for (const { id, startedOn } of book.people) {
    const known = floor.people.get(id);
    if (!known) continue;
    const role = roles.get(id);
    floor.people.set(id, {
      ...known,
      ...(startedOn === null ? {} : { started: startedOn }),
      ...(role === undefined ? {} : { role }),
    });
  }
}

/** How far back rules look: windows of the contest's own length before its start. */
export function historyOf({ from, to, rules, handicap }: ContestDefinition): Instant {
  const seeded = 'seeding' in rules && rules.seeding === 'history' ? 1 : 0;
  const windows = Math.max(
    'windows' in rules ? rules.windows : 0,
    handicap?.by === 'history' ? handicap.windows : 0,
    seeded,
  );
  // A day for each window: days are not all of one length.
  return from - windows * (to - from + DAY_MS);
}

const DAY_MS = 86_400_000;
