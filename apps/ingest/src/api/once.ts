import { beginWrite, dropWrite, finishWrite, type WriteKey } from '@ovation/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findCaller } from '../auth.ts';
import { hashOf } from '../canonical.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';

/**
 * Writes whose result gets its id here, so that only a key tells a repeat from a second one; each
 * with the fields of its answer that are secret and so not kept.
 */
const ONCE: Readonly<Record<string, readonly string[]>> = {
  '/v1/people': [],
  '/v1/teams': [],
  '/v1/metrics': [],
  '/v1/boards': [],
  '/v1/achievements': [],
  '/v1/feed/:id/comments': [],
  '/v1/kudos': [],
  '/v1/wallet/grants': [],
  '/v1/duels': [],
  '/v1/rewards': [],
  '/v1/rewards/:id/redeem': [],
  '/v1/sources': [],
  '/v1/keys': ['secret'],
  '/v1/keys/:id/rotate': ['secret'],
  '/v1/screens': ['url'],
  '/v1/announcements': [],
  '/v1/corrections': [],
  '/v1/people/:id/notes': [],
  '/v1/plans': [],
  '/v1/plans/:id/versions': [],
  '/v1/plans/:id/assignments': [],
  '/v1/pay/adjustments': [],
  '/v1/pay/payouts': [],
  '/v1/pay/holds': [],
};

const HEADERS = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      minLength: 1,
      maxLength: 150,
      description:
        'A text of yours. For 24 hours the same key and body are answered with the first answer ' +
        'and `Idempotency-Replayed: true`; secrets were in the first answer only, and `withheld` ' +
        'names them. The same key with another body is refused (422), and while the first ' +
        'still runs so is the second (409).',
    },
  },
};

const begun = new WeakMap<FastifyRequest, WriteKey>();

/** Honours `Idempotency-Key` on writes without an id of the sender's. */
export function writeOnce(app: FastifyInstance, deps: IngestDeps): void {
  app.addHook('onRoute', (route) => {
    if (route.method !== 'POST' || !(route.url in ONCE)) return;
    route.schema = { headers: HEADERS, ...route.schema };
    route.preHandler = [begin, ...[route.preHandler ?? []].flat()] as never;
    route.onSend = [...[route.onSend ?? []].flat(), keep] as never;
  });

  async function begin(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const key = request.headers['idempotency-key'];
    const caller = typeof key === 'string' ? await findCaller(deps.sql, request) : undefined;
    if (typeof key !== 'string' || !caller) return undefined;
    const { orgId, author } = caller;
    const route = request.url.split('?')[0]!;
    const write = { orgId, caller: `${author.kind} ${author.id}`, route, key };
    const state = await beginWrite(deps.sql, write, hashOf(request.body ?? null));
    switch (state.kind) {
      case 'begun':
        begun.set(request, write);
        return undefined;
      case 'running':
        throw problem('conflict', 'still_running', 'This request is still being worked on.');
      case 'other':
        throw problem(
          'refused',
          'key_taken',
          'This key was used with another body. Take a new one.',
        );
      case 'done':
        return reply
          .code(state.status)
          .header('idempotency-replayed', 'true')
          .type('application/json; charset=utf-8')
          .send(state.answer);
    }
  }

  /** Before the answer goes out: who has it can rely on having it again. */
  async function keep(request: FastifyRequest, reply: FastifyReply, payload: unknown) {
    const write = begun.get(request);
    if (!write) return payload;
    begun.delete(request);
    const status = reply.statusCode;
    const good = status < 300 && typeof payload === 'string';
    const secrets = ONCE[request.routeOptions.url ?? ''] ?? [];
    const done = good
      ? finishWrite(deps.sql, write, { status, answer: withoutSecrets(payload, secrets) })
      : dropWrite(deps.sql, write);
    await done.catch((error: unknown) => {
      deps.logger.error({ err: error, route: write.route }, 'answer was not kept');
    });
    return payload;
  }
}

const problem = (name: 'conflict' | 'refused', code: string, detail: string): ProblemError =>
  new ProblemError(
    name,
    detail,
    [{ code, detail, pointer: '' }],
    name === 'conflict' ? 1 : undefined,
  );

function withoutSecrets(answer: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return answer;
  const kept = JSON.parse(answer) as Record<string, unknown>;
  const withheld = secrets.filter((name) => name in kept);
  for (const name of withheld) delete kept[name];
  return JSON.stringify({ ...kept, withheld });
}
