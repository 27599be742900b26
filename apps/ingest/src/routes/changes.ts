import { readEventsAfter } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { wholeNumber } from './boards.ts';

const CHANGES_MAX = 1_000;
const CHANGES = 200;

/** The log, for machines and for repair. */
export function changeRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<{ Querystring: { after?: string; limit?: string } }>('/v1/changes', async (request) => {
    const caller = await mayOrEnd(deps.sql, request, 'changes:read');
    const after = wholeNumber(request.query.after, 'after') ?? 0;
    const limit = Math.min(wholeNumber(request.query.limit, 'limit') ?? CHANGES, CHANGES_MAX);
    const events = await readEventsAfter(deps.sql, caller.orgId, after, limit);
    const last = events.at(-1)?.seq ?? after;
    const changes = events.map(({ key, occurredAt, recordedAt, ...event }) => ({
      ...event,
      source: key.slice(0, key.indexOf('/')),
      id: key.slice(key.indexOf('/') + 1),
      occurredAt: new Date(occurredAt).toISOString(),
      recordedAt: new Date(recordedAt).toISOString(),
    }));
    return { changes, next: events.length === limit ? last : null };
  });
}
