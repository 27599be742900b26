import type { SourceAnswer } from '@ovation/protocol';
import { ask } from '$lib/desk/api.ts';

type Counted = Pick<SourceAnswer, 'quarantined' | 'unmatched'>;

/** How many deliveries and unknown people wait at the door; the navigation says so. */
class DoorCounts {
  #unmatched = $state(0);
  #quarantined = $state(0);

  get unmatched(): number {
    return this.#unmatched;
  }

  get quarantined(): number {
    return this.#quarantined;
  }

  /** Asks again; without an answer the last counts stay. */
  async load(): Promise<void> {
    const answer = await ask<{ sources: Counted[] }>('GET', '/v1/sources');
    if (answer.ok) this.take(answer.value.sources);
  }

  /** From an answer that somebody else asked for. */
  take(sources: readonly Counted[]): void {
    this.#unmatched = sources.reduce((sum, one) => sum + one.unmatched, 0);
    this.#quarantined = sources.reduce((sum, one) => sum + one.quarantined, 0);
  }
}

export const doorCounts = new DoorCounts();
