import type { UnmatchedAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { doorCounts } from '../door-counts.svelte.ts';

export interface NewPerson {
  readonly name: string;
  readonly email?: string;
  readonly team?: string;
}

interface Page {
  readonly subjects: readonly UnmatchedAnswer[];
  readonly next: string | null;
}

/** Names that nobody has; each answer about one changes the list at once. */
export class UnmatchedList {
  #subjects = $state.raw<readonly UnmatchedAnswer[] | null>(null);
  #next = $state.raw<string | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get subjects(): readonly UnmatchedAnswer[] | null {
    return this.#subjects;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get more(): boolean {
    return this.#next !== null;
  }

  load(): Promise<void> {
    return this.#read('');
  }

  async loadMore(): Promise<void> {
    if (this.#next !== null) await this.#read(`?after=${encodeURIComponent(this.#next)}`);
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

  async #read(after: string): Promise<void> {
    const answer = await ask<Page>('GET', `/v1/unmatched${after}`);
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    const { subjects, next } = answer.value;
    this.#subjects = after === '' ? subjects : [...(this.#subjects ?? []), ...subjects];
    this.#next = next;
  }
}
