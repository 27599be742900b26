import type { LogEvent } from '@ovation/domain';
import { ChangesQuery } from '@ovation/protocol';
import { readEventsAfter, readEventsOfTypes, readHead } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { readCursor, writeCursor } from '../api/cursor.ts';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { wholeNumber } from './boards.ts';

const CHANGES_MAX = 1_000;
const CHANGES = 200;
/** Of a rare type a page may be short, or empty: so much of the log is looked through for it. */
const LOOKED_THROUGH = 50_000;
const TYPES_MAX = 30;

const Place = Type.Object({ after: Type.Integer({ minimum: 0 }), types: Type.String() });

const CHANGES_ROUTE = {
  schema: {
    tags: ['changes'],
    summary: 'The log in its order; `next` and `cursor` are null at its end.',
    description:
      'Go on with `cursor`, or with `after` set to `next`. With `type` a page may hold fewer ' +
      'than `limit`, or none, though the log goes on.',
    querystring: ChangesQuery,
  },
};

/** The log, for machines and for repair. */
export function changeRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<{ Querystring: Static<typeof ChangesQuery> }>(
    '/v1/changes',
    CHANGES_ROUTE,
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'changes:read');
      const { query } = request;
      const place = readCursor('changes', query.cursor, Place);
      const after = place?.after ?? Number(query.after ?? 0);
      const limit = Math.min(wholeNumber(query.limit, 'limit') ?? CHANGES, CHANGES_MAX);
      const types = typesOf(place?.types ?? query.type);
      const page = { after, limit: Math.max(1, limit), types };
      const { events, next } = await readPage(deps, orgId, page);
      const cursor =
        next === null ? null : writeCursor('changes', { after: next, types: types.join(',') });
      return { changes: events.map(shown), next, cursor };
    },
  );
}

function typesOf(text: string | undefined): string[] {
  const types = (text ?? '').split(',').filter((type) => type !== '');
  if (types.length <= TYPES_MAX) return types;
  const detail = `At most ${TYPES_MAX} types; without "type" all of them come.`;
  throw new ProblemError('refused', detail, [{ code: 'too_many', detail, pointer: '/type' }]);
}

async function readPage(
  { sql }: IngestDeps,
  orgId: string,
  { after, limit, types }: { after: number; limit: number; types: readonly string[] },
): Promise<{ events: LogEvent[]; next: number | null }> {
  if (types.length === 0) {
    const events = await readEventsAfter(sql, orgId, after, limit);
    return { events, next: events.length === limit ? events.at(-1)!.seq : null };
  }
  // The head first: what comes in meanwhile is then not taken for looked through.
  const head = await readHead(sql, orgId);
  const until = Math.min(head, after + LOOKED_THROUGH);
  const events = await readEventsOfTypes(sql, orgId, types, { after, until, limit });
  if (events.length === limit) return { events, next: events.at(-1)!.seq };
  return { events, next: until < head ? until : null };
}

function shown({ key, occurredAt, recordedAt, ...event }: LogEvent): object {
  return {
    ...event,
    source: key.slice(0, key.indexOf('/')),
    id: key.slice(key.indexOf('/') + 1),
    occurredAt: new Date(occurredAt).toISOString(),
    recordedAt: new Date(recordedAt).toISOString(),
  };
}
