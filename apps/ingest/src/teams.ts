import { newId } from '@ovation/host';
import type { PatchTeam, PostTeam } from '@ovation/protocol';
import { lockStaff, readTeam, readTeams, saveTeam, type TeamRow } from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { ProblemError } from './problem.ts';
import { writeSettings, type Author, type Written } from './settings-writer.ts';
import { mustKnowTeam, mustNotBeAbove } from './staff-rules.ts';

type Team = Omit<TeamRow, 'stripe'>;

export async function addTeam(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  input: PostTeam,
): Promise<Team> {
  const { name, names = {}, parent = null } = input;
  const team = { id: newId('team'), name: name.trim(), names, parentId: parent };
  return writeSettings(deps, orgId, author, async (tx) => {
    await lockStaff(tx, orgId);
    await mustKnowTeam(tx, orgId, parent, '/parent');
    await saveTeam(tx, orgId, team);
    const event = { type: 'team.changed', team: team.id, parent } as const;
    return { value: team, events: [event] };
  });
}

/** Renames a team or hangs it below another one, from now on and for all that was. */
export async function changeTeam(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  input: PatchTeam,
): Promise<Team> {
  return writeSettings(deps, orgId, author, async (tx) => {
    await lockStaff(tx, orgId);
    const known = await readTeam(tx, orgId, id);
    if (!known) throw new ProblemError('not_found', 'There is no such team.');
    const team = {
      id,
      name: input.name?.trim() ?? known.name,
      names: input.names ?? known.names,
      parentId: input.parent === undefined ? known.parentId : input.parent,
    };
    await mustKnowTeam(tx, orgId, team.parentId, '/parent');
    await mustNotBeAbove(tx, orgId, { parent: team.parentId, team: id });
    await saveTeam(tx, orgId, team);
    const renamed =
      known.name !== team.name || JSON.stringify(known.names) !== JSON.stringify(team.names);
    const was = { parent: known.parentId, ...(renamed ? { fields: ['name'] } : {}) };
    const event: Written = { type: 'team.changed', team: id, parent: team.parentId, was };
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
