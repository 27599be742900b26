import { Readable } from 'node:stream';
import { parseInstant, refuse } from '@ovation/domain';
import { AuditQuery, type AuditAnswer } from '@ovation/protocol';
import { inOrg, readChanges, type ChangeFilter } from '@ovation/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { auditOf } from '../audit.ts';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { isDate } from '../organisation.ts';
import { orRefuse } from '../problem.ts';
import { CSV_MARK, csvLine } from '../spreadsheet-csv.ts';
import { queryOf } from './body.ts';

const LISTED = 50;
/** Lines of a file that are read at once. */
const CSV_PAGE = 1_000;

/** Who changed which setting, when, from what to what. */
export function auditRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  const read = (orgId: string, filter: ChangeFilter, before: number | null, limit: number) =>
    inOrg(deps.sql, orgId, async (tx) =>
      auditOf(tx, orgId, await readChanges(tx, orgId, filter, { before, limit })),
    );

  async function* lines(orgId: string, filter: ChangeFilter): AsyncGenerator<string> {
    yield CSV_MARK + csvLine(HEADINGS);
    for (let before: number | null = null; ;) {
      const page: AuditAnswer[] = await read(orgId, filter, before, CSV_PAGE);
      yield page.map(lineOf).join('');
      if (page.length < CSV_PAGE) return;
      before = page.at(-1)!.seq;
    }
  }

  app.get(
    '/v1/audit',
    {
      schema: {
        tags: ['audit'],
        summary: 'Changes of settings, newest first; as CSV with `Accept: text/csv` or `format`.',
        querystring: AuditQuery,
      },
    },
    async (request, reply) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'audit:read');
      const query = queryOf(AuditQuery, request.query);
      const filter = await filterOf(door, orgId, query);
      if (wantsCsv(request, query)) {
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="audit.csv"')
          .send(Readable.from(lines(orgId, filter)));
      }
      const { limit = LISTED, after } = query;
      const changes = await read(orgId, filter, after === undefined ? null : Number(after), limit);
      const next = changes.length === limit ? String(changes.at(-1)!.seq) : null;
      return { changes, next };
    },
  );
}

type Query = Static<typeof AuditQuery>;

function wantsCsv(request: FastifyRequest, { format }: Query): boolean {
  if (format !== undefined) return format === 'csv';
  return (request.headers.accept ?? '').toLowerCase().includes('text/csv');
}

async function filterOf(door: Door, orgId: string, query: Query): Promise<ChangeFilter> {
  const { calendar } = await door.rules.of(orgId);
  const moment = (text: string | undefined, pointer: string): Date | null => {
    if (text === undefined) return null;
    const at = isDate(text) ? calendar.startOf(text) : parseInstant(text);
    if (at !== undefined) return new Date(at);
    const detail = 'Write a date, or an instant such as "2026-11-23T09:31:00+03:30".';
    return orRefuse(refuse('bad_time', detail, pointer));
  };
  return {
    types: query.type === undefined ? null : query.type.split(','),
    by: query.by ?? null,
    subject: query.subject ?? null,
    from: moment(query.from, '/from'),
    to: moment(query.to, '/to'),
  };
}

const HEADINGS = ['seq', 'at', 'by', 'by name', 'type', 'subject', 'subject name', 'was', 'now'];

const lineOf = ({ seq, at, by, type, subject, subjectName, was, now }: AuditAnswer): string =>
  csvLine([seq, at, by.id, by.name, type, subject, subjectName, textOf(was), textOf(now)]);

const textOf = (value: unknown): string | null =>
  value === null || typeof value === 'string' ? value : JSON.stringify(value);
