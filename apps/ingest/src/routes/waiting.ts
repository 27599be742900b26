import { countWaiting } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';

/** What waits for the caller, so that pages can say so wherever one is. */
export function waitingRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get(
    '/v1/me/waiting',
    { schema: { tags: ['duels'], summary: 'How much waits for oneself: challenges, wishes.' } },
    async (request) => {
      const { orgId, personId: person } = await mayOrEnd(deps.sql, request, 'rewards:use');
      if (person === null) return { challenges: 0, wishes: 0 };
      return countWaiting(deps.sql, orgId, { person, at: new Date(deps.clock.now()) });
    },
  );
}
