import type { Instant } from '@ovation/domain';
import type { LiveConnection } from './connection.svelte.ts';

const SECOND_MS = 1_000;

/** The server's time as state, stepping once a second on the second. */
export class Now {
  #ms = $state<Instant>(0);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(renderedAt: Instant) {
    this.#ms = renderedAt;
  }

  get ms(): Instant {
    return this.#ms;
  }

  start(connection: Pick<LiveConnection, 'now'>): () => void {
    const step = () => {
      this.#ms = connection.now();
      this.#timer = setTimeout(step, SECOND_MS - (this.#ms % SECOND_MS));
    };
    step();
    return () => clearTimeout(this.#timer);
  }
}
