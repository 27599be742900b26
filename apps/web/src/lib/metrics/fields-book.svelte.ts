import type { FieldAnswer } from '@ovation/protocol';
import { ask } from '$lib/desk/api.ts';

/** What events carry, to choose from. Without an answer names can still be typed. */
export class FieldsBook {
  #fields = $state.raw<readonly FieldAnswer[]>([]);

  get all(): readonly FieldAnswer[] {
    return this.#fields;
  }

  get numeric(): readonly FieldAnswer[] {
    return this.#fields.filter(({ field, numeric }) => numeric && field.startsWith('attributes.'));
  }

  valuesOf(field: string): FieldAnswer['values'] {
    return this.#fields.find((one) => one.field === field)?.values ?? [];
  }

  async load(): Promise<void> {
    const answer = await ask<{ fields: FieldAnswer[] }>('GET', '/v1/fields');
    if (answer.ok) this.#fields = answer.value.fields;
  }
}
