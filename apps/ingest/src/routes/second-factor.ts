import { PostFactorCode, PostSecondFactor } from '@ovation/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { findCaller, mayOrEnd, nobody } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import {
  beginFactor,
  confirmFactor,
  factorAnswer,
  giveCode,
  isPerson,
  removeFactor,
  type SignedIn,
} from '../second-factor/factor.ts';
import { factorHolders, resetFactor } from '../second-factor/others.ts';
import { mustBe } from './body.ts';
import { Throttle } from './throttle.ts';

const about = (summary: string) => ({ tags: ['sessions'], summary });
const GONE = { 204: Type.Null({ description: 'Done.' }) };
const DIGITS = '005924';
const CODE = { digits: { summary: 'Six digits', body: { code: DIGITS } } };

/** Second factors, authenticators: much of pay is approved with a code of one's own only. */
export function secondFactorRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const passwords = new Throttle(deps.clock);
  app.get(
    '/v1/second-factor',
    { schema: about('Whether the caller has a second factor, and how long its code lasts.') },
    async (request) => factorAnswer(deps, await signedIn(deps, request)),
  );

  app.post(
    '/v1/second-factor',
    {
      schema: {
        ...about('Makes a secret for an authenticator; it is in this answer and nowhere else.'),
        body: PostSecondFactor,
      },
    },
    async (request, reply) => {
      const caller = await signedIn(deps, request);
      const sent = mustBe(PostSecondFactor, request.body);
      const key = `${caller.orgId}/${caller.userId}`;
      passwords.mustBeCalm(key);
      passwords.count(key);
      const made = await beginFactor(deps, caller, sent);
      passwords.forget(key);
      return reply.code(201).send(made);
    },
  );
  codeRoutes(app, deps);
  otherRoutes(app, deps);
}

/** What a code is given for. */
function codeRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const confirm = about('The first code: the factor counts from now on. Answers recovery codes.');
  app.post(
    '/v1/second-factor/confirm',
    { schema: { ...confirm, body: PostFactorCode }, config: { examples: CODE } },
    async (request) => {
      const caller = await signedIn(deps, request);
      return confirmFactor(deps, caller, mustBe(PostFactorCode, request.body).code);
    },
  );

  const check = about('A code for what this session does in the next five minutes.');
  app.post(
    '/v1/second-factor/check',
    { schema: { ...check, body: PostFactorCode }, config: { examples: CODE } },
    async (request) => {
      const caller = await signedIn(deps, request);
      await giveCode(deps, caller, mustBe(PostFactorCode, request.body).code);
      return factorAnswer(deps, caller);
    },
  );

  const remove = about('Removes the second factor; that needs a code too.');
  app.post(
    '/v1/second-factor/remove',
    {
      schema: { ...remove, body: PostFactorCode, response: GONE },
      config: { examples: CODE },
    },
    async (request, reply) => {
      const caller = await signedIn(deps, request);
      await removeFactor(deps, caller, mustBe(PostFactorCode, request.body).code);
      return reply.code(204).send();
    },
  );
}

/** Those of others, for owners: whoever lost theirs sets up a new one. */
function otherRoutes(app: FastifyInstance, deps: IngestDeps): void {
  const owner = async (request: FastifyRequest): Promise<SignedIn> => {
    await mayOrEnd(deps.sql, request, 'settings:write');
    return signedIn(deps, request);
  };
  app.get(
    '/v1/second-factors',
    { schema: about('Accounts that approve pay, and whether they have a second factor.') },
    async (request) => ({ accounts: await factorHolders(deps, await owner(request)) }),
  );

  const reset = about('Takes away the second factor of another account, who lost it.');
  app.post<{ Params: { user: string } }>(
    '/v1/second-factors/:user/reset',
    { schema: { ...reset, response: GONE } },
    async (request, reply) => {
      await resetFactor(deps, await owner(request), request.params.user);
      return reply.code(204).send();
    },
  );
}

/** A person with an account; keys and screens have no second factor. */
async function signedIn(deps: IngestDeps, request: FastifyRequest): Promise<SignedIn> {
  const caller = await findCaller(deps.sql, request);
  if (!caller) throw nobody();
  if (!isPerson(caller)) throw new ProblemError('forbidden', 'Only people have a second factor.');
  return caller;
}
