import type { EventType } from '@ovation/domain';
import { ask } from './api.ts';

/** One line of a person's own log. */
export interface MyEvent {
  readonly seq: string | number;
  readonly id: string;
  /** `source/id`. */
  readonly key: string;
  readonly type: EventType;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly deal: string | null;
  readonly account: string | null;
  readonly amount: { readonly amount: string; readonly currency: string } | null;
  readonly activity: string | null;
  readonly share: string | null;
  readonly counted: boolean;
}

const SHOWN = 20;

/** The last events of a person, asked for again whenever their numbers moved. */
export class MyEvents {
  #events = $state.raw<readonly MyEvent[] | null>(null);
  #failed = $state(false);
  #person: string;

  constructor(person: string) {
    this.#person = person;
  }

  get events(): readonly MyEvent[] | null {
    return this.#events;
  }

  /** The last try failed; what was there before stays. */
  get failed(): boolean {
    return this.#failed;
  }

  async load(): Promise<void> {
    const path = `/v1/people/${encodeURIComponent(this.#person)}/events?limit=${SHOWN}`;
    const answer = await ask<{ events: MyEvent[] }>('GET', path);
    this.#failed = !answer.ok;
    if (answer.ok) this.#events = answer.value.events;
  }
}
