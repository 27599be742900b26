import { LocalBus, type Bus } from '@ovation/bus';
import { createLogger, systemClock, type Clock } from '@ovation/host';
import { bootstrap, buildIngest, type Ingest, type IngestDeps } from '@ovation/ingest';
import { startProjector, type Projector } from '@ovation/projector';
import { cloneDatabase, type TestDatabase } from '@ovation/testkit';
import { inject } from 'vitest';

/** An organisation with its API and its projector, on a database of its own. */
export interface TestFloor {
  readonly db: TestDatabase;
  readonly bus: Bus;
  readonly ingest: Ingest;
  readonly deps: IngestDeps;
  readonly orgId: string;
  readonly key: string;
  projector: Projector;
  startProjector(): Promise<Projector>;
  /** Sends JSON with the key; the answer with its body parsed. */
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
  ): Promise<Answer>;
  close(): Promise<void>;
}
export interface Answer {
  readonly status: number;
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into any answer
  readonly body: any;
}

export async function openFloor(
  options: { bus?: Bus; clock?: Clock; pageEvents?: number } = {},
): Promise<TestFloor> {
  const db = await cloneDatabase(inject('postgresUrl'));
  const bus = options.bus ?? new LocalBus();
  const logger = createLogger('test', 'error');
  const key = 'ovk_test_key_for_everything';
  const deps: IngestDeps = {
    sql: db.app,
    lanes: [db.pool(1), db.pool(1)],
    bus,
    clock: options.clock ?? systemClock,
    logger,
    secret: 'test secret',
  };
  const ingest = await buildIngest(deps);
  const { orgId } = await bootstrap(deps, { name: 'Test', key, demo: false });
  const { pageEvents } = options;
  const pages = pageEvents === undefined ? {} : { pageEvents };
  const open = () => startProjector({ sql: db.projector, bus, logger, ...pages });
  const floor: TestFloor = {
    db,
    bus,
    ingest,
    deps,
    orgId,
    key,
    projector: await open(),
    startProjector: open,
    async send(method, url, body) {
      const answer = await ingest.app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      const type = String(answer.headers['content-type'] ?? '');
      return {
        status: answer.statusCode,
        type,
        body: type.includes('json') ? (JSON.parse(answer.body) as unknown) : answer.body,
      };
    },
    async close() {
      await floor.projector.stop();
      await ingest.close();
      await bus.close();
      await db.close();
    },
  };
  return floor;
}
