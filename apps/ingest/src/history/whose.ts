import type { TeamRow } from '@ovation/store';

/** A team and those below it. */
export function teamsWithin(teams: ReadonlyMap<string, TeamRow>, id: string): string[] {
  const within = new Set([id]);
  for (let size = 0; size < within.size;) {
    size = within.size;
    for (const team of teams.values()) {
      if (team.parentId !== null && within.has(team.parentId)) within.add(team.id);
    }
  }
  return [...within];
}
