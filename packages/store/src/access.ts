import type { Role } from '@ovation/domain';
import { inOrg, withCredential, type Sql, type Tx } from './connect.ts';

export interface UserRow {
  readonly orgId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly role: Extract<Role, 'owner' | 'manager' | 'rep'>;
  readonly personId: string | null;
}

/** Accounts with this e-mail (lower case), in whatever organisation. */
export function findUsersByEmail(sql: Sql, email: string): Promise<UserRow[]> {
  return withCredential(
    sql,
    email,
    (tx) => tx<UserRow[]>`
      select org_id, user_id, email, name, password_hash, role, person_id
      from user_account where email = ${email}`,
  );
}

export async function readUsers(sql: Sql, orgId: string): Promise<UserRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<UserRow[]>`
      select org_id, user_id, email, name, password_hash, role, person_id
      from user_account where org_id = ${orgId} order by role, email`,
  );
}

export async function saveUser(tx: Tx, user: UserRow): Promise<void> {
  const { orgId, userId, email, name, passwordHash, role, personId } = user;
  await tx`
    insert into user_account (org_id, user_id, email, name, password_hash, role, person_id)
    values (${orgId}, ${userId}, ${email}, ${name}, ${passwordHash}, ${role}, ${personId})`;
}

export function createSession(
  sql: Sql,
  orgId: string,
  session: { tokenHash: string; userId: string; expiresAt: Date },
): Promise<unknown> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx`
      insert into session (org_id, token_hash, user_id, expires_at)
      values (${orgId}, ${session.tokenHash}, ${session.userId}, ${session.expiresAt})`,
  );
}

export async function endSession(sql: Sql, orgId: string, tokenHash: string): Promise<void> {
  await inOrg(
    sql,
    orgId,
    (tx) => tx`delete from session where org_id = ${orgId} and token_hash = ${tokenHash}`,
  );
}

/** The user of a session that has not expired. */
export async function findSessionUser(sql: Sql, tokenHash: string): Promise<UserRow | undefined> {
  const [found] = await withCredential(
    sql,
    tokenHash,
    (tx) => tx<{ orgId: string; userId: string }[]>`
      select org_id, user_id from session
      where token_hash = ${tokenHash} and expires_at > now()`,
  );
  if (!found) return undefined;
  const [user] = await inOrg(
    sql,
    found.orgId,
    (tx) => tx<UserRow[]>`
      select org_id, user_id, email, name, password_hash, role, person_id
      from user_account where org_id = ${found.orgId} and user_id = ${found.userId}`,
  );
  return user;
}

export interface ScreenRow {
  readonly orgId: string;
  readonly id: string;
  readonly name: string;
  readonly lastSeenAt: Date | null;
}

export async function saveScreen(
  tx: Tx,
  orgId: string,
  screen: { id: string; name: string; tokenHash: string },
): Promise<void> {
  await tx`
    insert into screen (org_id, screen_id, name, token_hash)
    values (${orgId}, ${screen.id}, ${screen.name}, ${screen.tokenHash})`;
}

export function readScreens(sql: Sql, orgId: string): Promise<ScreenRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<ScreenRow[]>`
      select org_id, screen_id as id, name, last_seen_at from screen
      where org_id = ${orgId} order by created_at`,
  );
}

/** Answers its name, and the hash of its token, by which its connections are ended. */
export async function removeScreen(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<{ name: string; tokenHash: string } | undefined> {
  const [row] = await tx<{ name: string; tokenHash: string }[]>`
    delete from screen where org_id = ${orgId} and screen_id = ${id}
    returning name, token_hash`;
  return row;
}

/** The screen that holds this token; notes that it was seen. */
export async function findScreen(sql: Sql, tokenHash: string): Promise<ScreenRow | undefined> {
  const [row] = await withCredential(
    sql,
    tokenHash,
    (tx) => tx<ScreenRow[]>`
      select org_id, screen_id as id, name, last_seen_at from screen
      where token_hash = ${tokenHash}`,
  );
  if (!row) return undefined;
  await inOrg(
    sql,
    row.orgId,
    (tx) => tx`
      update screen set last_seen_at = now()
      where org_id = ${row.orgId} and screen_id = ${row.id}`,
  );
  return row;
}
