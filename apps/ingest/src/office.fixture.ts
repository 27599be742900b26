import { LocalBus } from '@ovation/bus';
import type { OrganisationSettings } from '@ovation/domain';
import { createLogger, hashToken, newId, newToken, systemClock, type Clock } from '@ovation/host';
import { SESSION_COOKIE } from '@ovation/protocol';
import {
  createSession,
  createSource,
  inOrg,
  readEventsAfter,
  saveApiKey,
  saveUser,
  type UserRow,
} from '@ovation/store';
import { cloneDatabase, type TestDatabase } from '@ovation/testkit';
import { inject } from 'vitest';
import { buildIngest, type Ingest } from './app.ts';
import { bootstrap } from './bootstrap.ts';
import type { IngestDeps } from './deps.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export interface Answer {
  readonly status: number;
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any answer
  readonly body: any;
}
/** Sends JSON as somebody; the answer with its body parsed. */
export type Send = (
  method: Method,
  url: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** The API on a database of its own, with an organisation and its first key. No projector. */
export interface Office {
  readonly db: TestDatabase;
  readonly bus: LocalBus;
  readonly deps: IngestDeps;
  readonly ingest: Ingest;
  readonly orgId: string;
  readonly sourceId: string;
  readonly key: string;
  readonly send: Send;
  /** Another organisation on the same database: what it must not see. */
  neighbour(): Promise<{ orgId: string; send: Send }>;
  /** A signed-in user of a role. */
  user(role: UserRow['role']): Promise<Send>;
  /** A key with these rights and a source of its own. */
  machine(scopes: readonly string[]): Promise<{ key: string; sourceId: string; send: Send }>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any event
  log(type?: string): Promise<any[]>;
  close(): Promise<void>;
}

export async function openOffice(
  options: { clock?: Clock; settings?: OrganisationSettings } = {},
): Promise<Office> {
  const db = await cloneDatabase(inject('postgresUrl'));
  const bus = new LocalBus();
  const deps: IngestDeps = {
    sql: db.app,
    lanes: [db.pool(1), db.pool(1)],
    bus,
    clock: options.clock ?? systemClock,
    logger: createLogger('test', 'error'),
    secret: 'test secret',
  };
  const ingest = await buildIngest(deps);
  const found = async (name: string, settings = options.settings) => {
    const key = newToken('ovk');
    const made = await bootstrap(deps, { name, key, demo: false, ...(settings && { settings }) });
    return { ...made, key, send: senderWith(ingest, { authorization: `Bearer ${key}` }) };
  };
  const own = await found('Test');
  return {
    ...own,
    db,
    bus,
    deps,
    ingest,
    neighbour: () => found('Neighbour'),
    user: (role) => signIn(deps, ingest, own.orgId, role),
    machine: (scopes) => addMachine(deps, ingest, own.orgId, scopes),
    log: async (type) => {
      const events = await readEventsAfter(db.app, own.orgId, 0, 10_000);
      return type === undefined ? events : events.filter((event) => event.type === type);
    },
    async close() {
      await ingest.close();
      await bus.close();
      await db.close();
    },
  };
}

function senderWith(ingest: Ingest, who: Readonly<Record<string, string>>): Send {
  return async (method, url, body, headers = {}) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await ingest.app.inject({
      method,
      url,
      headers: { ...json, ...who, ...headers },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const type = String(answer.headers['content-type'] ?? '');
    return {
      status: answer.statusCode,
      type,
      body: type.includes('json') ? (JSON.parse(answer.body) as unknown) : answer.body,
    };
  };
}

async function signIn(
  deps: IngestDeps,
  ingest: Ingest,
  orgId: string,
  role: UserRow['role'],
): Promise<Send> {
  const userId = newId('usr');
  const token = newToken('ovn');
  const email = `${userId}@example.com`;
  const user = { orgId, userId, email, name: role, passwordHash: null, role, personId: null };
  await inOrg(deps.sql, orgId, (tx) => saveUser(tx, user));
  // The database asks its own clock, whatever the test's says.
  const expiresAt = new Date('2100-01-01T00:00:00Z');
  await createSession(deps.sql, orgId, { tokenHash: hashToken(token), userId, expiresAt });
  return senderWith(ingest, { cookie: `${SESSION_COOKIE}=${token}` });
}

async function addMachine(
  deps: IngestDeps,
  ingest: Ingest,
  orgId: string,
  scopes: readonly string[],
): Promise<{ key: string; sourceId: string; send: Send }> {
  const sourceId = newId('src');
  const key = newToken('ovk');
  await inOrg(deps.sql, orgId, async (tx) => {
    await createSource(tx, orgId, { id: sourceId, name: 'CRM', kind: 'key' });
    const row = { orgId, keyId: newId('key'), scopes, sourceId, prefix: key.slice(0, 8) };
    await saveApiKey(tx, { ...row, keyHash: hashToken(key), name: 'CRM' });
  });
  return { key, sourceId, send: senderWith(ingest, { authorization: `Bearer ${key}` }) };
}
