import type { Viewer } from '@ovation/protocol';
import { aboutField, ask, sentenceOf, type Answer, type Problem } from './api.ts';
import { enter } from './session.ts';
import { words } from './words.ts';

type DemoRole = 'owner' | 'manager' | 'rep';

/** One attempt at the door. */
export class SignIn {
  email = $state('');
  password = $state('');
  #busy = $state(false);
  #tried = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #tr = words();

  get busy(): boolean {
    return this.#busy;
  }

  get emailError(): string | undefined {
    if (this.#tried && this.email.trim() === '') return this.#tr.t('emailMissing');
    return aboutField(this.#problem, 'email');
  }

  get passwordError(): string | undefined {
    if (this.#tried && this.password === '') return this.#tr.t('passwordMissing');
    return aboutField(this.#problem, 'password');
  }

  /** What the server says about the attempt as a whole. */
  get error(): string | undefined {
    if (this.#problem === null || this.emailError || this.passwordError) return undefined;
    return sentenceOf(this.#problem);
  }

  async submit(): Promise<void> {
    this.#tried = true;
    this.#problem = null;
    if (this.emailError || this.passwordError) return;
    const body = { email: this.email.trim(), password: this.password };
    await this.#attempt(() => ask('POST', '/v1/sessions', body));
  }

  lookAroundAs(as: DemoRole): Promise<void> {
    this.#tried = false;
    return this.#attempt(() => ask('POST', '/v1/sessions/demo', { as }));
  }

  async #attempt(run: () => Promise<Answer<{ viewer: Viewer }>>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const answer = await run();
    if (answer.ok) return enter(answer.value.viewer);
    this.#problem = answer.problem;
    this.#busy = false;
  }
}
