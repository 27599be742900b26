interface TreeTeam {
  readonly id: string;
  readonly parent: string | { readonly id: string } | null;
}

/** A team with how deep under others it is. */
export interface Branch<T> {
  readonly team: T;
  readonly depth: number;
}

export const parentOf = ({ parent }: TreeTeam): string | null =>
  parent === null || typeof parent === 'string' ? parent : parent.id;

/**
 * Teams with those under them right after, in the given order within each. A team whose parent is
 * unknown, or is under itself, stands at the top: none is left out.
 */
export function treeOf<T extends TreeTeam>(teams: readonly T[]): Branch<T>[] {
  const known = new Set(teams.map(({ id }) => id));
  const placed = new Set<string>();
  const branches: Branch<T>[] = [];
  const place = (team: T, depth: number): void => {
    if (placed.has(team.id)) return;
    placed.add(team.id);
    branches.push({ team, depth });
    for (const one of teams) if (parentOf(one) === team.id) place(one, depth + 1);
  };
  for (const team of teams) if (!known.has(parentOf(team) ?? '')) place(team, 0);
  for (const team of teams) place(team, 0);
  return branches;
}

/** The team and all that are under it: where it cannot be moved to. */
export function withThoseUnder(teams: readonly TreeTeam[], id: string): ReadonlySet<string> {
  const found = new Set([id]);
  let before = 0;
  while (before < found.size) {
    before = found.size;
    for (const team of teams) if (found.has(parentOf(team) ?? '')) found.add(team.id);
  }
  return found;
}
