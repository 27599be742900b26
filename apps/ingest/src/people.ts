import { newId } from '@ovation/host';
import type { PatchPerson, PostPerson } from '@ovation/protocol';
import { refuse } from '@ovation/domain';
import {
  ANY_SOURCE,
  lockStaff,
  readPeople,
  saveAlias,
  saveMembership,
  savePerson,
  type MembershipRow,
  type PersonRow,
  type Tx,
} from '@ovation/store';
import { canonicalAlias } from './alias.ts';
import type { IngestDeps } from './deps.ts';
import { History, loggedMembership, membershipEvent, sinceOf } from './memberships.ts';
import { isDate } from './organisation.ts';
import { orRefuse } from './problem.ts';
import { writeSettings, type Author, type Written } from './settings-writer.ts';
import { mustBeManager, mustKnowTeam } from './staff-rules.ts';

/** Adds a person; id, name and e-mail become their aliases in every source. */
export async function addPerson(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  input: PostPerson,
): Promise<PersonRow> {
  const since = await sinceOf(deps, orgId, input.since ?? null);
  return writeSettings(deps, orgId, author, (tx) =>
    insertPerson(tx, orgId, new Date(deps.clock.now()), input, since),
  );
}

/** The rows of a new person, in a transaction that logs the events. */
export async function insertPerson(
  tx: Tx,
  orgId: string,
  now: Date,
  input: PostPerson,
  since: Date | null,
): Promise<{ value: PersonRow; events: Written[] }> {
  mustBeDate(input.startedOn);
  const person: PersonRow = {
    id: newId('per'),
    name: input.name.trim(),
    names: input.names ?? {},
    email: input.email?.toLowerCase() ?? null,
    teamId: input.team ?? null,
    managerId: input.manager ?? null,
    startedOn: input.startedOn ?? null,
    active: input.active ?? true,
  };
  const { id, teamId, managerId, active } = person;
  await lockStaff(tx, orgId);
  await mustKnowTeam(tx, orgId, teamId);
  await mustBeManager(tx, orgId, { manager: managerId, person: id, at: now });
  await savePerson(tx, orgId, person);
  await saveMembership(tx, orgId, id, { since, teamId, managerId });
  await saveAliases(tx, orgId, person, input.aliases ?? []);
  const event = {
    type: 'person.changed',
    person: id,
    team: teamId,
    since: since?.getTime() ?? null,
    active,
    manager: managerId,
  } as const;
  return { value: person, events: [event] };
}

/**
 * Changes a person. A new team or manager counts from now, or from `since`: what happened before
 * stays with the old one.
 */
export async function changePerson(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  input: PatchPerson,
): Promise<PersonRow> {
  mustBeDate(input.startedOn);
  const moves = input.team !== undefined || input.manager !== undefined;
  if (input.since !== undefined && !moves) {
    const detail = 'Say which "team" or "manager" is theirs since then.';
    orRefuse(refuse('since_alone', detail, '/since'));
  }
  const now = deps.clock.now();
  const since = input.since === undefined ? new Date(now) : await sinceOf(deps, orgId, input.since);
  return writeSettings(deps, orgId, author, async (tx) => {
    const history = await History.open(tx, orgId, now, id);
    const { person, fields } = patched(history.person, input);
    const base = history.at(since);
    const row = {
      since,
      teamId: input.team === undefined ? (base?.teamId ?? null) : input.team,
      managerId: input.manager === undefined ? (base?.managerId ?? null) : input.manager,
    };
    const same = row.teamId === base?.teamId && row.managerId === base.managerId;
    const moved = moves && (input.since !== undefined || !same);
    const after = moved ? await history.set(row) : history;
    const saved = await after.save(person);
    await saveAliases(tx, orgId, saved, input.aliases ?? []);
    const wasActive = history.person.active;
    const more = { active: wasActive, ...(fields.length === 0 ? {} : { fields }) };
    const known: MembershipRow = after.present ?? { since: null, teamId: null, managerId: null };
    const was = { ...loggedMembership(moved ? base : known), ...more };
    return { value: saved, events: [membershipEvent(saved, moved ? row : known, was)] };
  });
}

/** The person as they are to be, and which fields change whose values are not for the log. */
function patched(known: PersonRow, input: PatchPerson): { person: PersonRow; fields: string[] } {
  const given = {
    ...(input.name === undefined ? {} : { name: input.name.trim() }),
    ...(input.names === undefined ? {} : { names: input.names }),
    ...(input.email === undefined ? {} : { email: input.email?.toLowerCase() ?? null }),
    ...(input.startedOn === undefined ? {} : { startedOn: input.startedOn }),
  };
  const changes = Object.entries(given).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(known[field as keyof PersonRow]),
  );
  const fields = [
    ...changes.map(([field]) => field),
    ...(input.aliases?.length ? ['aliases'] : []),
  ];
  const active = input.active ?? known.active;
  return { person: { ...known, ...given, active }, fields };
}

async function saveAliases(
  tx: Tx,
  orgId: string,
  person: PersonRow,
  aliases: readonly string[],
): Promise<void> {
  const words = [person.id, person.name, ...(person.email ? [person.email] : []), ...aliases];
  for (const word of words) {
    await saveAlias(tx, orgId, ANY_SOURCE, canonicalAlias(word), person.id);
  }
}

function mustBeDate(date: string | null | undefined): void {
  if (date === undefined || date === null || isDate(date)) return;
  orRefuse(refuse('bad_date', 'There is no such date.', '/startedOn'));
}

/** The person of this name, made if need be and moved to the team when they have none. */
export async function ensurePerson(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  name: string,
  team: string | null,
): Promise<{ id: string; created: boolean }> {
  const word = canonicalAlias(name);
  const people = await readPeople(deps.sql, orgId);
  const known = people.find((person) => canonicalAlias(person.name) === word);
  if (!known)
    return { id: (await addPerson(deps, orgId, author, { name, team })).id, created: true };
  return { id: known.id, created: false };
}
