import type { AttainmentAnswer } from '@ovation/protocol';
import { ask } from './api.ts';

/** Where somebody's month is heading and what reaching its target brings. */
export class MyAttainment {
  #answer = $state.raw<AttainmentAnswer | null>(null);
  #query: string;

  constructor(person: string) {
    const query = { metric: 'revenue', period: 'month', scope: 'person', entity: person };
    this.#query = new URLSearchParams(query).toString();
  }

  get answer(): AttainmentAnswer | null {
    return this.#answer;
  }

  /** What was there before stays when the server cannot be reached. */
  async load(): Promise<void> {
    const answer = await ask<AttainmentAnswer>('GET', `/v1/attainment?${this.#query}`);
    if (answer.ok) this.#answer = answer.value;
  }
}
