import { newId } from '@ovation/host';
import { PatchSource, PostSource, type SourceAnswer } from '@ovation/protocol';
import {
  createSource,
  inOrg,
  lockSource,
  readSources,
  saveSource,
  settleResent,
} from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { forgetKeys, mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { SourceCounts } from '../source-counts.ts';
import { mustBe } from './body.ts';

/** People enter these events here: whoever wants none of them does not send them. */
const NEVER_PAUSED = ['settings', 'import'];

/** Where events come from. */
export function sourceRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const tags = ['sources'];
  const counts = new SourceCounts();
  const list = (orgId: string): Promise<SourceAnswer[]> =>
    inOrg(deps.sql, orgId, async (tx) => {
      await settleResent(tx, orgId);
      const counted = await counts.of(tx, orgId);
      return (await readSources(tx, orgId)).map(({ createdAt, pausedAt, ...source }) => ({
        ...source,
        createdAt: createdAt.toISOString(),
        pausedAt: pausedAt?.toISOString() ?? null,
        lastEventAt: counted.get(source.id)?.lastAt.toISOString() ?? null,
        events: counted.get(source.id)?.events ?? 0,
      }));
    });
  const one = async (orgId: string, id: string) => (await list(orgId)).find((row) => row.id === id);

  app.get(
    '/v1/sources',
    { schema: { tags, summary: 'Every source with how much came from it and what waits.' } },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'keys:write');
      return { sources: await list(orgId) };
    },
  );

  app.post(
    '/v1/sources',
    { schema: { tags, summary: 'Adds a source; its keys are made apart.', body: PostSource } },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'keys:write');
      const name = mustBe(PostSource, request.body).name.trim();
      const id = newId('src');
      await writeSettings(deps, orgId, author, async (tx) => {
        await createSource(tx, orgId, { id, name, kind: 'key' });
        const now = { name, paused: false };
        return { value: undefined, events: [{ type: 'source.changed', subject: id, now }] };
      });
      return reply.code(201).send(await one(orgId, id));
    },
  );

  app.patch<{ Params: { id: string } }>(
    '/v1/sources/:id',
    { schema: { tags, summary: 'Renames, pauses or resumes a source.', body: PatchSource } },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'keys:write');
      const patch = mustBe(PatchSource, request.body);
      await changeSource(deps, orgId, author, request.params.id, patch);
      forgetKeys(deps.sql);
      return one(orgId, request.params.id);
    },
  );
}

function changeSource(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  patch: PatchSource,
): Promise<void> {
  return writeSettings(deps, orgId, author, async (tx) => {
    const source = await lockSource(tx, orgId, id);
    if (!source) throw new ProblemError('not_found', 'There is no such source.');
    const was = { name: source.name, paused: source.pausedAt !== null };
    const now = { name: patch.name?.trim() ?? was.name, paused: patch.paused ?? was.paused };
    if (now.paused && NEVER_PAUSED.includes(source.kind)) {
      const detail = 'What people enter or import here is not paused.';
      throw new ProblemError('refused', detail, [
        { code: 'never_paused', detail, pointer: '/paused' },
      ]);
    }
    if (now.name === was.name && now.paused === was.paused) return { value: undefined, events: [] };
    await saveSource(tx, orgId, { id, ...now });
    return { value: undefined, events: [{ type: 'source.changed', subject: id, now, was }] };
  });
}
