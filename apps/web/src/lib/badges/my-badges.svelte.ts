import type { PersonBadgesAnswer } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';

const LOOK_EVERY_MS = 30_000;

/** Somebody's badges, level, records and rows of days. */
export class MyBadges {
  #answer = $state.raw<PersonBadgesAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly #person: string;

  constructor(person: string) {
    this.#person = person;
  }

  get answer(): PersonBadgesAnswer | null {
    return this.#answer;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** What was there before stays when the server cannot be reached. */
  async load(): Promise<void> {
    const path = `/v1/people/${encodeURIComponent(this.#person)}/badges`;
    const answer = await ask<PersonBadgesAnswer>('GET', path);
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#answer = answer.value;
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
