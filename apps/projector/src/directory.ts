import { isDeepStrictEqual } from 'node:util';
import { readAchievements, readContests, readPeople, readTeams, type Sql } from '@ovation/store';

/** How somebody or some team is shown; names live outside the log. */
export interface Face {
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  /** The team's stripe colour, 0 without a team. */
  readonly stripe: number;
}
export type Directory = ReadonlyMap<string, Face>;

/** How everybody, every team, contest and badge is shown, as their rows say now. */
export async function readDirectory(sql: Sql, orgId: string): Promise<Directory> {
  const teams = await readTeams(sql, orgId);
  const stripes = new Map(teams.map((team) => [team.id, team.stripe]));
  const faces = new Map<string, Face>();
  for (const { id, name, names, stripe } of teams) faces.set(id, { name, names, stripe });
  for (const { id, name, names, teamId } of await readPeople(sql, orgId)) {
    faces.set(id, { name, names, stripe: stripes.get(teamId ?? '') ?? 0 });
  }
  const others = [...(await readContests(sql, orgId)), ...(await readAchievements(sql, orgId))];
  for (const { id, name, names } of others) {
    faces.set(id, { name, names, stripe: 0 });
  }
  return faces;
}

/** Whether everybody is shown the same way; what was made of one then holds for the other. */
export function sameFaces(one: Directory, other: Directory): boolean {
  if (one.size !== other.size) return false;
  for (const [id, face] of other) {
    if (!isDeepStrictEqual(one.get(id), face)) return false;
  }
  return true;
}
