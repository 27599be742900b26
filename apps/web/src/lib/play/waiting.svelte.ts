import type { WaitingAnswer } from '@ovation/protocol';
import { ask } from '$lib/desk/api.ts';

const LOOK_EVERY_MS = 20_000;

/** What waits for whoever is signed in; asked for again while the page is looked at. */
export class Waiting {
  #now = $state.raw<WaitingAnswer>({ challenges: 0, wishes: 0 });

  /** How many of it; none until it is known. */
  of(what: keyof WaitingAnswer | undefined): number {
    return what === undefined ? 0 : this.#now[what];
  }

  /** Begins to look; the undoing. */
  follow(): () => void {
    const look = () => {
      if (!document.hidden) void this.#load();
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }

  async #load(): Promise<void> {
    const answer = await ask<WaitingAnswer>('GET', '/v1/me/waiting');
    if (answer.ok) this.#now = answer.value;
  }
}
