import type { FastifyInstance } from 'fastify';
import type { IngestDeps } from '../deps.ts';

/** `/livez`: this process turns. `/readyz`: it can store events; without the bus it is slower. */
export function healthRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get('/livez', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await deps.sql`select 1`;
      return { status: deps.bus.connected ? 'ok' : 'degraded' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
}
