import type { IncomingMessage, ServerResponse } from 'node:http';
import cookie from '@fastify/cookie';
import { API_LIMITS } from '@ovation/protocol';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { describeApi } from './api/describe.ts';
import { limitCallers } from './api/limit-callers.ts';
import { writeOnce } from './api/once.ts';
import type { IngestDeps } from './deps.ts';
import { publishAtOnce } from './contests/life.ts';
import { Door } from './door.ts';
import { LaneFull } from './lane.ts';
import { ProblemError, problemDocument, PROBLEMS, type ProblemName } from './problem.ts';
import { accessRoutes } from './routes/access.ts';
import { achievementRoutes } from './routes/achievements.ts';
import { attainmentRoutes } from './routes/attainment.ts';
import { boardRoutes } from './routes/boards.ts';
import { changeRoutes } from './routes/changes.ts';
import { duelRoutes } from './routes/duels.ts';
import { waitingRoutes } from './routes/waiting.ts';
import { contestRoutes } from './routes/contests.ts';
import { eventRoutes } from './routes/events.ts';
import { explainRoutes } from './routes/explain.ts';
import { feedRoutes } from './routes/feed.ts';
import { healthRoutes } from './routes/health.ts';
import { historyRoutes } from './routes/history.ts';
import { importDoor } from './routes/imports.ts';
import { kudosRoutes } from './routes/kudos.ts';
import { metricRoutes } from './routes/metrics.ts';
import { peopleRoutes } from './routes/people.ts';
import { payDoor } from './routes/pay-door.ts';
import { planRoutes } from './routes/plans.ts';
import { secondFactorRoutes } from './routes/second-factor.ts';
import { rewardRoutes } from './routes/rewards.ts';
import { settingsRoutes } from './routes/settings.ts';
import { targetRoutes } from './routes/targets.ts';
import { walletRoutes } from './routes/wallet.ts';
import { workRoutes } from './routes/work.ts';
import { parseStrictJson } from './strict-json.ts';

const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 72_000;

export interface Ingest {
  readonly app: FastifyInstance;
  /** For whoever is in the same process: the demonstration's history and its live floor. */
  readonly door: Door;
  /** Answers one request; for a server that others share. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** Builds the API; it listens nowhere yet. */
export async function buildIngest(deps: IngestDeps): Promise<Ingest> {
  const app = Fastify({
    bodyLimit: API_LIMITS.bodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
  });
  await app.register(cookie);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    const parsed = parseBody(request.headers['content-encoding'], text as string);
    if (parsed instanceof Error) done(parsed);
    else done(null, parsed);
  });
  errorAnswers(app, deps);
  limitCallers(app, deps);
  writeOnce(app, deps);
  await describeApi(app, deps.appVersion ?? '0.0.0');
  const door = new Door(deps);
  healthRoutes(app, deps);
  eventRoutes(app, deps, door);
  boardRoutes(app, deps);
  metricRoutes(app, deps);
  changeRoutes(app, deps);
  contestRoutes(app, deps);
  explainRoutes(app, deps);
  peopleRoutes(app, deps, door);
  targetRoutes(app, deps, door);
  attainmentRoutes(app, deps);
  historyRoutes(app, deps);
  achievementRoutes(app, deps);
  feedRoutes(app, deps);
  kudosRoutes(app, deps);
  walletRoutes(app, deps);
  rewardRoutes(app, deps);
  planRoutes(app, deps);
  payDoor(app, deps);
  duelRoutes(app, deps, publishAtOnce);
  waitingRoutes(app, deps);
  accessRoutes(app, deps);
  secondFactorRoutes(app, deps);
  settingsRoutes(app, deps, door);
  workRoutes(app, deps, door);
  await importDoor(app, deps, door);
  await app.ready();
  return {
    app,
    door,
    handle: (request, response) => app.routing(request, response),
    async close() {
      await app.close();
      await door.stop();
    },
  };
}

function parseBody(encoding: string | undefined, text: string): unknown {
  if (encoding !== undefined && encoding !== 'identity') {
    return new ProblemError('unsupported', 'Send the body uncompressed.');
  }
  if (text === '') return undefined;
  const parsed = parseStrictJson(text);
  if (parsed.ok) return parsed.value;
  return new ProblemError('malformed', parsed.fault.detail, [parsed.fault]);
}

/** One place where errors become problem documents; details of ours stay in the log. */
function errorAnswers(app: FastifyInstance, deps: IngestDeps): void {
  app.setNotFoundHandler(() => {
    throw new ProblemError('not_found', 'There is nothing at this address.');
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { name, detail, faults, ...when } = problemOf(error, request.routeOptions.bodyLimit);
    if (name === 'internal') deps.logger.error({ err: error, url: request.url }, 'request failed');
    const later = name === 'unavailable' || name === 'too_fast' ? 1 : undefined;
    const wait = when.retryAfter ?? later;
    if (wait !== undefined) reply.header('retry-after', String(wait));
    return reply
      .code(PROBLEMS[name].status)
      .type('application/problem+json')
      .send(JSON.stringify(problemDocument(name, detail, faults, request.id)));
  });
}

function problemOf(
  error: FastifyError,
  bodyBytes: number = API_LIMITS.bodyBytes,
): {
  name: ProblemName;
  detail: string;
  faults: ProblemError['faults'];
  retryAfter?: number | undefined;
} {
  if (error instanceof ProblemError) {
    const { problem, message, faults, retryAfter } = error;
    return { name: problem, detail: message, faults, retryAfter };
  }
  const plain = (name: ProblemName, detail: string) => ({ name, detail, faults: [] });
  if (error instanceof LaneFull) return plain('unavailable', 'Too much is waiting. Try again.');
  const status = error.statusCode ?? 500;
  if (status === 413) {
    return plain('too_large', `A body has at most ${bodyBytes} bytes.`);
  }
  if (status === 415) return plain('unsupported', 'Send JSON (content-type application/json).');
  if (status >= 400 && status < 500) return plain('malformed', error.message);
  if (isDatabaseAway(error)) return plain('unavailable', 'The database is not there. Try again.');
  return plain('internal', 'Something went wrong here. It was logged.');
}

/** Connection lost, shutting down, or not yet up: the same request will do later. */
function isDatabaseAway(error: { code?: string }): boolean {
  return /^(CONNECTION|CONNECT_|ECONN|57P0|08)/.test(error.code ?? '');
}
