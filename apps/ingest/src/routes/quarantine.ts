import { PageQuery, PostReplay, type QuarantineAnswer } from '@ovation/protocol';
import {
  inOrg,
  lockDelivery,
  readDeliveries,
  refaultDelivery,
  settleDelivery,
  settleResent,
  type DeliveryRow,
} from '@ovation/store';
import type { FastifyInstance } from 'fastify';
import { mayOrEnd, type Caller } from '../auth.ts';
import { deliver, itemOf } from '../deliver.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door, Stored } from '../door.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { parseStrictJson } from '../strict-json.ts';
import { mustBe, queryOf } from './body.ts';

const LISTED = 50;

/** Deliveries that are authentic and could not be used, until somebody mends or dismisses them. */
export function quarantineRoutes(app: FastifyInstance, deps: IngestDeps, door: Door): void {
  const tags = ['quarantine'];

  app.get(
    '/v1/quarantine',
    { schema: { tags, summary: 'Open deliveries first, newest first.', querystring: PageQuery } },
    async (request): Promise<{ deliveries: QuarantineAnswer[]; next: string | null }> => {
      const { orgId } = await mayOrEnd(deps.sql, request, 'imports:write');
      const { after = null, limit = LISTED } = queryOf(PageQuery, request.query);
      const rows = await inOrg(deps.sql, orgId, async (tx) => {
        await settleResent(tx, orgId);
        return readDeliveries(tx, orgId, { after, limit });
      });
      const next = rows.length === limit ? rows.at(-1)!.id : null;
      return { deliveries: rows.map(shown), next };
    },
  );

  app.post<{ Params: { id: string } }>(
    '/v1/quarantine/:id/replay',
    {
      schema: {
        tags,
        summary: 'Sends a delivery through the door again, as it came or mended.',
        body: PostReplay,
      },
    },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'imports:write');
      const { body } = mustBe(PostReplay, request.body ?? {});
      const receipt = await replay(deps, door, caller, request.params.id, body);
      return reply.code(receipt.duplicate ? 200 : 201).send(receipt);
    },
  );

  app.post<{ Params: { id: string } }>(
    '/v1/quarantine/:id/dismiss',
    { schema: { tags, summary: 'Puts a delivery aside: nothing of it is counted.' } },
    async (request, reply) => {
      const caller = await mayOrEnd(deps.sql, request, 'imports:write');
      await settle(deps, caller, request.params.id, 'dismissed');
      return reply.code(204).send();
    },
  );
}

function shown(row: DeliveryRow): QuarantineAnswer {
  const { id, sourceId, sourceName, receivedAt, fault, body, eventId, settledAt, outcome } = row;
  return {
    id,
    source: { id: sourceId, name: sourceName ?? sourceId },
    receivedAt: receivedAt.toISOString(),
    fault,
    body,
    eventId,
    settledAt: settledAt?.toISOString() ?? null,
    outcome,
  };
}

/** Through the same door, as the same source; what is still wrong stays with its delivery. */
async function replay(
  deps: IngestDeps,
  door: Door,
  caller: Caller,
  id: string,
  mended: string | undefined,
): Promise<Stored> {
  const { orgId } = caller;
  const found = await inOrg(deps.sql, orgId, (tx) => lockDelivery(tx, orgId, id));
  const delivery = mustBeOpen(found);
  const body = mended ?? delivery.body;
  const json = parseStrictJson(body);
  if (!json.ok) throw new ProblemError('malformed', json.fault.detail, [json.fault]);
  const { sourceId } = delivery;
  const [verdict] = await deliver(door, { orgId, sourceId }, [itemOf(json.value, sourceId)]);
  if ('fault' in verdict!) {
    const { kind, fault } = verdict;
    if (kind !== 'unavailable') {
      await inOrg(deps.sql, orgId, (tx) => refaultDelivery(tx, orgId, id, { fault, body }));
    }
    throw new ProblemError(kind, fault.detail, [fault]);
  }
  await settle(deps, caller, id, 'replayed', `${sourceId}/${verdict!.id}`);
  return verdict!;
}

function mustBeOpen(delivery: DeliveryRow | undefined): DeliveryRow {
  if (!delivery) throw new ProblemError('not_found', 'There is no such delivery.');
  if (delivery.settledAt) {
    throw new ProblemError('gone', `This delivery was ${delivery.outcome} already.`);
  }
  return delivery;
}

async function settle(
  deps: IngestDeps,
  { orgId, author }: Caller,
  id: string,
  outcome: 'replayed' | 'dismissed',
  event?: string,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const delivery = await lockDelivery(tx, orgId, id);
    // Two who replay at once: the event is stored once, and so is that it was settled.
    if (outcome === 'replayed' && delivery?.settledAt) return { value: undefined, events: [] };
    const { sourceId } = mustBeOpen(delivery);
    await settleDelivery(tx, orgId, id, outcome);
    const now = { outcome, source: sourceId, ...(event === undefined ? {} : { event }) };
    return { value: undefined, events: [{ type: 'delivery.settled', subject: id, now }] };
  });
}
