import { readPeople, readTeams, type Sql } from '@ovation/store';
import type { Directory, Face } from './stage.ts';

/** How everybody and every team is shown, as their rows say now. */
export async function readDirectory(sql: Sql, orgId: string): Promise<Directory> {
  const teams = await readTeams(sql, orgId);
  const stripes = new Map(teams.map((team) => [team.id, team.stripe]));
  const faces = new Map<string, Face>();
  for (const { id, name, names, stripe } of teams) faces.set(id, { name, names, stripe });
  for (const { id, name, names, teamId } of await readPeople(sql, orgId)) {
    faces.set(id, { name, names, stripe: stripes.get(teamId ?? '') ?? 0 });
  }
  return faces;
}
