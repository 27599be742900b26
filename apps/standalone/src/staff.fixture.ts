import { hashToken, newId, newToken } from '@ovation/host';
import { SESSION_COOKIE } from '@ovation/protocol';
import { createSession, inOrg, saveUser, type UserRow } from '@ovation/store';
import type { Answer, TestFloor } from './floor.fixture.ts';

export type SendAs = TestFloor['send'];

/** Sends JSON as a signed-in user of a role who is (or is not) somebody that is ranked. */
export async function signedIn(
  floor: TestFloor,
  role: UserRow['role'],
  personId: string | null = null,
): Promise<SendAs> {
  const { orgId, db, ingest } = floor;
  const userId = newId('usr');
  const token = newToken('ovn');
  const user = {
    orgId,
    userId,
    email: `${userId}@example.com`,
    name: `${role} ${userId.slice(-4)}`,
  };
  await inOrg(db.app, orgId, (tx) => saveUser(tx, { ...user, passwordHash: null, role, personId }));
  const expiresAt = new Date(Date.UTC(2100, 0, 1));
  await createSession(db.app, orgId, { tokenHash: hashToken(token), userId, expiresAt });
  return async (method, url, body): Promise<Answer> => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await ingest.app.inject({
      method,
      url,
      headers: { ...json, cookie: `${SESSION_COOKIE}=${token}` },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    const type = String(answer.headers['content-type'] ?? '');
    const parsed = type.includes('json') ? (JSON.parse(answer.body) as unknown) : answer.body;
    return { status: answer.statusCode, type, body: parsed };
  };
}

/** Teams and people by name; each person with the id of the team. */
export async function addStaff(
  floor: TestFloor,
  teams: Readonly<Record<string, readonly string[]>>,
): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const [team, people] of Object.entries(teams)) {
    ids[team] = (await floor.send('POST', '/v1/teams', { name: team })).body.id as string;
    for (const name of people) {
      const body = { name, team: ids[team] };
      ids[name] = (await floor.send('POST', '/v1/people', body)).body.id as string;
    }
  }
  return ids;
}
