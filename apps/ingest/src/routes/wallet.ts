import { may } from '@ovation/domain';
import { PatchPlayRules, PostGrant, PutBudget, WalletQuery } from '@ovation/protocol';
import { inOrg, readPerson, readPlayRules } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { mustBePerson } from '../rewards/redeem.ts';
import { budgetAnswers, changePlayRules, grant, putBudget, walletOf } from '../rewards/wallet.ts';
import { mustBe } from './body.ts';
import { caughtUp } from './boards.ts';
import { giverOf } from './kudos.ts';

const about = (summary: string) => ({ tags: ['wallet'], summary });
const GRANT = { person: 'per_cd6ebgyhm6wedgcx', points: 50, reason: 'For the trade fair' };

/** Points: what somebody has, and what others may give them. */
export function walletRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get<{ Querystring: WalletQuery }>(
    '/v1/wallet',
    {
      schema: {
        ...about('Somebody’s points; one’s own without a person.'),
        querystring: WalletQuery,
      },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
      const query = mustBe(WalletQuery, request.query);
      const id = query.person ?? mustBePerson(caller);
      if (id !== caller.personId && !may(caller, 'people:read')) {
        const detail = 'These are somebody else\'s figures: this needs "people:read".';
        throw new ProblemError('forbidden', detail);
      }
      await caughtUp(deps.sql, caller.orgId);
      const person = await inOrg(deps.sql, caller.orgId, (tx) => readPerson(tx, caller.orgId, id));
      if (!person) throw new ProblemError('not_found', 'There is no person with this id.');
      const { name, names } = person;
      return walletOf(deps, caller.orgId, { id, name, names }, query);
    },
  );

  app.post(
    '/v1/wallet/grants',
    {
      schema: { ...about('Gives points, out of the giver’s month.'), body: PostGrant },
      config: { examples: { fair: { summary: 'For work', body: GRANT, status: 201 } } },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:write');
      const input = mustBe(PostGrant, request.body);
      return reply.code(201).send(await grant(deps, giverOf(caller), caller.author, input));
    },
  );

  app.get(
    '/v1/wallet/budgets',
    { schema: about('What each manager may grant in a month.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:write');
      return { budgets: await budgetAnswers(deps, giverOf(caller)) };
    },
  );

  app.put(
    '/v1/wallet/budgets',
    { schema: { ...about('Says what a manager may grant in a month.'), body: PutBudget } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'settings:write');
      await putBudget(deps, caller.orgId, caller.author, mustBe(PutBudget, request.body));
      return { budgets: await budgetAnswers(deps, giverOf(caller)) };
    },
  );
  ruleRoutes(app, deps);
}

function ruleRoutes(app: FastifyInstance, deps: IngestDeps): void {
  app.get(
    '/v1/play/rules',
    { schema: about('How much may be given and staked.') },
    async (request) => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'rewards:use');
      return readPlayRules(deps.sql, orgId);
    },
  );

  app.patch(
    '/v1/play/rules',
    {
      schema: { ...about('Says how much may be given and staked.'), body: PatchPlayRules },
      config: { examples: { kind: { summary: 'More kudos', body: { kudosPointsMonth: 200 } } } },
    },
    async (request) => {
      const { orgId, author } = await mayOrEnd(deps.sql, request, 'rewards:write');
      await changePlayRules(deps, orgId, author, mustBe(PatchPlayRules, request.body));
      return readPlayRules(deps.sql, orgId);
    },
  );
}
