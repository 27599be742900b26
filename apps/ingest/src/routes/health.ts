import type { FastifyInstance } from 'fastify';
import type { IngestDeps } from '../deps.ts';

const LIVEZ = { tags: ['health'], summary: 'Whether this process turns.', security: [] };
const READYZ = {
  tags: ['health'],
  summary: 'Whether events can be stored: `ok`, or `degraded` (slower) without the bus.',
  security: [],
};

/** `/livez`: this process turns. `/readyz`: it can store events; without the bus it is slower. */
export function healthRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get('/livez', { schema: LIVEZ }, () => ({ status: 'ok' }));
  app.get('/readyz', { schema: READYZ }, async (_request, reply) => {
    try {
      await deps.sql`select 1`;
      return { status: deps.bus.connected ? 'ok' : 'degraded' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
}
