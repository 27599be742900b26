import { SvelteMap } from 'svelte/reactivity';
import { ask, sentenceOf, type Problem } from '$lib/desk/api.ts';
import { sameNumber } from '$lib/desk/typed-number.ts';
import { targetKey, type Target, type TargetKey, type TargetScope } from './target-grid.ts';

export const TARGET_PERIODS = ['month', 'quarter'] as const;
export type TargetPeriod = (typeof TARGET_PERIODS)[number];

interface Answered {
  /** First date of the window. */
  readonly start: string;
  readonly to: string;
  readonly targets: readonly Target[];
}

/** What a cell says about itself. */
export type CellState =
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'refused'; readonly text: string };

const SAVED_SHOWN_MS = 4_000;

/** Revenue targets of one window; a change is sent at once, and taken back if it is refused. */
export class TargetsSheet {
  period = $state<TargetPeriod>('month');
  #values = new SvelteMap<TargetKey, string>();
  #cells = new SvelteMap<TargetKey, CellState>();
  #window = $state.raw<{ from: number; to: number } | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get values(): ReadonlyMap<TargetKey, string> {
    return this.#values;
  }

  get window(): { readonly from: number; readonly to: number } | null {
    return this.#window;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  stateOf(key: TargetKey): CellState | undefined {
    return this.#cells.get(key);
  }

  async load(period: TargetPeriod): Promise<void> {
    const answer = await ask<Answered>('GET', `/v1/targets?metric=revenue&period=${period}`);
    if (period !== this.period) return;
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    const { start, to, targets } = answer.value;
    // A date has no zone: at its noon it is the same day in all but the farthest of them.
    this.#window = { from: Date.parse(`${start}T12:00:00Z`), to: Date.parse(to) };
    this.#values.clear();
    this.#cells.clear();
    for (const one of targets) this.#values.set(targetKey(one.scope, one.entity), one.value);
  }

  /** Sends a change; `true` once the server has it. The value `null` takes the target away. */
  async save(scope: TargetScope, entity: string | null, value: string | null): Promise<boolean> {
    const { period } = this;
    const key = targetKey(scope, entity);
    const before = this.#values.get(key) ?? null;
    if (sameNumber(before, value)) {
      this.#cells.delete(key);
      return false;
    }
    this.#set(key, value);
    this.#cells.set(key, { kind: 'saving' });
    const body = { scope, entity, metric: 'revenue', period, value };
    const answer = await ask<unknown>('PUT', '/v1/targets', body);
    if (period !== this.period) return answer.ok;
    if (!answer.ok) {
      this.#set(key, before);
      this.#cells.set(key, { kind: 'refused', text: sentenceOf(answer.problem) });
      return false;
    }
    this.#cells.set(key, { kind: 'saved' });
    setTimeout(() => this.#fade(key), SAVED_SHOWN_MS);
    return true;
  }

  /** A text that is no number does not leave the page. */
  refuse(key: TargetKey, text: string): void {
    this.#cells.set(key, { kind: 'refused', text });
  }

  clear(key: TargetKey): void {
    this.#cells.delete(key);
  }

  #fade(key: TargetKey): void {
    if (this.#cells.get(key)?.kind === 'saved') this.#cells.delete(key);
  }

  #set(key: TargetKey, value: string | null): void {
    if (value === null) this.#values.delete(key);
    else this.#values.set(key, value);
  }
}
