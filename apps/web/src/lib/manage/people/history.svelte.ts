import type { MembershipAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

/** What of one entry is corrected. */
export interface MembershipChange {
  /** ISO date; `null` since ever. */
  readonly since?: string | null;
  readonly team?: string | null;
  readonly manager?: string | null;
}

/** In which team and under whom a person was, from when on; oldest first. */
export class PersonHistory {
  readonly #path: string;
  #memberships = $state.raw<readonly MembershipAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  constructor(person: string) {
    this.#path = `/v1/people/${encodeURIComponent(person)}/memberships`;
  }

  get memberships(): readonly MembershipAnswer[] | null {
    return this.#memberships;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ memberships: MembershipAnswer[] }>('GET', this.#path);
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#memberships = answer.value.memberships;
  }

  mend(entry: MembershipAnswer, change: MembershipChange): Promise<Answer<unknown>> {
    return this.#change('PATCH', entry, change);
  }

  remove(entry: MembershipAnswer): Promise<Answer<unknown>> {
    return this.#change('DELETE', entry);
  }

  async #change(method: 'PATCH' | 'DELETE', { since }: MembershipAnswer, body?: unknown) {
    const entry = since === null ? EVER : encodeURIComponent(since);
    const answer = await ask<unknown>(method, `${this.#path}/${entry}`, body);
    if (answer.ok) await this.load();
    return answer;
  }
}

/** The entry that has no beginning. */
const EVER = 'ever';
