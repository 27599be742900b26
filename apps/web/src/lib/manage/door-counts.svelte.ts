import type { QuarantineAnswer, SourceAnswer } from '@ovation/protocol';
import { allowed } from '$lib/desk/allowed.ts';
import { ask } from '$lib/desk/api.ts';

type Counted = Pick<SourceAnswer, 'quarantined' | 'unmatched'>;
type Settled = Pick<QuarantineAnswer, 'settledAt'>;
const COUNTED_MAX = 100;

/** How many deliveries and unknown people wait at the door; the navigation says so. */
class DoorCounts {
  #unmatched = $state(0);
  #quarantined = $state(0);
  #approvals = $state(0);
  #disputes = $state(0);

  get unmatched(): number {
    return this.#unmatched;
  }

  get quarantined(): number {
    return this.#quarantined;
  }

  /** Entries by hand and requests for corrections that wait for a word. */
  get approvals(): number {
    return this.#approvals;
  }

  /** Lines of statements that somebody questions. */
  get disputes(): number {
    return this.#disputes;
  }

  /** Asks again; without an answer the last counts stay. */
  async load(): Promise<void> {
    if (allowed('entries:approve')) void this.#loadApprovals();
    if (allowed('pay:approve')) void this.loadDisputes();
    if (!allowed('keys:write')) return this.#loadLists();
    const answer = await ask<{ sources: Counted[] }>('GET', '/v1/sources');
    if (answer.ok) this.take(answer.value.sources);
  }

  /** From an answer that somebody else asked for. */
  take(sources: readonly Counted[]): void {
    this.#unmatched = sources.reduce((sum, one) => sum + one.unmatched, 0);
    this.#quarantined = sources.reduce((sum, one) => sum + one.quarantined, 0);
  }

  async loadDisputes(): Promise<void> {
    const answer = await ask<{ disputes: { state: string }[] }>('GET', '/v1/pay/disputes');
    if (!answer.ok) return;
    this.takeDisputes(answer.value.disputes.filter(({ state }) => state === 'open').length);
  }

  takeDisputes(open: number): void {
    this.#disputes = open;
  }

  async #loadApprovals(): Promise<void> {
    const asked = `state=waiting&limit=${COUNTED_MAX}`;
    const [entries, corrections] = await Promise.all([
      ask<{ entries: unknown[] }>('GET', `/v1/entries?${asked}`),
      ask<{ corrections: unknown[] }>('GET', `/v1/corrections?${asked}`),
    ]);
    if (!entries.ok || !corrections.ok) return;
    this.#approvals = entries.value.entries.length + corrections.value.corrections.length;
  }

  /** For those who may not see the sources: what waits is counted in the lists themselves. */
  async #loadLists(): Promise<void> {
    const [unmatched, quarantine] = await Promise.all([
      ask<{ subjects: unknown[] }>('GET', '/v1/unmatched'),
      ask<{ deliveries: Settled[] }>('GET', `/v1/quarantine?limit=${COUNTED_MAX}`),
    ]);
    if (unmatched.ok) this.#unmatched = unmatched.value.subjects.length;
    if (!quarantine.ok) return;
    const open = quarantine.value.deliveries.filter(({ settledAt }) => settledAt === null);
    this.#quarantined = open.length;
  }
}

export const doorCounts = new DoorCounts();
