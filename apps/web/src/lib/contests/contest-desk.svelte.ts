import type { ContestEffectAnswer, ContestEffectOr, ContestFlag } from '@ovation/protocol';
import { ask } from '$lib/desk/api.ts';
import type { ContestView } from './contest-view.svelte.ts';

/** What a manager knows of a contest besides what everybody does. */
export class ContestDesk {
  readonly view: ContestView;
  #id: string;
  #flags = $state.raw<readonly ContestFlag[]>([]);
  #effect = $state.raw<ContestEffectAnswer | null>(null);

  constructor(id: string, view: ContestView) {
    this.#id = id;
    this.view = view;
  }

  get flags(): readonly ContestFlag[] {
    return this.#flags;
  }
  get effect(): ContestEffectAnswer | null {
    return this.#effect;
  }

  async load(): Promise<void> {
    const path = `/v1/contests/${this.#id}`;
    const flags = await ask<{ flags: ContestFlag[] }>('GET', `${path}/flags`);
    if (flags.ok) this.#flags = flags.value.flags;
    const phase = this.view.contest?.phase;
    if (phase !== 'provisional' && phase !== 'final') return;
    const told = await ask<ContestEffectOr>('GET', `${path}/effect`);
    if (told.ok) this.#effect = told.value.effect;
  }

  review(fact: string, verdict: 'counts' | 'excluded', reason: string) {
    return this.#step('reviews', { fact, verdict, reason });
  }

  decide(decision: 'keep' | 'restate', reason: string) {
    return this.#step('decision', { decision, reason });
  }

  async #step(step: string, body: unknown) {
    const answer = await this.view.act(step, body);
    if (answer.ok) await this.load();
    return answer;
  }
}
