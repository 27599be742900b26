import { API_LIMITS, EventAnswer, PostEvents, Receipt } from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { describeBody } from '../api/check-request.ts';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door, Verdict } from '../door.ts';
import { ProblemError, problemDocument, PROBLEMS } from '../problem.ts';

const WON = {
  id: 'crm-7781',
  type: 'deal.won',
  occurredAt: '2026-11-23T09:31:00+03:30',
  deal: 'opp-551',
  amount: { amount: '4514.00', currency: 'USD' },
  credits: [
    { person: 'darcel@example.com', share: '0.7' },
    { person: 'anna@example.com', share: '0.3' },
  ],
  attributes: { product: 'GTX Pro', account: 'Isdom' },
};
const CALL = {
  id: 'call-9',
  type: 'activity.logged',
  activity: 'call',
  person: 'anna@example.com',
};

const POST_EVENTS = {
  // Every event has its own verdict: the door checks them, not the route.
  validatorCompiler: describeBody as never,
  schema: {
    tags: ['events'],
    summary: 'Stores an event, or a batch of up to 1,000 of which the good ones are stored.',
    description:
      'An event is known by its `id` within the source of the key: sent again it is answered ' +
      'with its first receipt. Without an `id`, `Idempotency-Key` stands in.',
    body: PostEvents,
    response: { 201: Receipt, 200: EventAnswer },
  },
  config: {
    examples: {
      won: { summary: 'A won deal, shared by two', body: WON, status: 201 },
      activity: { summary: 'A call', body: CALL, status: 201 },
      batch: {
        summary: 'Two at once',
        body: {
          events: [
            { ...WON, id: 'crm-7782', deal: 'opp-552' },
            { ...CALL, id: 'call-10' },
          ],
        },
        status: 200,
      },
      reversed: {
        summary: 'The deal is off',
        body: { id: 'crm-7783', type: 'deal.reversed', deal: 'opp-552', reason: 'Returned' },
        status: 201,
      },
    },
  },
};

/** The only door through which facts enter the house. */
export function eventRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.post('/v1/events', POST_EVENTS, async (request, reply) => {
    const caller = await mayOrEnd(deps.sql, request, 'events:write');
    const body: unknown = request.body;
    if (isBatch(body)) {
      const events = mustBeList(body.events);
      const verdicts = await door.take(caller, events);
      const results = verdicts.map((verdict, index) => resultOf(verdict, index, request.id));
      return reply.code(200).send({ results });
    }
    const header = request.headers['idempotency-key'];
    const fallback = typeof header === 'string' ? `key:${header.slice(0, 150)}` : undefined;
    const [verdict] = await door.take(caller, [body], fallback);
    if ('fault' in verdict!) {
      throw new ProblemError(verdict.kind, verdict.fault.detail, [verdict.fault]);
    }
    return reply.code(verdict!.duplicate ? 200 : 201).send(verdict);
  });
}

function isBatch(body: unknown): body is { events: unknown } {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && 'events' in body;
}

function mustBeList(events: unknown): unknown[] {
  const { batchEvents } = API_LIMITS;
  if (!Array.isArray(events)) {
    const detail = '"events" must be a list.';
    throw new ProblemError('refused', detail, [{ code: 'type', detail, pointer: '/events' }]);
  }
  if (events.length > batchEvents) {
    const detail = `At most ${batchEvents} events at once; these are ${events.length}.`;
    throw new ProblemError('too_large', detail, [{ code: 'too_many', detail, pointer: '/events' }]);
  }
  return events;
}

/** One line of a batch's answer: its receipt, or a problem whose pointers lead into the batch. */
function resultOf(verdict: Verdict, index: number, instance: string): object {
  if (!('fault' in verdict)) return { status: verdict.duplicate ? 200 : 201, ...verdict };
  const { kind, fault } = verdict;
  const pointer = `/events/${index}${fault.pointer ?? ''}`;
  const problem = problemDocument(kind, fault.detail, [{ ...fault, pointer }], instance);
  return { status: PROBLEMS[kind].status, problem };
}
