import type { PatchPayRules, PayRulesAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

const URL = '/v1/pay/rules';

/** How an organisation pays. */
export class PayRulesForm {
  #rules = $state.raw<PayRulesAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get rules(): PayRulesAnswer | null {
    return this.#rules;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<PayRulesAnswer>('GET', URL);
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#rules = answer.value;
  }

  async save(rules: PatchPayRules): Promise<Answer<PayRulesAnswer>> {
    const answer = await ask<PayRulesAnswer>('PATCH', URL, rules);
    if (answer.ok) this.#rules = answer.value;
    return answer;
  }
}
