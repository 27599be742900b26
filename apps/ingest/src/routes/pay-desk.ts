import { PostPayHold, PostPayReason } from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { disputeCases } from '../pay/dispute-cases.ts';
import { hold, holdAnswers, release } from '../pay/holds.ts';
import type { LivePay } from '../pay/live.ts';
import { payCharge } from '../pay/scope.ts';
import { mustBe } from './body.ts';

interface ById {
  Params: { id: string };
}
const about = (summary: string) => ({ tags: ['pay'], summary });

/** What waits for a word at the desk of pay: disputes, and money that is held back. */
export function payDeskRoutes(app: FastifyInstance, deps: IngestDeps, live: LivePay): void {
  app.get(
    '/v1/pay/disputes',
    { schema: about('Disputes with their lines; the open ones first.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const charge = await payCharge(deps, caller);
      return { disputes: await disputeCases({ deps, live }, caller.orgId, charge) };
    },
  );

  app.get(
    '/v1/pay/holds',
    { schema: about('What is held back from payouts, and what was released.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const charge = await payCharge(deps, caller);
      return { holds: await holdAnswers(deps, caller.orgId, charge) };
    },
  );

  app.post(
    '/v1/pay/holds',
    {
      schema: {
        ...about('Keeps pay of somebody out of payouts, until a date or until it is released.'),
        body: PostPayHold,
      },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const charge = await payCharge(deps, caller);
      const id = await hold(deps, caller, charge, mustBe(PostPayHold, request.body));
      const [made] = await holdAnswers(deps, caller.orgId, charge, id);
      return reply.code(201).send(made);
    },
  );

  app.post<ById>(
    '/v1/pay/holds/:id/release',
    { schema: { ...about('Releases what is held, for a reason.'), body: PostPayReason } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'pay:approve');
      const charge = await payCharge(deps, caller);
      const { id } = request.params;
      await release(deps, caller, charge, id, mustBe(PostPayReason, request.body));
      const [released] = await holdAnswers(deps, caller.orgId, charge, id);
      return released;
    },
  );
}
