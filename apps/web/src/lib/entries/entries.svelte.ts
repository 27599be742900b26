import type { EntryAnswer, PostEntry } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

const path = (id: string, what: string) => `/v1/entries/${encodeURIComponent(id)}/${what}`;

/** A name for an entry that nobody else has: sent again it is the same entry. */
export function newEntryId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `ent_${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** What people entered by hand: one's own, or what a manager decides about. */
export class Entries {
  #entries = $state.raw<readonly EntryAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get all(): readonly EntryAnswer[] | null {
    return this.#entries;
  }

  get waiting(): readonly EntryAnswer[] {
    return (this.#entries ?? []).filter((one) => one.state === 'waiting');
  }

  get decided(): readonly EntryAnswer[] {
    return (this.#entries ?? []).filter((one) => one.state !== 'waiting');
  }

  /** Why they could not be had; what was there before stays. */
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ entries: EntryAnswer[] }>('GET', `/v1/entries?limit=${this.#limit}`);
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#entries = answer.value.entries;
  }

  add(entry: PostEntry): Promise<Answer<EntryAnswer>> {
    return this.#change(ask('POST', '/v1/entries', entry));
  }

  decide(
    id: string,
    decision: 'approve' | 'decline',
    reason?: string,
  ): Promise<Answer<EntryAnswer>> {
    const body = { decision, ...(reason === undefined ? {} : { reason }) };
    return this.#change(ask('POST', path(id, 'decision'), body));
  }

  withdraw(id: string, reason: string): Promise<Answer<EntryAnswer>> {
    return this.#change(ask('POST', path(id, 'withdrawal'), { reason }));
  }

  async #change(answer: Promise<Answer<EntryAnswer>>): Promise<Answer<EntryAnswer>> {
    const settled = await answer;
    await this.load();
    return settled;
  }
}
