import { refuse } from '@ovation/domain';
import type { PostMatch } from '@ovation/protocol';
import {
  lockStaff,
  lockStranger,
  readMatch,
  readPerson,
  saveStranger,
  type StrangerRow,
  type Tx,
} from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { sinceOf } from './memberships.ts';
import { insertPerson } from './people.ts';
import { orRefuse, ProblemError } from './problem.ts';
import { writeSettings, type Author, type Written } from './settings-writer.ts';
import { mustKnowTeam } from './staff-rules.ts';

/**
 * Strangers are matched in the log and not at the door: events go on naming the subject, those to
 * come as well, and the match says which person that is. So a match that was wrong can be undone
 * for everything that came in under it.
 */
interface Deed {
  readonly deps: IngestDeps;
  readonly orgId: string;
  readonly author: Author;
  readonly subject: string;
}

/** Says who a stranger is: somebody known, or a new person who is made for it. */
export async function matchStranger(deed: Deed, who: PostMatch): Promise<{ person: string }> {
  const { deps, orgId, subject } = deed;
  const { person, newPerson } = who;
  if ((person === undefined) === (newPerson === undefined)) {
    orRefuse(refuse('one_of_two', 'Give either "person" or "newPerson".', '/person'));
  }
  const since = newPerson ? await sinceOf(deps, orgId, newPerson.since ?? null) : null;
  return change(deed, async (tx, row) => {
    const now = new Date(deps.clock.now());
    const made = newPerson ? await insertPerson(tx, orgId, now, newPerson, since) : undefined;
    const id = made?.value.id ?? person!;
    if (!made && !(await readPerson(tx, orgId, id))) {
      orRefuse(refuse('unknown_person', 'There is no person with this id.', '/person'));
    }
    const was = await readMatch(tx, orgId, subject);
    await saveStranger(tx, orgId, { ...row, matched: true, dismissed: false });
    const events: Written[] = made ? [...made.events] : [];
    if (was !== id) events.push({ type: 'person.matched', subject, person: id, was });
    return { value: { person: id }, events };
  });
}

/** Puts a stranger back into the inbox, whether matched or dismissed. */
export function undoStranger(deed: Deed): Promise<void> {
  const { orgId, subject } = deed;
  return change(deed, async (tx, row) => {
    const was = await readMatch(tx, orgId, subject);
    await saveStranger(tx, orgId, { ...row, matched: false, dismissed: false });
    const events: Written[] = [];
    if (was !== null) events.push({ type: 'person.matched', subject, person: null, was });
    if (row.dismissedAt) {
      events.push({ type: 'subject.dismissed', subject, now: null, was: { dismissed: true } });
    }
    return { value: undefined, events };
  });
}

/** Whoever it is, they are of this team: what they did counts for it. */
export function placeStranger(deed: Deed, team: string | null): Promise<void> {
  const { orgId, subject } = deed;
  return change(deed, async (tx, row) => {
    await mustKnowTeam(tx, orgId, team);
    const { teamId: was, matched } = row;
    if (was === team) return { value: undefined, events: [] };
    const dismissed = row.dismissedAt !== null;
    await saveStranger(tx, orgId, { subject, matched, dismissed, teamId: team });
    return { value: undefined, events: [{ type: 'subject.placed', subject, team, was }] };
  });
}

/** Nobody is looked for: they stay out of the inbox, and what they did stays in the log. */
export function dismissStranger(deed: Deed): Promise<void> {
  const { orgId, subject } = deed;
  return change(deed, async (tx, row) => {
    if (row.matched) {
      const detail = 'They are matched to a person. Undo that first.';
      throw new ProblemError('conflict', detail, [{ code: 'matched', detail, pointer: '' }]);
    }
    if (row.dismissedAt) return { value: undefined, events: [] };
    await saveStranger(tx, orgId, { ...row, dismissed: true });
    const now = { dismissed: true };
    return { value: undefined, events: [{ type: 'subject.dismissed', subject, now }] };
  });
}

function change<T>(
  { deps, orgId, author, subject }: Deed,
  write: (tx: Tx, row: StrangerRow) => Promise<{ value: T; events: readonly Written[] }>,
): Promise<T> {
  return writeSettings(deps, orgId, author, async (tx) => {
    await lockStaff(tx, orgId);
    const row = await lockStranger(tx, orgId, subject);
    if (!row) throw new ProblemError('not_found', 'There is nobody unknown with this id.');
    return write(tx, row);
  });
}
