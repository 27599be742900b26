import type { Fault, Result } from '@ovation/domain';
import { cloudEventId, pointerInEnvelope, unwrapCloudEvent } from './cloud-events.ts';
import type { Door, Sender, Verdict } from './door.ts';

/** One event as it came, in whichever form. */
export interface Item {
  readonly event: Result<unknown>;
  /** What the log would call it; `null` where the sender does not say. */
  readonly eventId: string | null;
  /** What to keep of it if it is refused: JSON from which `itemOf` makes the same item again. */
  readonly sent: unknown;
  /** Where in what was sent a fault of the event is. */
  pointer(inEvent: string): string;
}

/** An event of ours, or a CloudEvent, which says so itself. */
export function itemOf(sent: unknown, sourceId: string): Item {
  const isCloudEvent = isObject(sent) && 'specversion' in sent;
  return isCloudEvent ? cloudItem(sent, sourceId) : plainItem(sent);
}

/** `fallbackId` stands in for an id that the sender did not give. */
export function plainItem(sent: unknown, fallbackId?: string): Item {
  const lacksId = isObject(sent) && !('id' in sent) && fallbackId !== undefined;
  const event = lacksId ? { id: fallbackId, ...sent } : sent;
  const id = isObject(event) && typeof event['id'] === 'string' ? event['id'] : null;
  return {
    event: { ok: true, value: event },
    eventId: id,
    sent: event,
    pointer: (inEvent) => inEvent,
  };
}

export function cloudItem(sent: unknown, sourceId: string): Item {
  return {
    event: unwrapCloudEvent(sent, sourceId),
    eventId: isObject(sent) ? cloudEventId(sent, sourceId) : null,
    sent,
    pointer: pointerInEnvelope,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes items through the door; faults point into what was sent. */
export async function deliver(
  door: Door,
  sender: Sender,
  items: readonly Item[],
): Promise<Verdict[]> {
  const good = items.flatMap(({ event }) => (event.ok ? [event.value] : []));
  const answers = await door.take(sender, good);
  let next = 0;
  return items.map(({ event, pointer }): Verdict => {
    if (!event.ok) return { kind: 'refused', fault: event.fault };
    const answer = answers[next]!;
    next += 1;
    return 'fault' in answer ? { ...answer, fault: pointed(answer.fault, pointer) } : answer;
  });
}

function pointed(fault: Fault, pointer: Item['pointer']): Fault {
  return fault.pointer === undefined ? fault : { ...fault, pointer: pointer(fault.pointer) };
}
