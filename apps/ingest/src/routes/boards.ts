import { parseInstant, type Instant } from '@ovation/domain';
import { PastBoardQuery, PatchBoard, PostBoard, type BoardRowsAnswer } from '@ovation/protocol';
import { readHead, readProjectedSeq, readSeqAt, type Sql } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import { addBoard, boardAnswers, changeBoard, removeBoard } from '../board-settings.ts';
import type { IngestDeps } from '../deps.ts';
import { boardOf, openBook, openDefinitions } from '../figures/book.ts';
import { boardThen, type Moment } from '../figures/board.ts';
import { liveAnswer, pageAsked, pastAnswer, type BoardQuery } from '../figures/board-page.ts';
import { LiveBoards } from '../figures/live-boards.ts';
import { ProblemError } from '../problem.ts';
import { mustBe } from './body.ts';

export { textOf, wholeNumber } from '../figures/board-page.ts';

/** A reader sees what was accepted before it asked; this long it waits for the fold. */
const CATCH_UP_MS = 2_000;
const CATCH_UP_EVERY_MS = 5;

const BOARD = {
  tags: ['boards'],
  summary: 'A board, now or as it stood at any moment.',
  querystring: PastBoardQuery,
};

const tags = ['boards'];
interface BySlug {
  Params: { slug: string };
}
const NORTH = {
  name: 'GTX in the north',
  metric: 'revenue',
  period: 'month',
  of: 'people',
  where: [{ field: 'attributes.product', is: ['GTX Pro'] }],
  topN: 5,
};

/** Boards that somebody defines; every metric has its own besides. */
function boardSettingRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get('/v1/boards', { schema: { tags, summary: 'The boards there are.' } }, async (request) => {
    const { orgId } = await mayOrEnd(deps.sql, request, 'boards:read');
    return { boards: boardAnswers(await openBook(deps.sql, orgId)) };
  });

  app.post(
    '/v1/boards',
    {
      schema: { tags, summary: 'Defines a board.', body: PostBoard },
      config: { examples: { north: { summary: 'Filtered', body: NORTH, status: 201 } } },
    },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'metrics:write');
      const draft = mustBe(PostBoard, request.body);
      return reply.code(201).send(await addBoard(deps, orgId, author, draft));
    },
  );

  app.patch<BySlug>(
    '/v1/boards/:slug',
    { schema: { tags, summary: 'Changes a board.', body: PatchBoard } },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'metrics:write');
      const change = mustBe(PatchBoard, request.body);
      return changeBoard(deps, orgId, author, request.params.slug, change);
    },
  );

  app.delete<BySlug>(
    '/v1/boards/:slug',
    { schema: { tags, summary: 'Takes a board away.' } },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'metrics:write');
      await removeBoard(deps, orgId, author, request.params.slug);
      return reply.code(204).send();
    },
  );
}

export function boardRoutes(app: FastifyInstance, deps: IngestDeps): void {
  boardSettingRoutes(app, deps);
  const live = new LiveBoards(deps.bus);
  app.addHook('onClose', () => live.stop());
  app.get<{ Params: { slug: string }; Querystring: BoardQuery }>(
    '/v1/boards/:slug',
    { schema: BOARD },
    async (request): Promise<BoardRowsAnswer> => {
      const caller = await mayOrEnd(deps.sql, request, 'boards:read');
      const { orgId } = caller;
      const seq = await caughtUp(deps.sql, orgId);
      const definitions = await openDefinitions(deps.sql, orgId);
      const found = boardOf(definitions, request.params.slug);
      if (!found) throw new ProblemError('not_found', 'There is no such board.');
      const asked = pageAsked(caller, request.query, found.definition.topN);
      const moment = await momentOf(deps, orgId, request.query);
      if (request.query.at === undefined && moment.known === null && asked.search === '') {
        const page = await live.page(orgId, seq, { board: found.definition.slug, ...asked.places });
        const answer = page && liveAnswer(definitions, found, moment.at, page);
        if (answer) return answer;
      }
      const book = await openBook(deps.sql, orgId, definitions);
      const board = await boardThen(book, found.definition, moment);
      return pastAnswer(book, found, { ...moment, seq }, board, asked);
    },
  );
}

/** The moment asked about; without one, now. */
export async function momentOf(
  deps: IngestDeps,
  orgId: string,
  { at, known }: { at?: string; known?: string },
): Promise<Moment> {
  const then = known === undefined ? null : mustBeInstant(known, 'known');
  return {
    at: at === undefined ? (then ?? deps.clock.now()) : mustBeInstant(at, 'at'),
    known:
      then === null ? null : { at: then, seq: await readSeqAt(deps.sql, orgId, new Date(then)) },
  };
}

/** Waits until what was in the log is folded, so that writers read what they wrote. */
export async function caughtUp(sql: Sql, orgId: string): Promise<number> {
  const head = await readHead(sql, orgId);
  const deadline = performance.now() + CATCH_UP_MS;
  for (;;) {
    const seq = await readProjectedSeq(sql, orgId);
    if (seq >= head || performance.now() > deadline) return seq;
    await new Promise((resolve) => setTimeout(resolve, CATCH_UP_EVERY_MS));
  }
}

export function mustBeInstant(text: string, name: string): Instant {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  const detail = `Write "${name}" as an instant with offset, such as 2017-06-30T12:00:00Z.`;
  throw new ProblemError('refused', detail, [{ code: 'bad_time', detail, pointer: `/${name}` }]);
}
