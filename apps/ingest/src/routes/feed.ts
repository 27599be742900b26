import { FeedQuery, PostComment, PostHidden, REACTIONS, type Reaction } from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { commentsOf, feedEntry, feedPage } from '../feed/read.ts';
import { comment, moderateComment, moderateItem, react, uncomment } from '../feed/talk.ts';
import { ProblemError } from '../problem.ts';
import { mustBe } from './body.ts';
import { caughtUp } from './boards.ts';

interface ById {
  Params: { id: string };
}
const about = (summary: string) => ({ tags: ['feed'], summary });
const HIDDEN = {
  examples: { rude: { summary: 'With a reason', body: { reason: 'Not for all' } } },
};

/** The internal news, and what people say to it. */
export function feedRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<{ Querystring: FeedQuery }>(
    '/v1/feed',
    { schema: { ...about('News, newest first.'), querystring: FeedQuery } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'feed:write');
      await caughtUp(deps.sql, caller.orgId);
      return feedPage(deps, caller, mustBe(FeedQuery, request.query));
    },
  );

  app.get<ById>(
    '/v1/feed/:id/comments',
    { schema: about('What was said to a line, oldest first.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'feed:write');
      return { comments: await commentsOf(deps, caller, request.params.id) };
    },
  );

  app.post<ById>(
    '/v1/feed/:id/comments',
    {
      schema: { ...about('Says something to a line.'), body: PostComment },
      config: {
        examples: { well: { summary: 'A word', body: { text: 'Well done!' }, status: 201 } },
      },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'feed:write');
      const { text } = mustBe(PostComment, request.body);
      return reply.code(201).send(await comment(deps, caller, request.params.id, text));
    },
  );

  app.delete<ById>(
    '/v1/feed/comments/:id',
    { schema: about('Takes one’s own comment away.') },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'feed:write');
      await uncomment(deps, caller, request.params.id);
      return reply.code(204).send();
    },
  );
  reactionRoutes(app, deps);
  moderationRoutes(app, deps);
}

function reactionRoutes(app: FastifyInstance, deps: IngestDeps): void {
  interface Route {
    Params: { id: string; reaction: string };
  }
  const set = async (
    request: Parameters<typeof mayOrEnd>[1],
    params: Route['Params'],
    on: boolean,
  ) => {
    const caller = await mayOrEnd(deps.sql, request, 'feed:write');
    const { id: item, reaction } = params;
    if (!REACTIONS.some((one) => one === reaction)) {
      throw new ProblemError('not_found', `React with one of ${REACTIONS.join(', ')}.`);
    }
    await react(deps, caller, { item, reaction: reaction as Reaction, on });
    return feedEntry(deps, caller, item);
  };

  app.put<Route>(
    '/v1/feed/:id/reactions/:reaction',
    { schema: about('Reacts to a line; twice is once.') },
    (request) => set(request, request.params, true),
  );

  app.delete<Route>(
    '/v1/feed/:id/reactions/:reaction',
    { schema: about('Takes a reaction back.') },
    (request) => set(request, request.params, false),
  );
}

function moderationRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const kinds = [
    ['/v1/feed/:id', 'a line', moderateItem],
    ['/v1/feed/comments/:id', 'a comment', moderateComment],
  ] as const;
  for (const [path, what, moderate] of kinds) {
    app.post<ById>(
      `${path}/hide`,
      { schema: { ...about(`Hides ${what}, with a reason.`), body: PostHidden }, config: HIDDEN },
      async (request, reply) => {
        const caller = await mayOrEnd(deps.sql, request, 'feed:moderate');
        const { reason } = mustBe(PostHidden, request.body);
        await moderate(deps, caller, request.params.id, reason);
        return reply.code(204).send();
      },
    );

    app.post<ById>(
      `${path}/restore`,
      { schema: about(`Shows ${what} again.`) },
      async (request, reply) => {
        const caller = await mayOrEnd(deps.sql, request, 'feed:moderate');
        await moderate(deps, caller, request.params.id, null);
        return reply.code(204).send();
      },
    );
  }
}
