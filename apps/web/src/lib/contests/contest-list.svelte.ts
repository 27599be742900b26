import type { ContestAnswer } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';

/** How often a list that is in sight looks again. */
const LOOK_EVERY_MS = 15_000;

/** Every contest that the reader may know of, the newest first. */
export class ContestList {
  #all = $state.raw<readonly ContestAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get all(): readonly ContestAnswer[] {
    return this.#all ?? [];
  }
  get loaded(): boolean {
    return this.#all !== null;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** What was there before stays when the server cannot be reached. */
  async load(): Promise<void> {
    const answer = await ask<{ contests: ContestAnswer[] }>('GET', '/v1/contests');
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#all = answer.value.contests;
  }

  /** Looks again from time to time; returns the undoing. */
  follow(): () => void {
    void this.load();
    const timer = setInterval(() => {
      if (!document.hidden) void this.load();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }
}
