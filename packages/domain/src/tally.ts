import type { Window } from './calendar.ts';
import type { Credit } from './credit.ts';
import type { Instant, Scaled } from './types.ts';

/** What somebody has in a window. */
export interface Sum {
  readonly value: Scaled;
  /** When the latest credit in it happened: who reached a value first leads a tie. */
  readonly reachedAt: Instant;
}

interface Entry {
  readonly fact: string;
  readonly at: Instant;
  readonly value: Scaled;
}

/** One entity's standing credits in one metric, in order of time. */
export class Tally {
  #entries: Entry[] = [];

  add(credit: Credit): void {
    const entry = { fact: credit.fact, at: credit.at, value: credit.value };
    this.#entries.splice(this.#firstAfter(credit.at), 0, entry);
  }

  remove(credit: Credit): void {
    for (let index = this.#firstAfter(credit.at) - 1; index >= 0; index -= 1) {
      const entry = this.#entries[index]!;
      if (entry.at < credit.at) break;
      if (entry.fact === credit.fact && entry.value === credit.value) {
        this.#entries.splice(index, 1);
        return;
      }
    }
    throw new Error(`a credit of ${credit.fact} is taken back that was never given`);
  }

  /** Sum over `[from, to)`; `undefined` when nothing is in it. */
  sum(window: Pick<Window, 'from' | 'to'>): Sum | undefined {
    const first = this.#firstAt(window.from);
    const end = this.#firstAt(window.to);
    if (first >= end) return undefined;
    let value = 0n;
    for (let index = first; index < end; index += 1) value += this.#entries[index]!.value;
    return { value, reachedAt: this.#entries[end - 1]!.at };
  }

  /** When the latest credit in `[from, to)` happened. */
  reachedAt(window: Pick<Window, 'from' | 'to'>): Instant | undefined {
    const end = this.#firstAt(window.to);
    const last = this.#entries[end - 1];
    return last && last.at >= window.from ? last.at : undefined;
  }

  #firstAfter(at: Instant): number {
    return this.#search((entry) => entry.at > at);
  }

  #firstAt(at: Instant): number {
    return this.#search((entry) => entry.at >= at);
  }

  #search(reached: (entry: Entry) => boolean): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (reached(this.#entries[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
