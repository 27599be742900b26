import { API_LIMITS, EventAnswer, PostEvents, Receipt, type Problem } from '@ovation/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { describeBody } from '../api/check-request.ts';
import { mayOrEnd, type Caller } from '../auth.ts';
import { fromBinary } from '../cloud-events.ts';
import { cloudItem, deliver, plainItem, type Item } from '../deliver.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door, Verdict } from '../door.ts';
import { ProblemError, problemDocument, PROBLEMS } from '../problem.ts';
import { Quarantine } from '../quarantine.ts';
import { parseStrictJson } from '../strict-json.ts';

const CLOUD_EVENT = 'application/cloudevents+json';
const CLOUD_EVENTS = 'application/cloudevents-batch+json';

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
  person: 'reza@example.com',
};

const CLOUD = {
  specversion: '1.0',
  source: '/crm',
  type: 'com.example.activity.logged',
  time: '2026-11-20T10:00:00+03:30',
  datacontenttype: 'application/json',
  data: { activity: 'demo', person: 'anna@example.com' },
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
      cloud: {
        summary: 'A CloudEvent in structured form',
        type: CLOUD_EVENT,
        body: { ...CLOUD, id: 'a1' },
        status: 201,
      },
      clouds: {
        summary: 'A batch of CloudEvents',
        type: CLOUD_EVENTS,
        body: [{ ...CLOUD, id: 'a2' }],
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
  const quarantine = new Quarantine(deps);

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = await mayOrEnd(deps.sql, request, 'events:write');
    mustNotBePaused(caller);
    const { items, batch } = read(request, caller);
    const verdicts = await deliver(door, caller, items);
    const kept = await keep(quarantine, caller, items, verdicts);
    const { id } = request;
    if (batch !== null) {
      const results = verdicts.map((verdict, index) =>
        resultOf(verdict, `${batch}/${index}`, kept[index], id),
      );
      return reply.code(200).send({ results });
    }
    const verdict = verdicts[0]!;
    if (!('fault' in verdict)) return reply.code(verdict.duplicate ? 200 : 201).send(verdict);
    if (kept[0] === undefined) {
      throw new ProblemError(verdict.kind, verdict.fault.detail, [verdict.fault]);
    }
    return reply
      .code(PROBLEMS[verdict.kind].status)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(verdict, '', kept[0], id)));
  }

  // Only here: other routes read plain JSON.
  app.register((events, _options, done) => {
    events.addContentTypeParser(
      [CLOUD_EVENT, CLOUD_EVENTS],
      { parseAs: 'string' },
      (_request, text, parsed) => {
        const json = parseStrictJson(text as string);
        if (json.ok) parsed(null, json.value);
        else parsed(new ProblemError('malformed', json.fault.detail, [json.fault]));
      },
    );
    events.post('/v1/events', POST_EVENTS, take);
    done();
  });
}

function mustNotBePaused({ pausedSource }: Caller): void {
  if (pausedSource === undefined || pausedSource === null) return;
  const detail = `The source "${pausedSource}" is paused. Resume it, then send again.`;
  throw new ProblemError('forbidden', detail);
}

interface Read {
  readonly items: readonly Item[];
  /** Where a batch's list is in the body; `null` for one event. */
  readonly batch: string | null;
}

/** The events of a request, in whichever form they came. */
function read(request: FastifyRequest, { sourceId }: Caller): Read {
  const body: unknown = request.body;
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === CLOUD_EVENT) return { items: [cloudItem(body, sourceId)], batch: null };
  if (type === CLOUD_EVENTS) {
    return { items: mustBeList(body, '').map((one) => cloudItem(one, sourceId)), batch: '' };
  }
  const binary = fromBinary(request.headers, body);
  if (binary) return { items: [cloudItem(binary, sourceId)], batch: null };
  if (isBatch(body)) {
    const events = mustBeList(body.events, '/events');
    return { items: events.map((one) => plainItem(one)), batch: '/events' };
  }
  const header = request.headers['idempotency-key'];
  const fallbackId = typeof header === 'string' ? `key:${header.slice(0, 150)}` : undefined;
  return { items: [plainItem(body, fallbackId)], batch: null };
}

/** Machines send again and again; a person sees the refusal at once and needs no quarantine. */
async function keep(
  quarantine: Quarantine,
  caller: Caller,
  items: readonly Item[],
  verdicts: readonly Verdict[],
): Promise<(string | undefined)[]> {
  if (caller.role !== 'machine') return [];
  const refused = verdicts.flatMap((verdict, index) =>
    'fault' in verdict && verdict.kind === 'refused' ? [{ verdict, index }] : [],
  );
  if (refused.length === 0) return [];
  const ids = await quarantine.keep(
    caller.orgId,
    caller.sourceId,
    refused.map(({ verdict, index }) => {
      const { sent, eventId } = items[index]!;
      return { sent, eventId, fault: verdict.fault };
    }),
  );
  const kept: (string | undefined)[] = [];
  refused.forEach(({ index }, place) => (kept[index] = ids[place]));
  return kept;
}

function isBatch(body: unknown): body is { events: unknown } {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && 'events' in body;
}

function mustBeList(events: unknown, pointer: string): unknown[] {
  const { batchEvents } = API_LIMITS;
  if (!Array.isArray(events)) {
    const detail = pointer === '' ? 'A batch is a list.' : '"events" must be a list.';
    throw new ProblemError('refused', detail, [{ code: 'type', detail, pointer }]);
  }
  if (events.length > batchEvents) {
    const detail = `At most ${batchEvents} events at once; these are ${events.length}.`;
    throw new ProblemError('too_large', detail, [{ code: 'too_many', detail, pointer }]);
  }
  return events;
}

/** One line of a batch's answer: its receipt, or a problem whose pointers lead into the batch. */
function resultOf(
  verdict: Verdict,
  place: string,
  kept: string | undefined,
  instance: string,
): object {
  if (!('fault' in verdict)) return { status: verdict.duplicate ? 200 : 201, ...verdict };
  const problem = problemOf(verdict, place, kept, instance);
  return { status: problem.status, problem };
}

function problemOf(
  { kind, fault }: Extract<Verdict, { fault: unknown }>,
  place: string,
  kept: string | undefined,
  instance: string,
): Problem {
  const faults = [{ ...fault, pointer: `${place}${fault.pointer ?? ''}` }];
  const problem = problemDocument(kind, fault.detail, faults, instance);
  return kept === undefined ? problem : { ...problem, quarantine: kept };
}
