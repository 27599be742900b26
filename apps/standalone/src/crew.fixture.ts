import { hashToken, newId, newToken } from '@ovation/host';
import { createSession, inOrg, readFeed, saveUser } from '@ovation/store';
import { openFloor, type Answer, type TestFloor } from './floor.fixture.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type SendAs = (method: Method, url: string, body?: unknown) => Promise<Answer>;

/** A floor with a team of three who can sign in, a manager and an owner. */
export interface Crew {
  readonly floor: TestFloor;
  /** Ids of the people by name. */
  readonly ids: Readonly<Record<'Ana' | 'Bo' | 'Cy', string>>;
  readonly as: Readonly<Record<'Ana' | 'Bo' | 'Cy' | 'manager' | 'owner', SendAs>>;
  /** A deal that somebody won some days ago; answers its key. */
  win(who: string, deal: string, daysAgo?: number, amount?: string): Promise<void>;
  /** What is in the feed, newest first. */
  feed(): Promise<{ kind: string; person: string | null }[]>;
  balance(who: 'Ana' | 'Bo' | 'Cy'): Promise<number>;
}

export async function openCrew(options: Parameters<typeof openFloor>[0] = {}): Promise<Crew> {
  const floor = await openFloor(options);
  const team = (await floor.send('POST', '/v1/teams', { name: 'North' })).body.id as string;
  const ids = {} as Record<'Ana' | 'Bo' | 'Cy', string>;
  for (const name of ['Ana', 'Bo', 'Cy'] as const) {
    ids[name] = (await floor.send('POST', '/v1/people', { name, team })).body.id as string;
  }
  const rep = (name: 'Ana' | 'Bo' | 'Cy') => signIn(floor, 'rep', name, ids[name]);
  const as = {
    Ana: await rep('Ana'),
    Bo: await rep('Bo'),
    Cy: await rep('Cy'),
    manager: await signIn(floor, 'manager', 'Max', null),
    owner: await signIn(floor, 'owner', 'Olga', null),
  };
  const now = () => floor.deps.clock.now();
  return {
    floor,
    ids,
    as,
    async win(person, deal, daysAgo = 0, amount = '100.00') {
      const occurredAt = new Date(now() - daysAgo * 86_400_000 - 1_000).toISOString();
      const event = { id: `won-${deal}`, type: 'deal.won', deal, person, occurredAt };
      const money = { amount, currency: 'USD' };
      const answer = await floor.send('POST', '/v1/events', { ...event, amount: money });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    },
    async feed() {
      await floor.send('GET', '/v1/boards/revenue-month');
      const rows = await readFeed(floor.db.app, floor.orgId, { limit: 100 });
      return rows.map(({ kind, personName }) => ({ kind, person: personName }));
    },
    async balance(who) {
      await floor.send('GET', '/v1/boards/revenue-month');
      const [row] = await floor.db.owner<{ balance: bigint }[]>`
        select balance from wallet where person_id = ${ids[who]}`;
      return Number(row?.balance ?? 0n);
    },
  };
}

export async function signIn(
  floor: TestFloor,
  role: 'rep' | 'manager' | 'owner',
  name: string,
  personId: string | null,
): Promise<SendAs> {
  const { orgId } = floor;
  const userId = newId('usr');
  const token = newToken('ovn');
  const user = { orgId, userId, email: `${userId}@example.com`, name, passwordHash: null };
  await inOrg(floor.db.app, orgId, (tx) => saveUser(tx, { ...user, role, personId }));
  const expiresAt = new Date(Date.UTC(2100, 0, 1));
  await createSession(floor.db.app, orgId, { tokenHash: hashToken(token), userId, expiresAt });
  return async (method, url, body) => {
    const answer = await floor.ingest.app.inject({
      method,
      url,
      headers: {
        cookie: `ovation_session=${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    const type = String(answer.headers['content-type'] ?? '');
    return {
      status: answer.statusCode,
      type,
      body: type.includes('json') ? (JSON.parse(answer.body) as unknown) : answer.body,
    };
  };
}
