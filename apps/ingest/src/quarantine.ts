import type { Fault } from '@ovation/domain';
import { newId } from '@ovation/host';
import { API_LIMITS } from '@ovation/protocol';
import { keepDeliveries, pruneDeliveries, type Delivery } from '@ovation/store';
import type { IngestDeps } from './deps.ts';

/** Deliveries kept for an organisation: the newest. */
const KEPT_MAX = 10_000;
/** Looked after at every so many that are kept. */
const PRUNED_EVERY = 200;
/** Bytes of one delivery; what is longer cannot be an event. */
const BODY_MAX = 64 * 1024;
/** Requests whose refusals wait to be written; past it they are answered without being kept. */
const WAITING_MAX = 100;

/** Something refused, as it was sent. */
export interface Refused {
  readonly sent: unknown;
  /** What the sender calls it; `null` where it does not say. */
  readonly eventId: string | null;
  readonly fault: Fault;
}

/**
 * Keeps what an authentic machine sent and could not be taken. One request at a time is written,
 * on one connection: whoever sends much that is wrong delays only others who do.
 */
export class Quarantine {
  readonly #deps: Pick<IngestDeps, 'sql' | 'logger'>;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  readonly #kept = new Map<string, number>();

  constructor(deps: Pick<IngestDeps, 'sql' | 'logger'>) {
    this.#deps = deps;
  }

  /** The ids under which they are kept, in the same order; `undefined` for what is not kept. */
  async keep(
    orgId: string,
    sourceId: string,
    refused: readonly Refused[],
  ): Promise<(string | undefined)[]> {
    const none = refused.map(() => undefined);
    if (refused.length === 0 || this.#waiting >= WAITING_MAX) return none;
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#write(orgId, sourceId, refused));
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } catch (error) {
      // The refusal is the answer; that it was not kept must not hide it.
      this.#deps.logger.warn({ err: error }, 'refused deliveries were not kept');
      return none;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #write(
    orgId: string,
    sourceId: string,
    refused: readonly Refused[],
  ): Promise<(string | undefined)[]> {
    const names: (string | undefined)[] = [];
    // Of several with one event id in a request, the last one stands.
    const kept = new Map<string, Delivery>();
    for (const { sent, eventId: given, fault } of refused) {
      const body = JSON.stringify(sent) ?? '';
      const fits = Buffer.byteLength(body) <= BODY_MAX;
      const id = newId('dlv');
      const eventId = given !== null && given.length <= API_LIMITS.idLength ? given : null;
      const name = eventId === null ? id : `=${eventId}`;
      names.push(fits ? name : undefined);
      if (fits) kept.set(name, { id, sourceId, eventId, fault, body });
    }
    const ids = await keepDeliveries(this.#deps.sql, orgId, [...kept.values()]);
    const idOf = new Map([...kept.keys()].map((name, index) => [name, ids[index]]));
    await this.#prune(orgId, kept.size);
    return names.map((name) => (name === undefined ? undefined : idOf.get(name)));
  }

  async #prune(orgId: string, added: number): Promise<void> {
    const count = (this.#kept.get(orgId) ?? PRUNED_EVERY) + added;
    if (count > PRUNED_EVERY) await pruneDeliveries(this.#deps.sql, orgId, KEPT_MAX);
    this.#kept.set(orgId, count > PRUNED_EVERY ? 0 : count);
  }
}
