import type { RateAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

/** What other currencies are worth, from which date on. */
export class RateList {
  #rates = $state.raw<readonly RateAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get rates(): readonly RateAnswer[] | null {
    return this.#rates;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ rates: RateAnswer[] }>('GET', '/v1/rates');
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#rates = answer.value.rates;
  }

  /** Sets a rate; one that began on another date or in another currency goes away with it. */
  async save(rate: RateAnswer, instead?: RateAnswer): Promise<Answer<unknown>> {
    const answer = await ask<unknown>('PUT', '/v1/rates', rate);
    const moved = instead && (instead.currency !== rate.currency || instead.from !== rate.from);
    if (answer.ok && moved) return this.remove(instead);
    if (answer.ok) await this.load();
    return answer;
  }

  async remove({ currency, from }: RateAnswer): Promise<Answer<unknown>> {
    const query = new URLSearchParams({ currency, from });
    const answer = await ask<unknown>('DELETE', `/v1/rates?${query}`);
    if (answer.ok) await this.load();
    return answer;
  }
}
