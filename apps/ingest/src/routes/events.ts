import { API_LIMITS } from '@ovation/protocol';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door, Verdict } from '../door.ts';
import { ProblemError, problemDocument, PROBLEMS } from '../problem.ts';

/** The only door through which facts enter the house. */
export function eventRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  app.post('/v1/events', async (request, reply) => {
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
