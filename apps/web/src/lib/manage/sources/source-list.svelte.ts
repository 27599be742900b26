import type { SourceAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { doorCounts } from '../door-counts.svelte.ts';

/** Where events come from. */
export class SourceList {
  #sources = $state.raw<readonly SourceAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get sources(): readonly SourceAnswer[] | null {
    return this.#sources;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ sources: SourceAnswer[] }>('GET', '/v1/sources');
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    this.#sources = answer.value.sources;
    doorCounts.take(answer.value.sources);
  }

  add(name: string): Promise<Answer<SourceAnswer>> {
    return this.#change('POST', '/v1/sources', { name });
  }

  change(id: string, change: { name?: string; paused?: boolean }): Promise<Answer<SourceAnswer>> {
    return this.#change('PATCH', `/v1/sources/${encodeURIComponent(id)}`, change);
  }

  async #change(method: 'POST' | 'PATCH', path: string, body: unknown) {
    const answer = await ask<SourceAnswer>(method, path, body);
    if (answer.ok) await this.load();
    return answer;
  }
}
