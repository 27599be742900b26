import type { OrganisationAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { changesOf, draftOf, type RulesDraft } from './rules-draft.ts';

/** An organisation's rules while somebody changes them. */
export class RulesForm {
  draft = $state<RulesDraft | null>(null);
  #was = $state.raw<RulesDraft | null>(null);
  #currencyOpen = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #refusal = $state.raw<Problem | null>(null);

  get currencyOpen(): boolean {
    return this.#currencyOpen;
  }

  /** Why nothing could be read. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Why the last change was not taken. */
  get refusal(): Problem | null {
    return this.#refusal;
  }

  get changed(): boolean {
    return this.#was !== null && this.draft !== null
      ? Object.keys(changesOf(this.#was, $state.snapshot(this.draft))).length > 0
      : false;
  }

  async load(): Promise<void> {
    const answer = await ask<OrganisationAnswer>('GET', '/v1/organisation');
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#take(answer.value);
  }

  revert(): void {
    if (this.#was) this.draft = structuredClone(this.#was);
    this.#refusal = null;
  }

  async save(): Promise<Answer<OrganisationAnswer> | undefined> {
    if (!this.#was || !this.draft) return undefined;
    const changes = changesOf(this.#was, $state.snapshot(this.draft));
    const answer = await ask<OrganisationAnswer>('PATCH', '/v1/organisation', changes);
    this.#refusal = answer.ok ? null : answer.problem;
    if (answer.ok) this.#take(answer.value);
    return answer;
  }

  #take({ name, settings, currencyOpen }: OrganisationAnswer): void {
    this.#was = draftOf(name, settings);
    this.draft = structuredClone(this.#was);
    this.#currencyOpen = currencyOpen;
  }
}
