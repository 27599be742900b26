import { newId } from '@ovation/host';
import {
  ANY_SOURCE,
  readPeople,
  readTeams,
  saveAlias,
  savePerson,
  saveTeam,
  type PersonRow,
  type TeamRow,
} from '@ovation/store';
import { canonicalAlias } from './alias.ts';
import type { IngestDeps } from './deps.ts';
import { ProblemError } from './problem.ts';
import { writeSettings, type Author } from './settings-writer.ts';

export interface PersonInput {
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly email?: string | null;
  readonly team?: string | null;
  readonly active?: boolean;
  readonly aliases?: readonly string[];
}

/** Adds a person; id, name and e-mail become their aliases in every source. */
export async function addPerson(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  input: PersonInput,
): Promise<PersonRow> {
  const person: PersonRow = {
    id: newId('per'),
    name: input.name.trim(),
    names: input.names ?? {},
    email: input.email?.toLowerCase() ?? null,
    teamId: input.team ?? null,
    active: input.active ?? true,
  };
  return savedPerson(deps, orgId, author, person, input.aliases ?? [], null);
}

/** Changes a person. A new team counts from now: what happened before stays with the old one. */
export async function changePerson(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  input: Partial<PersonInput>,
): Promise<PersonRow> {
  const known = (await readPeople(deps.sql, orgId)).find((one) => one.id === id);
  if (!known) throw new ProblemError('not_found', 'Nobody has this id.');
  const person: PersonRow = {
    ...known,
    ...(input.name === undefined ? {} : { name: input.name.trim() }),
    ...(input.names === undefined ? {} : { names: input.names }),
    ...(input.email === undefined ? {} : { email: input.email?.toLowerCase() ?? null }),
    ...(input.team === undefined ? {} : { teamId: input.team }),
    ...(input.active === undefined ? {} : { active: input.active }),
  };
  const since = person.teamId === known.teamId ? null : deps.clock.now();
  return savedPerson(deps, orgId, author, person, input.aliases ?? [], since);
}

async function savedPerson(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  person: PersonRow,
  aliases: readonly string[],
  since: number | null,
): Promise<PersonRow> {
  await mustKnowTeam(deps, orgId, person.teamId);
  return writeSettings(deps, orgId, author, async (tx) => {
    await savePerson(tx, orgId, person);
    const words = [person.id, person.name, ...(person.email ? [person.email] : []), ...aliases];
    for (const word of words) {
      await saveAlias(tx, orgId, ANY_SOURCE, canonicalAlias(word), person.id);
    }
    const { id, teamId, active } = person;
    const event = { type: 'person.changed', person: id, team: teamId, since, active } as const;
    return { value: person, events: [event] };
  });
}

async function mustKnowTeam(deps: IngestDeps, orgId: string, id: string | null): Promise<void> {
  if (id === null) return;
  const known = (await readTeams(deps.sql, orgId)).some((team) => team.id === id);
  if (known) return;
  const detail = 'There is no team with this id.';
  throw new ProblemError('refused', detail, [{ code: 'unknown_team', detail, pointer: '/team' }]);
}

export async function addTeam(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  input: {
    readonly name: string;
    readonly names?: Readonly<Record<string, string>>;
    readonly parent?: string | null;
  },
): Promise<Omit<TeamRow, 'stripe'>> {
  const { name, names = {}, parent = null } = input;
  await mustKnowTeam(deps, orgId, parent);
  const team = { id: newId('team'), name: name.trim(), names, parentId: parent };
  return writeSettings(deps, orgId, author, async (tx) => {
    await saveTeam(tx, orgId, team);
    const event = { type: 'team.changed', team: team.id, parent } as const;
    return { value: team, events: [event] };
  });
}

/** The team of this name under this parent, made if need be. */
export async function ensureTeam(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  name: string,
  parent: string | null,
): Promise<{ id: string; created: boolean }> {
  const teams = await readTeams(deps.sql, orgId);
  const known = teams.find((team) => team.name === name && team.parentId === parent);
  if (known) return { id: known.id, created: false };
  return { id: (await addTeam(deps, orgId, author, { name, parent })).id, created: true };
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
