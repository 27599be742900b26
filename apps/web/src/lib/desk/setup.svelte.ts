import type { Viewer } from '@ovation/protocol';
import type { Language } from '$lib/i18n/language.ts';
import { aboutPointer, ask, sentenceOf, type Problem } from './api.ts';
import { isEmail } from './email.ts';
import { enter } from './session.ts';
import { words } from './words.ts';

export const PASSWORD_MIN = 12;
const GONE = 410;

type FieldName = 'organisation' | 'owner' | 'email' | 'password';

/** Where the server would point at a field of the form. */
const POINTERS: Readonly<Record<FieldName, string>> = {
  organisation: '/organisation/name',
  owner: '/owner/name',
  email: '/owner/email',
  password: '/owner/password',
};

/** The form that opens a floor. */
export class Setup {
  organisation = $state('');
  currency = $state('USD');
  timeZone = $state('UTC');
  language = $state<Language>('en');
  owner = $state('');
  email = $state('');
  password = $state('');
  #busy = $state(false);
  #tried = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #token: string;
  #tr = words();

  constructor(token: string, language: Language) {
    this.#token = token;
    this.language = language;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get tooShort(): number {
    return Math.max(0, PASSWORD_MIN - Array.from(this.password).length);
  }

  get error(): string | undefined {
    if (this.#token === '') return this.#tr.t('setupNoToken');
    if (this.#problem === null) return undefined;
    if (this.#problem.status === GONE) return this.#tr.t('setupUsed');
    const atField = this.#problem.errors?.some((error) =>
      Object.values(POINTERS).includes(error.pointer ?? ''),
    );
    return atField ? undefined : sentenceOf(this.#problem);
  }

  errorAt(field: FieldName): string | undefined {
    if (this.#tried && this[field].trim() === '') return this.#tr.t('fieldMissing');
    if (field === 'email' && this.#tried && !isEmail(this.email.trim())) {
      return this.#tr.t('emailWhole');
    }
    if (field === 'password' && this.#tried && this.tooShort > 0) {
      return this.#tr.t('newPasswordHelp');
    }
    return aboutPointer(this.#problem, (pointer) => pointer === POINTERS[field]);
  }

  async submit(): Promise<void> {
    this.#tried = true;
    this.#problem = null;
    const wrong = (Object.keys(POINTERS) as FieldName[]).some((field) => this.errorAt(field));
    if (wrong || this.#busy || this.#token === '') return;
    this.#busy = true;
    const answer = await ask<{ viewer: Viewer }>('POST', '/v1/setup', this.#body());
    if (answer.ok) return enter(answer.value.viewer);
    this.#problem = answer.problem;
    this.#busy = false;
  }

  #body() {
    return {
      token: this.#token,
      organisation: {
        name: this.organisation.trim(),
        currency: this.currency,
        timeZone: this.timeZone,
        language: this.language,
      },
      owner: { name: this.owner.trim(), email: this.email.trim(), password: this.password },
    };
  }
}
