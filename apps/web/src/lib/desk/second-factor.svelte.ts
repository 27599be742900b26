import type { SecondFactorAnswer, SecondFactorCodes, SecondFactorSecret } from '@ovation/protocol';
import { ask, type Answer, type Problem } from './api.ts';

const URL = '/v1/second-factor';

/** The reader's own second factor. Secrets are handed on and never kept here. */
export class SecondFactor {
  #answer = $state.raw<SecondFactorAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get answer(): SecondFactorAnswer | null {
    return this.#answer;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<SecondFactorAnswer>('GET', URL);
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#answer = answer.value;
  }

  begin(password: string): Promise<Answer<SecondFactorSecret>> {
    return ask('POST', URL, password === '' ? {} : { password });
  }
  confirm(code: string): Promise<Answer<SecondFactorCodes>> {
    return this.#send('confirm', code);
  }
  check(code: string): Promise<Answer<SecondFactorAnswer>> {
    return this.#send('check', code);
  }
  remove(code: string): Promise<Answer<void>> {
    return this.#send('remove', code);
  }

  async #send<T>(what: string, code: string): Promise<Answer<T>> {
    const answer = await ask<T>('POST', `${URL}/${what}`, { code });
    if (answer.ok) await this.load();
    return answer;
  }
}

/** What a refusal asks for: a code, or that a second factor is set up first. */
export function factorAsked(problem: Problem): 'code' | 'setup' | null {
  const code = problem.errors?.[0]?.code;
  if (code === 'second_factor') return 'code';
  return code === 'second_factor_off' ? 'setup' : null;
}
