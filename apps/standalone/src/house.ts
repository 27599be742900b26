import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { LocalBus, RedisBus, type Bus } from '@ovation/bus';
import { startPostgres, startRedis } from '@ovation/embedded';
import { attachGateway, type Gateway } from '@ovation/gateway';
import { systemClock, type Lifecycle, type Logger } from '@ovation/host';
import {
  buildIngest,
  Clerk,
  startAnnouncements,
  startRecounts,
  startTicks,
  type Ingest,
  type IngestDeps,
  type SetupRight,
} from '@ovation/ingest';
import { startProjector, type Projector } from '@ovation/projector';
import { connect, migrate, readHeads, type Sql } from '@ovation/store';
import { createWeb } from '@ovation/web';
import type { DataFolder } from './data-folder.ts';

export interface HouseOptions {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  readonly publicUrl?: string;
  readonly appVersion: string;
  /** How many requests one API key may send a minute. */
  readonly requestsAMinute?: number;
  readonly setup?: SetupRight;
  /** Serves pages in development; the build does otherwise. */
  readonly pages?: (server: Server) => Promise<PageHandler>;
}
type PageHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Everything in one process, composed and listening. */
export interface House {
  readonly url: string;
  readonly sql: Sql;
  /** May see that organisations exist. */
  readonly overseer: Sql;
  readonly ingest: Ingest;
  /** For writing settings the way the API does. */
  readonly deps: IngestDeps;
  readonly gateway: Gateway;
  readonly projector: Projector;
  /** Set once there is a demonstration organisation. */
  demo: { orgId: string; screenToken: string } | undefined;
}

const APP_CONNECTIONS = 8;
const PROJECTOR_CONNECTIONS = 4;
const LANES = 2;

/** Starts the parts in order; `lifecycle` stops them in reverse, Postgres last. */
export async function openHouse(
  options: HouseOptions,
  folder: DataFolder,
  lifecycle: Lifecycle,
  logger: Logger,
): Promise<House> {
  const databaseUrl = options.databaseUrl ?? (await ownPostgres(folder, lifecycle));
  await migrate(databaseUrl);
  const pool = (role: 'ovation_app' | 'ovation_projector', max: number, name: string): Sql => {
    const sql = connect(databaseUrl, { role, max, name });
    lifecycle.add(name, () => sql.end({ timeout: 5 }));
    return sql;
  };
  const sql = pool('ovation_app', APP_CONNECTIONS, 'ovation app');
  const overseer = pool('ovation_projector', PROJECTOR_CONNECTIONS, 'ovation projector');
  const lanes = Array.from({ length: LANES }, (_, n) =>
    pool('ovation_app', 1, `ovation lane ${n}`),
  );
  const bus = await openBus(options.redisUrl, lifecycle);
  const projector = await startProjector({ sql: overseer, bus, logger });
  lifecycle.add('projector', () => projector.stop());
  const house: Partial<House> & { demo: House['demo'] } = { demo: undefined };
  const secret = await folder.secret('secret');
  const deps: IngestDeps = {
    sql,
    lanes,
    bus,
    clock: systemClock,
    logger,
    secret,
    appVersion: options.appVersion,
    demoOrg: () => house.demo?.orgId,
    onOrganisation: () => void projector.look().catch(() => undefined),
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    ...(options.requestsAMinute === undefined ? {} : { requestsAMinute: options.requestsAMinute }),
    ...(options.setup === undefined ? {} : { setup: options.setup }),
  };
  const ingest = await buildIngest(deps);
  lifecycle.add('ingest', () => ingest.close());
  const organisations = async () => (await readHeads(overseer)).map((h) => h.orgId);
  const stopTicks = startTicks(deps, organisations);
  lifecycle.add('ticks', () => Promise.resolve(stopTicks()));
  const clerk = new Clerk(deps);
  clerk.start(organisations);
  lifecycle.add('clerk', () => clerk.stop());
  lifecycle.add('recounts of pay', startRecounts(deps, organisations));
  const stopAnnouncements = startAnnouncements(deps, organisations);
  lifecycle.add('announcements', () => Promise.resolve(stopAnnouncements()));
  const server = createServer();
  const gateway = attachGateway(server, { bus, logger, secret, appVersion: options.appVersion });
  lifecycle.add('gateway', () => gateway.close());
  await servePages(server, ingest, options, () => house.demo, sql);
  const url = await listen(server, options, lifecycle);
  return Object.assign(house, { url, sql, overseer, ingest, deps, gateway, projector }) as House;
}

async function ownPostgres(folder: DataFolder, lifecycle: Lifecycle): Promise<string> {
  const postgres = await startPostgres({ folder: join(folder.path, 'postgres') });
  lifecycle.add('postgres', () => postgres.stop());
  return postgres.url;
}

/** `REDIS_URL`, else a Redis of our own where one is installed, else none is needed. */
async function openBus(url: string | undefined, lifecycle: Lifecycle): Promise<Bus> {
  const own = url === undefined ? await startRedis({}).catch(() => undefined) : undefined;
  if (own) lifecycle.add('redis', () => own.stop());
  const address = url ?? own?.url;
  const bus = address === undefined ? new LocalBus() : RedisBus.open(address);
  lifecycle.add('bus', () => bus.close());
  return bus;
}

const API = /^\/(v1\/|docs$|docs\/|livez$|readyz$)/;

/** One server for all: the API by its paths, sockets by the gateway, pages for the rest. */
async function servePages(
  server: Server,
  ingest: Ingest,
  options: HouseOptions,
  demo: () => House['demo'],
  sql: Sql,
): Promise<void> {
  const own = options.pages ? { handler: await options.pages(server) } : {};
  const pages = await createWeb({ sql, demo, ...own });
  const notFound = (response: ServerResponse) => () => {
    response.statusCode = 404;
    response.end();
  };
  server.on('request', (request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    if (path.startsWith('/socket.io/')) return;
    if (API.test(path)) return ingest.handle(request, response);
    // Pages must not take a client's word for the protocol.
    request.headers['x-forwarded-proto'] = 'http';
    pages(request, response, notFound(response));
  });
}

function listen(server: Server, options: HouseOptions, lifecycle: Lifecycle): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      lifecycle.add('server', async () => {
        server.closeIdleConnections();
        const closed = new Promise((done) => server.close(done));
        setTimeout(() => server.closeAllConnections(), 1_000).unref();
        await closed;
      });
      const { port } = server.address() as AddressInfo;
      const host = options.host === '0.0.0.0' ? '127.0.0.1' : options.host;
      resolve(`http://${host}:${port}`);
    });
  });
}
