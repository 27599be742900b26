import { LocalBus } from '@ovation/bus';
import { COUNT_SCALE, DEFAULT_SETTINGS, type OrganisationSettings } from '@ovation/domain';
import { createLogger, hashToken } from '@ovation/host';
import { createSession, inOrg, saveProjection, saveUser } from '@ovation/store';
import { cloneDatabase, type TestDatabase } from '@ovation/testkit';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { inject } from 'vitest';
import { buildIngest } from '../app.ts';
import { bootstrap } from '../bootstrap.ts';
import type { IngestDeps } from '../deps.ts';

/** An API on a database of its own, whose figures the test writes itself. */
export interface Desk {
  readonly db: TestDatabase;
  readonly deps: IngestDeps;
  /** A further organisation. */
  organisation(settings?: Partial<OrganisationSettings>): Promise<TestOrg>;
  close(): Promise<void>;
}
export interface TestOrg {
  readonly orgId: string;
  team(name: string, parent?: string): Promise<string>;
  person(name: string, team?: string): Promise<string>;
  /** Who signs in, by a token of their own. */
  user(role: 'manager' | 'rep', personId: string | null): Promise<string>;
  /** Sends JSON with the key that may everything, or as a user. */
  send(method: Method, url: string, body?: unknown, user?: string): Promise<Answer>;
  /** Which measures answer for a metric: `revenue`, `win-rate` with two. */
  measured(metric: string, components?: number): Promise<void>;
  /** Credits as the projector writes them. */
  give(...credits: readonly TestCredit[]): Promise<void>;
}
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export interface TestCredit {
  readonly measure: string;
  readonly person: string;
  readonly team?: string;
  readonly at: string;
  readonly value: bigint;
  readonly fact?: string;
  readonly item?: string;
  readonly seq?: number;
  readonly goneSeq?: number;
  readonly endedAt?: string;
}
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any answer
  readonly body: any;
}

/** One of something counted, in millionths. */
export const ONE_OF = 10n ** BigInt(COUNT_SCALE);

export async function openDesk(now: string): Promise<Desk> {
  const db = await cloneDatabase(inject('postgresUrl'));
  const bus = new LocalBus();
  const deps: IngestDeps = {
    sql: db.app,
    lanes: [db.pool(1)],
    bus,
    clock: { now: () => Date.parse(now) },
    logger: createLogger('test', 'error'),
    secret: 'test secret',
  };
  const ingest = await buildIngest(deps);
  let count = 0;
  return {
    db,
    deps,
    async organisation(settings = {}) {
      const key = `ovk_desk_${(count += 1)}`;
      const all = { ...DEFAULT_SETTINGS, ...settings };
      const { orgId } = await bootstrap(deps, { name: key, key, demo: false, settings: all });
      // Nobody folds here: what is asked for is there at once.
      const head = { seq: 1_000_000, clock: deps.clock.now(), stageFreeAt: 0 };
      await inOrg(db.projector, orgId, (tx) => saveProjection(tx, orgId, head, []));
      return testOrg({ db, orgId, key, inject: (request) => ingest.app.inject(request) });
    },
    async close() {
      await ingest.close();
      await bus.close();
      await db.close();
    },
  };
}

interface House {
  readonly db: TestDatabase;
  readonly orgId: string;
  readonly key: string;
  readonly inject: (request: InjectOptions) => Promise<LightMyRequestResponse>;
}

function testOrg({ db, orgId, key, inject }: House): TestOrg {
  let facts = 0;
  const send: TestOrg['send'] = async (method, url, body, user) => {
    const answer = await inject({
      method,
      url,
      headers: {
        ...(user === undefined
          ? { authorization: `Bearer ${key}` }
          : { cookie: `ovation_session=${user}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    const type = String(answer.headers['content-type'] ?? '');
    const text = answer.body;
    const json = type.includes('json') ? (JSON.parse(text) as unknown) : undefined;
    return { status: answer.statusCode, type, text, body: json };
  };
  return {
    orgId,
    send,
    async team(name, parent) {
      return (await send('POST', '/v1/teams', { name, parent: parent ?? null })).body.id as string;
    },
    async person(name, team) {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
      const input = { name, email, team: team ?? null };
      return (await send('POST', '/v1/people', input)).body.id as string;
    },
    async user(role, personId) {
      facts += 1;
      const userId = `usr_${orgId}_${facts}`;
      const token = `token ${userId}`.replaceAll(' ', '-');
      const email = `${userId}@example.com`;
      const user = { orgId, userId, email, name: `User ${facts}`, passwordHash: null };
      await inOrg(db.app, orgId, (tx) => saveUser(tx, { ...user, role, personId }));
      const expiresAt = new Date(Date.UTC(2_100, 0, 1));
      await createSession(db.app, orgId, { tokenHash: hashToken(token), userId, expiresAt });
      return token;
    },
    async measured(metric, components = 1) {
      for (let component = 0; component < components; component += 1) {
        const measure = component === 0 ? metric : `${metric}:${component}`;
        await inOrg(
          db.projector,
          orgId,
          (tx) => tx`
            insert into measure_state
              (org_id, measure, subject, component, from_seq, ready, done, total)
            values (${orgId}, ${measure}, ${metric}, ${component}, 0, true, 0, 0)`,
        );
      }
    },
    async give(...credits) {
      const rows = credits.map((one) => ({
        org_id: orgId,
        measure: one.measure,
        fact_key: one.fact ?? `test/${(facts += 1)}`,
        subject_id: one.person,
        person_id: one.person,
        team_id: one.team ?? null,
        occurred_at: one.at,
        since_at: one.at,
        ended_at: one.endedAt ?? null,
        value: String(one.value),
        item: one.item ?? null,
        seq: one.seq ?? 1,
        gone_seq: one.goneSeq ?? null,
      }));
      await inOrg(db.projector, orgId, (tx) => tx`insert into credit ${tx(rows as never)}`);
    },
  };
}
