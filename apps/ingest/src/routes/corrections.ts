import { may } from '@ovation/domain';
import {
  CorrectionsQuery,
  PostCorrection,
  PostCorrectionPreview,
  PostDecision,
  PostWithdrawal,
} from '@ovation/protocol';
import { readCorrectionRequests, type CorrectionRow } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import { correctionAnswers } from '../corrections/answer.ts';
import {
  decideCorrection,
  previewCorrection,
  requestCorrection,
  withdrawCorrection,
} from '../corrections/requests.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { readCharge } from '../team-scope.ts';
import { mustBe } from './body.ts';
import { wholeNumber } from './boards.ts';

const REQUESTS = 50;
const REQUESTS_MAX = 500;

const about = (summary: string) => ({ tags: ['corrections'], summary });
type ById = { Params: { id: string } };

/** Corrections of events by hand: asked for, foretold, decided, and then events themselves. */
export function correctionRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  listRoute(app, deps);
  askingRoutes(app, deps, door);
  decidingRoutes(app, deps, door);
}

function listRoute(app: FastifyInstance, deps: IngestDeps): void {
  app.get<{ Querystring: CorrectionsQuery }>(
    '/v1/corrections',
    {
      schema: {
        ...about('Requests: your own, or those about people in your charge. What waits first.'),
        querystring: CorrectionsQuery,
      },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'entries:write');
      const { state = null, limit } = mustBe(CorrectionsQuery, request.query);
      const decides = may(caller, 'corrections:write');
      const charge = decides ? await readCharge(deps, caller) : null;
      const rows = await readCorrectionRequests(deps.sql, caller.orgId, {
        people: charge === null ? null : [...charge],
        by: decides ? null : caller.author.id,
        state,
        limit: Math.min(wholeNumber(limit, 'limit') ?? REQUESTS, REQUESTS_MAX),
      });
      return { corrections: await correctionAnswers(deps, caller.orgId, rows) };
    },
  );
}

function askingRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.post(
    '/v1/corrections/preview',
    {
      schema: {
        ...about('What a correction would do to the event and to every board. Writes nothing.'),
        body: PostCorrectionPreview,
      },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'entries:write');
      const input = mustBe(PostCorrectionPreview, request.body);
      return previewCorrection(deps, door, caller, input);
    },
  );

  app.post(
    '/v1/corrections',
    {
      schema: {
        ...about('Asks for a correction of an event; a manager may decide at once.'),
        body: PostCorrection,
      },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'entries:write');
      const input = mustBe(PostCorrection, request.body);
      const row = await requestCorrection(deps, door, caller, input);
      return reply.code(201).send(await answerOf(deps, caller, row));
    },
  );
}

function decidingRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.post<ById>(
    '/v1/corrections/:id/decision',
    { schema: { ...about('Approves or declines a request that waits.'), body: PostDecision } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'corrections:write');
      const input = mustBe(PostDecision, request.body);
      const row = await decideCorrection(deps, door, caller, request.params.id, input);
      return answerOf(deps, caller, row);
    },
  );

  app.post<ById>(
    '/v1/corrections/:id/withdrawal',
    { schema: { ...about('Takes back a request of your own.'), body: PostWithdrawal } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'entries:write');
      const { reason } = mustBe(PostWithdrawal, request.body);
      const row = await withdrawCorrection(deps, caller, request.params.id, reason);
      return answerOf(deps, caller, row);
    },
  );
}

async function answerOf(deps: IngestDeps, caller: Caller, row: CorrectionRow) {
  return (await correctionAnswers(deps, caller.orgId, [row]))[0];
}
