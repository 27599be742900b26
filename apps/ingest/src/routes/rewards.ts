import {
  CostsQuery,
  PatchReward,
  PostDecline,
  PostReward,
  RedemptionsQuery,
} from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { addReward, changeReward, rewardAnswers } from '../rewards/catalogue.ts';
import { rewardCosts } from '../rewards/costs.ts';
import { redeem, redemptionAnswers, settle } from '../rewards/redeem.ts';
import { mustBe } from './body.ts';

interface ById {
  Params: { id: string };
}
const about = (summary: string) => ({ tags: ['rewards'], summary });
const LUNCH = {
  name: 'Lunch for two',
  names: { fa: 'ناهار دونفره' },
  icon: 'star',
  price: 150,
  cost: '45.00',
  stock: 10,
  perPerson: 2,
};

/** What points can be exchanged for, and who asked for what. */
export function rewardRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get('/v1/rewards', { schema: about('What can be had for points.') }, async (request) => {
    const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
    return { rewards: await rewardAnswers(deps, caller) };
  });

  app.post(
    '/v1/rewards',
    {
      schema: { ...about('Offers a reward.'), body: PostReward },
      config: { examples: { lunch: { summary: 'Ten of it', body: LUNCH, status: 201 } } },
    },
    async (request, reply) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'rewards:write');
      const draft = mustBe(PostReward, request.body);
      return reply.code(201).send(await addReward(deps, orgId, author, draft));
    },
  );

  app.patch<ById>(
    '/v1/rewards/:id',
    {
      schema: {
        ...about('Changes a reward; who asked already pays what they were told.'),
        body: PatchReward,
      },
      config: { examples: { dearer: { summary: 'Another price', body: { price: 180 } } } },
    },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'rewards:write');
      const change = mustBe(PatchReward, request.body);
      return changeReward(deps, orgId, author, request.params.id, change);
    },
  );

  app.get<{ Querystring: CostsQuery }>(
    '/v1/rewards/costs',
    { schema: { ...about('What rewards cost in money.'), querystring: CostsQuery } },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'rewards:write');
      return rewardCosts(deps, orgId, mustBe(CostsQuery, request.query));
    },
  );
  redemptionRoutes(app, deps);
}

function redemptionRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.post<ById>(
    '/v1/rewards/:id/redeem',
    { schema: about('Asks for a reward; its points are taken at once.') },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
      return reply.code(201).send(await redeem(deps, caller, request.params.id));
    },
  );

  app.get<{ Querystring: RedemptionsQuery }>(
    '/v1/redemptions',
    { schema: { ...about('Who asked for what, newest first.'), querystring: RedemptionsQuery } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
      const query = mustBe(RedemptionsQuery, request.query);
      return { redemptions: await redemptionAnswers(deps, caller, query) };
    },
  );

  const steps = [
    ['approve', 'approved', 'Promises it.'],
    ['fulfil', 'fulfilled', 'It was handed over.'],
  ] as const;
  for (const [word, state, summary] of steps) {
    app.post<ById>(`/v1/redemptions/:id/${word}`, { schema: about(summary) }, async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:write');
      return settle(deps, caller, request.params.id, state, null);
    });
  }

  app.post<ById>(
    '/v1/redemptions/:id/decline',
    {
      schema: { ...about('Refuses it with a reason; the points go back.'), body: PostDecline },
      config: { examples: { gone: { summary: 'Gone', body: { reason: 'No longer made.' } } } },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:write');
      const { reason } = mustBe(PostDecline, request.body);
      return settle(deps, caller, request.params.id, 'declined', reason);
    },
  );

  app.post<ById>(
    '/v1/redemptions/:id/cancel',
    { schema: about('Takes one’s wish back; the points go back.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
      return settle(deps, caller, request.params.id, 'cancelled', null);
    },
  );
}
