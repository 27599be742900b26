import type { FactorHolderAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

const URL = '/v1/second-factors';

/** Accounts that approve pay, and helping those who lost their second factor; for owners. */
export class FactorHolders {
  #accounts = $state.raw<readonly FactorHolderAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get accounts(): readonly FactorHolderAnswer[] | null {
    return this.#accounts;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ accounts: FactorHolderAnswer[] }>('GET', URL);
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#accounts = answer.value.accounts;
  }

  async reset(user: string): Promise<Answer<void>> {
    const answer = await ask<void>('POST', `${URL}/${encodeURIComponent(user)}/reset`);
    await this.load();
    return answer;
  }
}
