import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '@ovation/host';
import { findCaller, nobody, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';

const WINDOW_MS = 60_000;
/** Callers counted at once; beyond it (many addresses) all counts begin anew. */
const CALLERS_MAX = 50_000;
/** A loader of history may send this much; who sits at a page needs far less. */
export const REQUESTS_A_MINUTE = 600_000;
const SHARE_OF_PEOPLE = 100;
const PEOPLE_MIN = 60;

type Kind = 'key' | 'user' | 'screen' | 'address';

/** What is left to a caller. */
export interface Allowance {
  readonly allowed: number;
  readonly left: number;
  readonly seconds: number;
  readonly exceeded: boolean;
}

/** Counts requests in windows of a minute that are the same for all: one number a caller. */
export class RequestCounter {
  readonly #clock: Clock;
  readonly #counts = new Map<string, number>();
  #windowEnds = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one request of this caller. */
  take(caller: string, allowed: number): Allowance {
    const now = this.#clock.now();
    if (now >= this.#windowEnds || this.#counts.size >= CALLERS_MAX) {
      this.#counts.clear();
      this.#windowEnds = now - (now % WINDOW_MS) + WINDOW_MS;
    }
    const count = (this.#counts.get(caller) ?? 0) + 1;
    this.#counts.set(caller, count);
    const seconds = Math.max(1, Math.ceil((this.#windowEnds - now) / 1_000));
    return { allowed, left: Math.max(0, allowed - count), seconds, exceeded: count > allowed };
  }
}

/**
 * Every request below `/v1/` ends here unless somebody sends it who may send more: whose it is must
 * be known (but where a route says `security: []`), and each caller has so many a minute. What is
 * left is said in the structured fields `RateLimit-Policy` and `RateLimit` (IETF draft 10).
 */
export function limitCallers(app: FastifyInstance, deps: IngestDeps): void {
  const counter = new RequestCounter(deps.clock);
  const machines = deps.requestsAMinute ?? REQUESTS_A_MINUTE;
  const people = Math.max(PEOPLE_MIN, Math.floor(machines / SHARE_OF_PEOPLE));
  const allowed: Record<Kind, number> = {
    key: machines,
    user: people,
    screen: people,
    address: people,
  };
  const policies = mapKinds((kind) => `"${kind}";q=${allowed[kind]};w=${WINDOW_MS / 1_000}`);

  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/v1/')) return;
    const open = isOpen(request);
    const caller = await callerOf(deps, request, open);
    const kind = kindOf(caller);
    const name = caller ? `${kind} ${caller.orgId} ${caller.subject}` : `address ${request.ip}`;
    const { left, seconds, exceeded } = counter.take(name, allowed[kind]);
    reply.header('ratelimit-policy', policies[kind]);
    reply.header('ratelimit', `"${kind}";r=${left};t=${seconds}`);
    if (exceeded) {
      const detail = `At most ${allowed[kind]} requests a minute. Go on in ${seconds} s.`;
      throw new ProblemError('too_fast', detail, [], seconds);
    }
    if (!caller && !open) throw nobody();
  });
}

const mapKinds = (text: (kind: Kind) => string): Record<Kind, string> => ({
  key: text('key'),
  user: text('user'),
  screen: text('screen'),
  address: text('address'),
});

/** Addresses where there is nothing are open too: what answers there is "not found". */
function isOpen(request: FastifyRequest): boolean {
  if (request.is404) return true;
  const schema = request.routeOptions.schema as { security?: readonly unknown[] } | undefined;
  return schema?.security?.length === 0;
}

/** Open routes do not mind a cookie that is sent from another site: they decide for themselves. */
async function callerOf(
  deps: IngestDeps,
  request: FastifyRequest,
  open: boolean,
): Promise<Caller | undefined> {
  try {
    return await findCaller(deps.sql, request);
  } catch (error) {
    if (open) return undefined;
    throw error;
  }
}

const kindOf = (caller: Caller | undefined): Kind => {
  if (!caller) return 'address';
  if (caller.role === 'machine') return 'key';
  return caller.role === 'screen' ? 'screen' : 'user';
};
