import type { Named, Viewer } from '@ovation/protocol';
import { findScreen, findSessionUser, type UserRow } from './access.ts';
import type { Sql } from './connect.ts';
import { readPeople, readTeams } from './directory.ts';
import { readOrganisation } from './organisations.ts';

/** Who holds a session or screen token (given as hashes), or nobody. */
export async function readViewer(
  sql: Sql,
  hashes: { readonly session?: string; readonly screen?: string },
): Promise<Viewer | null> {
  if (hashes.session !== undefined) {
    const user = await findSessionUser(sql, hashes.session);
    if (user) return viewerOfUser(sql, user);
  }
  if (hashes.screen === undefined) return null;
  const screen = await findScreen(sql, hashes.screen);
  const organisation = screen && (await readOrganisation(sql, screen.orgId));
  if (!organisation) return null;
  const { id, name } = screen;
  return {
    role: 'screen',
    organisation,
    user: null,
    person: null,
    team: null,
    screen: { id, name },
  };
}

/** What a user may know of themselves. */
export async function viewerOfUser(sql: Sql, user: UserRow): Promise<Viewer | null> {
  const organisation = await readOrganisation(sql, user.orgId);
  if (!organisation) return null;
  const { userId: id, name, email, role } = user;
  const person = (await readPeople(sql, user.orgId)).find((one) => one.id === user.personId);
  const teams = await readTeams(sql, user.orgId);
  const team = teams.find((one) => one.id === person?.teamId);
  const named = (one: Named | undefined) =>
    one ? { id: one.id, name: one.name, names: one.names ?? {} } : null;
  return {
    role,
    organisation,
    user: { id, name, email },
    person: named(person),
    team: named(team),
    screen: null,
  };
}
