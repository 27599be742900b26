import { BEGINNING, createCalendar, refuse, type Instant } from '@ovation/domain';
import type { PatchMembership } from '@ovation/protocol';
import {
  lockStaff,
  readMemberships,
  readOrganisation,
  readPerson,
  removeMembership,
  saveMembership,
  savePerson,
  type MembershipRow,
  type PersonRow,
  type Tx,
} from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { isDate } from './organisation.ts';
import { orRefuse, ProblemError } from './problem.ts';
import { writeSettings, type Author, type Written } from './settings-writer.ts';
import { mustBeManager, mustKnowTeam } from './staff-rules.ts';

/**
 * Local midnight of a date in the organisation's zone; `null` for "since ever". A date to come is
 * refused: a person's row holds the present, and nothing would move them when the day comes.
 */
export async function sinceOf(
  deps: IngestDeps,
  orgId: string,
  date: string | null,
): Promise<Date | null> {
  if (date === null) return null;
  if (!isDate(date)) orRefuse(refuse('bad_date', 'There is no such date.', '/since'));
  const { settings } = (await readOrganisation(deps.sql, orgId))!;
  const at = createCalendar(settings).startOf(date);
  if (at > deps.clock.now()) {
    orRefuse(refuse('in_the_future', 'Enter the move when its day has come.', '/since'));
  }
  return new Date(at);
}

const instantOf = ({ since }: Pick<MembershipRow, 'since'>): Instant =>
  since?.getTime() ?? BEGINNING;
const inForce = (rows: readonly MembershipRow[], at: Instant): MembershipRow | undefined =>
  rows.findLast((row) => instantOf(row) <= at);

/** What the log says of one membership. */
export function membershipEvent(
  { id, active }: Pick<PersonRow, 'id' | 'active'>,
  row: MembershipRow,
  was: unknown,
): Written {
  return {
    type: 'person.changed',
    person: id,
    team: row.teamId,
    since: instantOf(row),
    active,
    manager: row.managerId,
    was,
  };
}

export const loggedMembership = (row: MembershipRow | undefined): object | null =>
  row
    ? { team: row.teamId, manager: row.managerId, since: row.since?.toISOString() ?? null }
    : null;

/** A person's history, under the lock that keeps it from change. */
export class History {
  readonly rows: readonly MembershipRow[];
  readonly #tx: Tx;
  readonly #orgId: string;
  readonly #now: Instant;
  readonly person: PersonRow;

  private constructor(
    tx: Tx,
    orgId: string,
    now: Instant,
    person: PersonRow,
    rows: readonly MembershipRow[],
  ) {
    this.#tx = tx;
    this.#orgId = orgId;
    this.#now = now;
    this.person = person;
    this.rows = rows;
  }

  static async open(tx: Tx, orgId: string, now: Instant, id: string): Promise<History> {
    await lockStaff(tx, orgId);
    const person = await readPerson(tx, orgId, id);
    if (!person) throw new ProblemError('not_found', 'Nobody has this id.');
    const rows = await readMemberships(tx, orgId, id);
    const { teamId, managerId } = person;
    if (rows.length > 0 || (teamId === null && managerId === null)) {
      return new History(tx, orgId, now, person, rows);
    }
    // Somebody whose row is older than dated history.
    const ever = { since: null, teamId, managerId };
    await saveMembership(tx, orgId, id, ever);
    return new History(tx, orgId, now, person, [ever]);
  }

  at(since: Date | null): MembershipRow | undefined {
    return inForce(this.rows, instantOf({ since }));
  }

  exactly(since: Date | null): MembershipRow | undefined {
    return this.rows.find((row) => instantOf(row) === instantOf({ since }));
  }

  get present(): MembershipRow | undefined {
    return inForce(this.rows, this.#now);
  }

  /** Sets what is so from a moment on, until the next change that is known. */
  async set(row: MembershipRow): Promise<History> {
    const { id } = this.person;
    const isPresent = instantOf(row) >= instantOf(this.present ?? { since: null });
    const at = isPresent || row.since === null ? new Date(this.#now) : row.since;
    await mustKnowTeam(this.#tx, this.#orgId, row.teamId);
    await mustBeManager(this.#tx, this.#orgId, { manager: row.managerId, person: id, at });
    await saveMembership(this.#tx, this.#orgId, id, row);
    return this.#reread();
  }

  async remove(since: Date | null): Promise<History> {
    await removeMembership(this.#tx, this.#orgId, this.person.id, since);
    return this.#reread();
  }

  /** Writes the person's row with the present of the history. */
  async save(person: PersonRow): Promise<PersonRow> {
    const now = this.present;
    const row = {
      ...person,
      teamId: now?.teamId ?? null,
      managerId: now?.managerId ?? null,
    };
    await savePerson(this.#tx, this.#orgId, row);
    return row;
  }

  async #reread(): Promise<History> {
    const rows = await readMemberships(this.#tx, this.#orgId, this.person.id);
    return new History(this.#tx, this.#orgId, this.#now, this.person, rows);
  }
}

/** Mends what is known to have been so from a moment on; may move that moment. */
export async function mendMembership(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  of: { readonly person: string; readonly since: Date | null },
  patch: PatchMembership,
): Promise<readonly MembershipRow[]> {
  const since = patch.since === undefined ? of.since : await sinceOf(deps, orgId, patch.since);
  return writeSettings(deps, orgId, author, async (tx) => {
    const history = await History.open(tx, orgId, deps.clock.now(), of.person);
    const was = mustBeThere(history.exactly(of.since));
    const moves = instantOf({ since }) !== instantOf(was);
    if (moves && history.exactly(since)) {
      orRefuse(refuse('since_taken', 'There is a change from this date already.', '/since'));
    }
    const row = {
      since,
      teamId: patch.team === undefined ? was.teamId : patch.team,
      managerId: patch.manager === undefined ? was.managerId : patch.manager,
    };
    const without = moves ? await history.remove(was.since) : history;
    const after = await without.set(row);
    const person = await after.save(history.person);
    const event = membershipEvent(person, row, loggedMembership(was));
    return { value: after.rows, events: moves ? [gone(after, was), event] : [event] };
  });
}

/** Takes a change of team or manager out of somebody's history: the one before it goes on. */
export async function dropMembership(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  of: { readonly person: string; readonly since: Date | null },
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const history = await History.open(tx, orgId, deps.clock.now(), of.person);
    const was = mustBeThere(history.exactly(of.since));
    const after = await history.remove(was.since);
    await after.save(history.person);
    return { value: undefined, events: [gone(after, was)] };
  });
}

/** Nothing changed at a moment after all; the event says what is so then. */
function gone(after: History, was: MembershipRow): Written {
  const now = after.at(was.since) ?? { teamId: null, managerId: null };
  const row = { ...now, since: was.since };
  return { ...membershipEvent(after.person, row, loggedMembership(was)), gone: true } as Written;
}

function mustBeThere(row: MembershipRow | undefined): MembershipRow {
  if (!row) throw new ProblemError('not_found', 'Nothing of theirs changed at this moment.');
  return row;
}
