import type { UnmatchedAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { doorCounts } from '../door-counts.svelte.ts';

export interface NewPerson {
  readonly name: string;
  readonly email?: string;
  readonly team?: string;
}

/** Names that nobody has; each answer about one changes the list at once. */
export class UnmatchedList {
  #subjects = $state.raw<readonly UnmatchedAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get subjects(): readonly UnmatchedAnswer[] | null {
    return this.#subjects;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ subjects: UnmatchedAnswer[] }>('GET', '/v1/unmatched');
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#subjects = answer.value.subjects;
  }

  match(subject: string, who: { person: string } | { newPerson: NewPerson }) {
    return this.#say(subject, 'match', who);
  }

  place(subject: string, team: string | null) {
    return this.#say(subject, 'place', { team });
  }

  dismiss(subject: string) {
    return this.#say(subject, 'dismiss');
  }

  undo(subject: string) {
    return this.#say(subject, 'undo');
  }

  async #say(subject: string, verb: string, body?: unknown): Promise<Answer<unknown>> {
    const path = `/v1/unmatched/${encodeURIComponent(subject)}/${verb}`;
    const answer = await ask<unknown>('POST', path, body ?? {});
    if (answer.ok) await Promise.all([this.load(), doorCounts.load()]);
    return answer;
  }
}
