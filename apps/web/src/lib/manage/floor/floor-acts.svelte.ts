import type { Occasion } from '@ovation/domain';
import type { CelebrationAskedAnswer, NoteAnswer } from '@ovation/protocol';
import { ask, type Answer } from '$lib/desk/api.ts';
import type { Pickable } from '../PersonPicker.svelte';

export const ACTS = ['celebrate', 'kudos', 'note'] as const;
export type Act = (typeof ACTS)[number];

const personPath = (id: string) => `/v1/people/${encodeURIComponent(id)}`;

/** A word to somebody: which dialog is open, and what it sends. */
export class FloorActs {
  #act = $state<Act | null>(null);
  #person = $state.raw<Pickable | null>(null);
  #panel = $state.raw<Pickable | null>(null);

  get act(): Act | null {
    return this.#act;
  }

  /** Whom it is about; `null`: to be chosen. */
  get person(): Pickable | null {
    return this.#person;
  }

  /** Whose panel is open. */
  get panel(): Pickable | null {
    return this.#panel;
  }

  begin(act: Act, person: Pickable | null): void {
    this.#act = act;
    this.#person = person;
  }

  end(): void {
    this.#act = null;
  }

  show(person: Pickable | null): void {
    this.#panel = person;
  }

  celebrate(person: string, occasion: Occasion): Promise<Answer<CelebrationAskedAnswer>> {
    return ask('POST', '/v1/celebrations', { person, occasion });
  }

  notes(person: string): Promise<Answer<{ notes: readonly NoteAnswer[] }>> {
    return ask('GET', `${personPath(person)}/notes`);
  }

  writeNote(person: string, text: string): Promise<Answer<NoteAnswer>> {
    return ask('POST', `${personPath(person)}/notes`, { text });
  }

  eraseNote(id: string): Promise<Answer<unknown>> {
    return ask('DELETE', `/v1/notes/${encodeURIComponent(id)}`);
  }
}
