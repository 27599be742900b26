import type { QuarantineAnswer } from '@ovation/protocol';
import { ask, sentenceOf, type Answer, type Problem } from '$lib/desk/api.ts';
import { localNow } from '$lib/live/local-time.ts';
import { doorCounts } from '../door-counts.svelte.ts';
import { groupFaults, type FaultGroup } from './fault-groups.ts';

interface Page {
  readonly deliveries: readonly QuarantineAnswer[];
  readonly next: string | null;
}

/** What the door says about a delivery that was replayed. */
interface Receipt {
  readonly duplicate?: boolean;
}

/** A bulk replay that runs, or what it came to. */
export interface Replaying {
  readonly group: string;
  readonly done: number;
  readonly of: number;
  readonly taken: number;
  readonly finished: boolean;
  /** Why the last that was refused still is. */
  readonly refusal: string | null;
}

const PAGE = 50;

/** Deliveries that could not be taken, newest first. */
export class QuarantineList {
  #deliveries = $state.raw<readonly QuarantineAnswer[] | null>(null);
  #next = $state.raw<string | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #replaying = $state.raw<Replaying | null>(null);
  #open = $derived((this.#deliveries ?? []).filter(({ settledAt }) => settledAt === null));
  #settled = $derived((this.#deliveries ?? []).filter(({ settledAt }) => settledAt !== null));
  #groups = $derived(groupFaults(this.#open));

  get loaded(): boolean {
    return this.#deliveries !== null;
  }

  get groups(): readonly FaultGroup[] {
    return this.#groups;
  }

  /** How many open ones are shown. */
  get shown(): number {
    return this.#open.length;
  }

  /** What was replayed or dismissed, the last first. */
  get settled(): readonly QuarantineAnswer[] {
    return this.#settled;
  }

  get more(): boolean {
    return this.#next !== null;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get replaying(): Replaying | null {
    return this.#replaying;
  }

  async load(): Promise<void> {
    await this.#read('');
  }

  async loadMore(): Promise<void> {
    if (this.#next !== null) await this.#read(`&after=${encodeURIComponent(this.#next)}`);
  }

  /** Sends a delivery through the door again, as it came or with another body. */
  async replay(id: string, body?: string): Promise<Answer<Receipt>> {
    const answer = await this.#send(id, body);
    if (answer.ok) this.#settle([id], 'replayed');
    return answer;
  }

  async dismiss(id: string): Promise<Answer<unknown>> {
    const path = `/v1/quarantine/${encodeURIComponent(id)}/dismiss`;
    const answer = await ask<unknown>('POST', path, {});
    if (answer.ok) this.#settle([id], 'dismissed');
    return answer;
  }

  /** Replays every delivery of a group, one after the other, in the order they came. */
  async replayAll({ key, deliveries }: FaultGroup): Promise<Replaying> {
    let state: Replaying = {
      group: key,
      done: 0,
      of: deliveries.length,
      taken: 0,
      finished: false,
      refusal: null,
    };
    this.#replaying = state;
    const taken: string[] = [];
    for (const { id } of [...deliveries].reverse()) {
      const answer = await this.#send(id);
      if (answer.ok) taken.push(id);
      const refusal = answer.ok ? state.refusal : sentenceOf(answer.problem);
      state = { ...state, done: state.done + 1, taken: taken.length, refusal };
      this.#replaying = state;
    }
    state = { ...state, finished: true };
    this.#replaying = state;
    this.#settle(taken, 'replayed');
    return state;
  }

  #send(id: string, body?: string): Promise<Answer<Receipt>> {
    const path = `/v1/quarantine/${encodeURIComponent(id)}/replay`;
    return ask<Receipt>('POST', path, body === undefined ? {} : { body });
  }

  #settle(ids: readonly string[], outcome: 'replayed' | 'dismissed'): void {
    const settledAt = new Date(localNow()).toISOString();
    const all = this.#deliveries ?? [];
    const now = all
      .filter(({ id }) => ids.includes(id))
      .map((one) => ({ ...one, settledAt, outcome }));
    this.#deliveries = [...now, ...all.filter(({ id }) => !ids.includes(id))];
    void doorCounts.load();
  }

  async #read(after: string): Promise<void> {
    const answer = await ask<Page>('GET', `/v1/quarantine?limit=${PAGE}${after}`);
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    const { deliveries, next } = answer.value;
    this.#deliveries = after === '' ? deliveries : [...(this.#deliveries ?? []), ...deliveries];
    this.#next = next;
  }
}
