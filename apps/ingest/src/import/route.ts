import { PassThrough, type Writable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { ImportQuery } from '@ovation/protocol';
import { Type } from 'typebox';
import { describeBody } from '../api/check-request.ts';
import { orRefuse, problemDocument, ProblemError } from '../problem.ts';
import { parseStrictJson } from '../strict-json.ts';
import { parseMapping, type ImportMapping } from './mapping.ts';
import type { ImportPorts } from './ports.ts';
import type { ImportReport } from './report.ts';
import { runImport, type OnProgress } from './run-import.ts';
import { IMPORT_BYTES_MAX, spoolRequest, type Spooled } from './spool.ts';

/** What an import is known by afterwards; merged into the report. Times are RFC 3339. */
export interface SavedImport {
  readonly id: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

export interface ImportRoutesOptions {
  /** Called before anything is read; throws a problem for who may not import. */
  portsFor(request: FastifyRequest, dryRun: boolean): Promise<ImportPorts>;
  /** Called once per finished import, dry runs included. */
  save(request: FastifyRequest, report: ImportReport): Promise<SavedImport>;
  /** Earlier imports, newest first. */
  list(request: FastifyRequest): Promise<readonly unknown[]>;
}

interface Query {
  readonly dryRun?: string;
  readonly mapping?: string;
}

/** Room for the multipart headings around the files. */
const HEADINGS_BYTES_MAX = 1024 * 1024;
/** Each keeps up to 64 MiB on disk and one connection of the store busy. */
const IMPORTS_AT_ONCE = 4;
const BROKEN_OFF = 'The import broke off. Send it again: nothing doubles.';
const NDJSON = 'application/x-ndjson';

const REPORT = {
  type: 'object',
  additionalProperties: true,
  description: 'The report: what was found and stored.',
};
const POST_IMPORT = {
  validatorCompiler: describeBody as never,
  schema: {
    tags: ['imports'],
    summary: 'Takes CSV files and answers with the report; nothing doubles when sent again.',
    description: 'Who accepts `application/x-ndjson` gets lines of progress before the report.',
    consumes: ['multipart/form-data', 'text/csv'],
    querystring: ImportQuery,
    response: { 200: REPORT },
    body: Type.Object(
      {
        file: Type.Array(Type.String({ format: 'binary' })),
        mapping: Type.Optional(Type.String()),
      },
      { description: 'The files, or as `text/csv` one file alone.' },
    ),
  },
};
const IMPORTS = { tags: ['imports'], summary: 'Earlier imports, newest first.' };

/**
 * `POST /v1/imports` takes CSV files, as multipart or as one `text/csv` body, and answers with the
 * report; who accepts NDJSON gets a line of progress at a time, then `{kind: 'report', report}`, or
 * `{kind: 'problem', problem}` where it broke off. `GET /v1/imports` lists the earlier ones.
 */
export const importRoutes: FastifyPluginAsync<ImportRoutesOptions> = async (app, options) => {
  await acceptFiles(app);
  let running = 0;

  app.post<{ Querystring: Query }>(
    '/v1/imports',
    { ...POST_IMPORT, bodyLimit: IMPORT_BYTES_MAX + HEADINGS_BYTES_MAX },
    async (request, reply) => {
      const dryRun = isTrue(request.query.dryRun);
      const ports = await options.portsFor(request, dryRun);
      if (running >= IMPORTS_AT_ONCE) {
        throw new ProblemError('unavailable', 'Several imports are running. Try again shortly.');
      }
      running += 1;
      const work = await prepare(request).catch((error: unknown) => {
        running -= 1;
        throw error;
      });
      const run = async (onProgress?: OnProgress) => {
        try {
          const report = await runImport(work.files, work.options, ports, onProgress);
          return { ...report, ...(await options.save(request, report)) };
        } finally {
          running -= 1;
          await work.remove();
        }
      };
      if (!request.headers.accept?.includes(NDJSON)) return run();
      const lines = new PassThrough();
      void stream(lines, run, request);
      return reply
        .type(NDJSON)
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(lines);
    },
  );

  app.get('/v1/imports', { schema: IMPORTS }, async (request) => ({
    imports: await options.list(request),
  }));
};

async function acceptFiles(app: FastifyInstance): Promise<void> {
  if (!app.hasContentTypeParser('multipart/form-data')) await app.register(multipart);
  app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
}

interface Work extends Pick<Spooled, 'files' | 'remove'> {
  readonly options: { readonly mapping?: ImportMapping };
}

async function prepare(request: FastifyRequest<{ Querystring: Query }>): Promise<Work> {
  const type = request.headers['content-type'] ?? '';
  if (!/^(multipart\/form-data|text\/csv)\b/i.test(type)) {
    throw new ProblemError('unsupported', 'Send CSV files as multipart/form-data or text/csv.');
  }
  const { files, mapping, remove } = await spoolRequest(request);
  const text = mapping ?? request.query.mapping;
  if (text === undefined) return { files, remove, options: {} };
  try {
    const parsed = parseMapping(orRefuse(parseStrictJson(text), '/mapping'));
    return { files, remove, options: { mapping: orRefuse(parsed) } };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The status line has gone out by now, so a failure is a last line. */
async function stream(
  lines: PassThrough,
  run: (onProgress: OnProgress) => Promise<object>,
  request: FastifyRequest,
): Promise<void> {
  try {
    const report = await run((progress) => writeLine(lines, progress));
    await writeLine(lines, { kind: 'report', report });
  } catch (error) {
    if (lines.destroyed) return request.log.info('the importer went away');
    const known = error instanceof ProblemError;
    if (!known) request.log.error({ err: error }, 'import failed');
    const problem = known
      ? problemDocument(error.problem, error.message, error.faults, request.url)
      : problemDocument('internal', BROKEN_OFF, [], request.url);
    await writeLine(lines, { kind: 'problem', problem }).catch(() => undefined);
  }
  lines.end();
}

/** Resolves once there is room for more; rejects when the reader has gone. */
async function writeLine(out: Writable, line: object): Promise<void> {
  if (out.destroyed) throw new Error('nobody reads any more');
  if (out.write(`${JSON.stringify(line)}\n`)) return;
  await new Promise<void>((resolve, reject) => {
    const settle = () => {
      out.off('drain', settle);
      out.off('close', settle);
      if (out.destroyed) reject(new Error('nobody reads any more'));
      else resolve();
    };
    out.once('drain', settle);
    out.once('close', settle);
  });
}

const isTrue = (text: string | undefined): boolean =>
  text === 'true' || text === '1' || text === '';
