import { may } from '@ovation/domain';
import { EntriesQuery, PostDecision, PostEntry, PostWithdrawal } from '@ovation/protocol';
import { readEntries, type EntryRow } from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { entryAnswers } from '../entries/answer.ts';
import { decideEntry, withdrawEntry } from '../entries/decide.ts';
import { takeEntry } from '../entries/take.ts';
import { mustBeInCharge, readCharge } from '../team-scope.ts';
import { mustBe } from './body.ts';
import { wholeNumber } from './boards.ts';

const ENTRIES = 50;
const ENTRIES_MAX = 500;

const about = (summary: string) => ({ tags: ['entries'], summary });
type ById = { Params: { id: string } };

/** What people enter by hand: reps what they did, and managers decide where they are asked to. */
export function entryRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  enteringRoutes(app, deps, door);
  afterwardsRoutes(app, deps, door);
}

function enteringRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.get<{ Querystring: EntriesQuery }>(
    '/v1/entries',
    {
      schema: {
        ...about('Entries by hand: your own, or of those in your charge. What waits comes first.'),
        querystring: EntriesQuery,
      },
    },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'entries:write');
      const { state = null, limit } = mustBe(EntriesQuery, request.query);
      const rows = await readEntries(deps.sql, caller.orgId, {
        people: await whomAsked(deps, caller, request.query.person),
        state,
        limit: Math.min(wholeNumber(limit, 'limit') ?? ENTRIES, ENTRIES_MAX),
      });
      return { entries: await entryAnswers(deps, door, caller.orgId, rows) };
    },
  );

  app.post(
    '/v1/entries',
    {
      schema: {
        ...about('Enters an activity or a deal by hand; it counts, or waits for a word.'),
        body: PostEntry,
      },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'entries:write');
      const input = mustBe(PostEntry, request.body);
      const { entry, duplicate } = await takeEntry(deps, door, caller, input);
      return reply.code(duplicate ? 200 : 201).send(await answerOf(deps, door, caller, entry));
    },
  );
}

function afterwardsRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.post<ById>(
    '/v1/entries/:id/decision',
    { schema: { ...about('Approves or declines an entry that waits.'), body: PostDecision } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'entries:approve');
      const input = mustBe(PostDecision, request.body);
      const row = await decideEntry(deps, door, caller, request.params.id, input);
      return answerOf(deps, door, caller, row);
    },
  );

  app.post<ById>(
    '/v1/entries/:id/withdrawal',
    { schema: { ...about('Takes back an entry, with the reason.'), body: PostWithdrawal } },
    async (request) => {
      const caller = await mayOrEnd(deps.sql, request, 'entries:write');
      const { reason } = mustBe(PostWithdrawal, request.body);
      const row = await withdrawEntry(deps, door, caller, request.params.id, reason);
      return answerOf(deps, door, caller, row);
    },
  );
}

/** Whose entries a caller is shown; `null`: everybody's. */
async function whomAsked(
  deps: IngestDeps,
  caller: Caller,
  person: string | undefined,
): Promise<string[] | null> {
  if (!may(caller, 'entries:approve')) return [caller.personId ?? ''];
  const charge = await readCharge(deps, caller);
  if (person === undefined) return charge === null ? null : [...charge];
  mustBeInCharge(charge, person);
  return [person];
}

async function answerOf(deps: IngestDeps, door: Door, caller: Caller, row: EntryRow) {
  return (await entryAnswers(deps, door, caller.orgId, [row]))[0];
}
