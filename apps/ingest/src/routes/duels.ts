import { PostDuel, PutDuelOptOut } from '@ovation/protocol';
import { inOrg, setOptOut } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { duelAnswers } from '../duels/answers.ts';
import { accept, challenge, refuseDuel, type PublishDuel } from '../duels/duels.ts';
import { mustBePerson } from '../rewards/redeem.ts';
import { mustBe } from './body.ts';

interface ById {
  Params: { id: string };
}
const about = (summary: string) => ({ tags: ['duels'], summary });
const CHALLENGE = { opponent: 'per_cd6ebgyhm6wedgcx', metric: 'deals', hours: 72 };

/** How a challenge ends without a duel. */
const STEPS = [
  ['decline', 'declined', 'Says no to a challenge.'],
  ['withdraw', 'withdrawn', 'Takes one’s own challenge back while nobody answered.'],
] as const;

/** Contests of two, begun by those who fight them. */
export function duelRoutes(app: FastifyInstance, deps: IngestDeps, publish: PublishDuel): void {
  app.get(
    '/v1/duels',
    { schema: about('One’s own duels, and what one may offer.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
      return duelAnswers(deps, caller.orgId, mustBePerson(caller));
    },
  );

  app.post(
    '/v1/duels',
    {
      schema: {
        ...about('Challenges somebody; nothing is held until they accept.'),
        body: PostDuel,
      },
      config: { examples: { honour: { summary: 'For honour', body: CHALLENGE, status: 201 } } },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
      const input = mustBe(PostDuel, request.body);
      return reply.code(201).send(await challenge(deps, caller, input));
    },
  );

  app.post<ById>(
    '/v1/duels/:id/accept',
    { schema: about('Accepts a challenge: both stakes are held and the contest begins.') },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
      return accept(deps, caller, request.params.id, publish);
    },
  );

  for (const [word, state, summary] of STEPS) {
    app.post<ById>(`/v1/duels/:id/${word}`, { schema: about(summary) }, async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
      return refuseDuel(deps, caller, request.params.id, state);
    });
  }

  app.put(
    '/v1/duels/opt-out',
    {
      schema: { ...about('Whether one does not want to be challenged.'), body: PutDuelOptOut },
      config: { examples: { out: { summary: 'No duels, please', body: { out: true } } } },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'rewards:use');
      const person = mustBePerson(caller);
      const { out } = mustBe(PutDuelOptOut, request.body);
      await inOrg(deps.sql, caller.orgId, (tx) => setOptOut(tx, caller.orgId, person, out));
      return duelAnswers(deps, caller.orgId, person);
    },
  );
}
