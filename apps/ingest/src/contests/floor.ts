import {
  contestMetrics,
  contestReader,
  Floor,
  hasFilter,
  settingsFrom,
  subjectOf,
  type ContestDefinition,
  type ContestReader,
  type ContestState,
  type Credit,
  type Instant,
  type StaffDetails,
} from '@ovation/domain';
import { readCredits, readFactsBetween, readProjection, readUsers } from '@ovation/store';
import type { Book } from '../figures/book.ts';
import { groupsOf } from '../figures/preview.ts';
import { storable } from '../figures/values.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Events whose conditions a draft is tried on, at most. */
const TRIED_MAX = 200_000;

/** A floor of its own with what one contest needs of the store. */
export interface ContestFloor {
  readonly floor: Floor;
  readonly reader: ContestReader;
  /** The newest event in it. */
  readonly seq: number;
  /** Whether a credit is among those that it was given. */
  holds(credit: Pick<Credit, 'measure' | 'at'>): boolean;
}

export interface FloorNeed {
  readonly contest: ContestDefinition;
  readonly from: Instant;
  readonly to: Instant;
  /** As it was known at this event; now unless said. */
  readonly known?: number;
  /** The rules are a draft: its conditions are counted here, nobody else counts them. */
  readonly draft?: boolean;
}

/**
 * Settings, and the credits of a contest's metrics that happened in `[from, to)`. What it answers
 * is what the projector's floor would.
 */
export async function readFloor(book: Book, need: FloorNeed): Promise<ContestFloor> {
  const { contest } = need;
  const floor = new Floor();
  const head = await readProjection(book.sql, book.orgId, { contest: contest.id });
  const staff = await readStaffFacts(book);
  const measures = new Set<string>();
  const stood = {
    floor,
    reader: contestReader(floor, staff),
    holds: ({ measure, at }: Pick<Credit, 'measure' | 'at'>) =>
      measures.has(measure) && at >= need.from && at < need.to,
  };
  if (!head) return { ...stood, seq: 0 };
  floor.loadSettings(settingsFrom(head.settings), head.seq);
  floor.clock = head.clock;
  const seq = need.known ?? head.seq;
  const bases = [...new Set(contestMetrics(contest).flatMap((id) => floor.basesOf(id)))];
  if (need.draft === true && hasFilter(contest.scoring)) {
    await countDraft(book, floor, need, bases);
    return { ...stood, seq };
  }
  const filter = hasFilter(contest.scoring) ? contest.id : null;
  const subjects = new Set(bases.map((base) => subjectOf(base.id, filter)));
  for (const set of floor.measures.all()) {
    if (!set.ready || !subjects.has(set.subject)) continue;
    for (const measure of set.measures) measures.add(measure.key);
  }
  const span = { from: storable(need.from), to: storable(need.to), known: seq };
  const give = (credit: Parameters<Floor['give']>[0]) => floor.give(credit);
  await readCredits(book.sql, book.orgId, [...measures], give, span);
  return { ...stood, seq };
}

/** Counts what a draft's own conditions let through, on this floor alone. */
async function countDraft(
  book: Book,
  floor: Floor,
  { contest, from, to }: FloorNeed,
  bases: readonly Parameters<Floor['beginSet']>[0][],
): Promise<void> {
  floor.contests.set(contest.id, { ...NOTHING_SAID, definition: contest });
  const sets = bases.map((base) => floor.beginSet(base, contest.id, floor.seq, true));
  const span = { from: storable(from), to: storable(to) };
  const facts = await readFactsBetween(book.sql, book.orgId, span, TRIED_MAX);
  for (const [key, group] of await groupsOf(book, facts)) {
    for (const set of sets) floor.fill(set, key, group);
  }
}

/** A contest of which nothing is known but its rules. */
export const NOTHING_SAID: Omit<ContestState, 'definition'> = {
  commitment: null,
  frozen: null,
  pauses: [],
  left: [],
  joined: [],
  flagged: {},
  reviews: {},
  cancelled: false,
  result: null,
  keptAsOf: 0,
  amended: 0,
};

/** What only rows know of people: their first day and their role. */
async function readStaffFacts(book: Book): Promise<StaffDetails> {
  const users = await readUsers(book.sql, book.orgId);
  const roles = new Map(
    users.flatMap((user) => (user.personId === null ? [] : [[user.personId, user.role] as const])),
  );
  return new Map(
    book.people.map(({ id, startedOn }) => [
      id,
      {
        startedAt: startedOn === null ? null : book.calendar.startOf(startedOn),
        role: roles.get(id) ?? null,
      },
    ]),
  );
}

/** How far back rules look at the most, for windows before the start: see `windowsBefore`. */
export function historyOf({ from, to, rules, handicap }: ContestDefinition): Instant {
  const seeded = 'seeding' in rules && rules.seeding === 'history' ? 1 : 0;
  const windows = Math.max(
    'windows' in rules ? rules.windows : 0,
    handicap?.by === 'history' ? handicap.windows : 0,
    seeded,
  );
  // Windows begin whole weeks apart, and days and months are not all of one length.
  return from - windows * (to - from + WEEK_MS + DAY_MS);
}
