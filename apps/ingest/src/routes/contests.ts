import {
  PatchContest,
  PostContest,
  PostContestBacktest,
  PostContestCheck,
} from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import { contestAnswers, contestById } from '../contests/answers.ts';
import { backtest, contestEffect } from '../contests/backtest.ts';
import { addDraft, changeDraft, mustHave, removeDraft } from '../contests/drafts.ts';
import { contestFlags } from '../contests/flags.ts';
import { contestHistory, contestPrizes } from '../contests/history.ts';
import { checkRules } from '../contests/rules.ts';
import { contestStanding } from '../contests/standing.ts';
import { bodyFrom, definitionFrom } from '../contests/wire.ts';
import type { IngestDeps } from '../deps.ts';
import { mustBe } from './body.ts';
import { caughtUp } from './boards.ts';
import { contestLifeRoutes } from './contest-life.ts';

interface ById {
  Params: { id: string };
}
const tags = ['contests'];

const SPRINT = {
  name: 'Winter opener',
  names: { fa: 'شروع زمستان' },
  definition: {
    of: 'people',
    scoring: { metric: 'deals' },
    rules: { kind: 'highest' },
    who: {},
    from: '2031-03-01T09:00:00+03:30',
    to: '2031-03-08T17:00:00+03:30',
    graceHours: 48,
    ties: 'earliest',
    prizes: [
      {
        id: 'first',
        for: { to: 'ranks', from: 1, until: 1 },
        item: { kind: 'points', points: 500 },
      },
    ],
  },
};

/** Contests: rules, life, standing, and what to think about before and after. */
export function contestRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;

  app.get(
    '/v1/contests',
    { schema: { tags, summary: 'Contests, the newest first.' } },
    async (request) => {
      const caller = await mayOrEnd(sql, request, 'boards:read');
      await caughtUp(sql, caller.orgId);
      return { contests: await contestAnswers(deps, caller.orgId, caller) };
    },
  );

  app.get<ById>(
    '/v1/contests/:id',
    { schema: { tags, summary: 'A contest with its rules.' } },
    async (request) => {
      const caller = await mayOrEnd(sql, request, 'boards:read');
      await caughtUp(sql, caller.orgId);
      return contestById(deps, caller.orgId, caller, request.params.id);
    },
  );

  app.get<ById>(
    '/v1/contests/:id/standing',
    {
      schema: { tags, summary: 'How a contest stands, with its ladder, its draw and its prizes.' },
    },
    async (request) => {
      const caller = await mayOrEnd(sql, request, 'boards:read');
      await caughtUp(sql, caller.orgId);
      return contestStanding(deps, caller, request.params.id);
    },
  );

  draftRoutes(app, deps);
  thoughtRoutes(app, deps);
  contestLifeRoutes(app, deps);
  afterRoutes(app, deps);
}

/** Rules while they are being written. */
function draftRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;
  app.post(
    '/v1/contests',
    {
      schema: { tags, summary: 'Begins a draft, also as a copy.', body: PostContest },
      config: { examples: { sprint: { summary: 'A sprint', body: SPRINT, status: 201 } } },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(sql, request, 'contests:write');
      const id = await addDraft(
        deps,
        caller.orgId,
        caller.author,
        mustBe(PostContest, request.body),
      );
      return reply.code(201).send(await contestById(deps, caller.orgId, caller, id));
    },
  );

  app.patch<ById>(
    '/v1/contests/:id',
    { schema: { tags, summary: 'Saves a draft, or names a contest.', body: PatchContest } },
    async (request) => {
      const caller = await mayOrEnd(sql, request, 'contests:write');
      const change = mustBe(PatchContest, request.body);
      await changeDraft(deps, caller.orgId, caller.author, request.params.id, change);
      return contestById(deps, caller.orgId, caller, request.params.id);
    },
  );

  app.delete<ById>(
    '/v1/contests/:id',
    { schema: { tags, summary: 'Throws a draft away.' } },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(sql, request, 'contests:write');
      await removeDraft(deps, orgId, author, request.params.id);
      return reply.code(204).send();
    },
  );
}

/** What to think about before a contest is published. */
function thoughtRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;
  app.post<ById>(
    '/v1/contests/:id/check',
    {
      schema: {
        tags,
        summary: 'What is wrong with rules, and what to think about; writes nothing.',
        body: PostContestCheck,
      },
    },
    async (request) => {
      const { orgId } = await mayOrEnd(sql, request, 'contests:write');
      const { definition } = mustBe(PostContestCheck, request.body);
      return checkRules(deps, orgId, definitionFrom(request.params.id, definition));
    },
  );

  app.post<ById>(
    '/v1/contests/:id/backtest',
    {
      schema: {
        tags,
        summary: 'Replays rules over past windows; writes nothing.',
        body: PostContestBacktest,
      },
    },
    async (request) => {
      const { orgId } = await mayOrEnd(sql, request, 'contests:write');
      const { definition, windows } = mustBe(PostContestBacktest, request.body ?? {});
      const { id } = request.params;
      const known = definition ?? bodyFrom((await mustHave(deps, orgId, id)).definition);
      await caughtUp(sql, orgId);
      const asked = windows === undefined ? {} : { windows };
      return backtest(deps, orgId, { id, definition: known }, asked);
    },
  );
}

/** What happened to a contest, what waits for a word, what was won, and whether it worked. */
function afterRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const { sql } = deps;
  app.get<ById>(
    '/v1/contests/:id/history',
    { schema: { tags, summary: 'What happened to a contest, the newest first.' } },
    async (request) => {
      const { orgId } = await mayOrEnd(sql, request, 'boards:read');
      return { steps: await contestHistory(deps, orgId, request.params.id) };
    },
  );

  app.get<ById>(
    '/v1/contests/:id/flags',
    { schema: { tags, summary: "Events that wait for a manager's word." } },
    async (request) => {
      const { orgId } = await mayOrEnd(sql, request, 'contests:write');
      await caughtUp(sql, orgId);
      return { flags: await contestFlags(deps, orgId, request.params.id) };
    },
  );

  app.get<ById>(
    '/v1/contests/:id/effect',
    { schema: { tags, summary: 'Whether it did what it was for; `null` until it is over.' } },
    async (request) => {
      const { orgId } = await mayOrEnd(sql, request, 'contests:write');
      await caughtUp(sql, orgId);
      return { effect: await contestEffect(deps, orgId, request.params.id) };
    },
  );

  app.get<{ Querystring: { contest?: string } }>(
    '/v1/prizes',
    { schema: { tags, summary: 'What was won: of a contest, or by oneself.' } },
    async (request) => {
      const caller = await mayOrEnd(sql, request, 'boards:read');
      return { prizes: await contestPrizes(deps, caller, request.query) };
    },
  );
}
