import type { KeyAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Left out: a source of its own. */
  readonly source?: string;
}

/** What opens the door to machines. */
export class KeyList {
  #keys = $state.raw<readonly KeyAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get keys(): readonly KeyAnswer[] | null {
    return this.#keys;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ keys: KeyAnswer[] }>('GET', '/v1/keys');
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#keys = answer.value.keys;
  }

  add(key: NewKey): Promise<Answer<KeyAnswer>> {
    return this.#change('POST', '/v1/keys', key);
  }

  /** A new secret; the old one is valid for so many more hours. */
  rotate(id: string, overlapHours: number): Promise<Answer<KeyAnswer>> {
    return this.#change('POST', `/v1/keys/${encodeURIComponent(id)}/rotate`, { overlapHours });
  }

  revoke(id: string): Promise<Answer<KeyAnswer>> {
    return this.#change('DELETE', `/v1/keys/${encodeURIComponent(id)}`);
  }

  async #change(method: 'POST' | 'DELETE', path: string, body?: unknown) {
    const answer = await ask<KeyAnswer>(method, path, body);
    if (answer.ok) await this.load();
    return answer;
  }
}
