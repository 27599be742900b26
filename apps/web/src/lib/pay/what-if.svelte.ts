import type { PayPeriodAnswer, PlanWhatIfAnswer } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';

/** So many periods are replayed at first, and at most. */
const FIRST = 3;
export const REPLAYED_MAX = 12;

/** Past pay periods by the rules of a version: which, what came of it, whether it still runs. */
export class WhatIf {
  chosen = $state<readonly string[]>([]);
  #periods = $state.raw<readonly PayPeriodAnswer[] | null>(null);
  #kind = $state.raw<PayPeriodAnswer['kind']>('month');
  #answer = $state.raw<PlanWhatIfAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #running = $state(false);
  #asked = 0;
  readonly #plan: string;
  readonly #version: number;

  constructor(plan: string, version: number) {
    [this.#plan, this.#version] = [plan, version];
  }

  /** Periods that have begun, the newest first. */
  get periods(): readonly PayPeriodAnswer[] | null {
    return this.#periods;
  }
  get kind(): PayPeriodAnswer['kind'] {
    return this.#kind;
  }
  get answer(): PlanWhatIfAnswer | null {
    return this.#answer;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get running(): boolean {
    return this.#running;
  }

  /** Looks periods up and replays the last ones that are over before `now`. */
  async load(now: number): Promise<void> {
    const said = await ask<{ periods: PayPeriodAnswer[] }>('GET', '/v1/pay/periods');
    this.#problem = said.ok ? null : said.problem;
    if (!said.ok) return;
    const today = new Date(now).toISOString();
    const begun = said.value.periods.filter(({ from }) => from <= today);
    begun.sort((a, b) => (a.from < b.from ? 1 : -1));
    this.#periods = begun.slice(0, REPLAYED_MAX);
    this.#kind = begun[0]?.kind ?? 'month';
    const over = this.#periods.filter(({ to }) => to <= today.slice(0, 'yyyy-mm-dd'.length));
    this.chosen = (over.length > 0 ? over : this.#periods).slice(0, FIRST).map(({ id }) => id);
    if (this.chosen.length > 0) await this.run();
  }

  toggle(key: string): void {
    const { chosen } = this;
    this.chosen = chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key];
  }

  async run(): Promise<void> {
    const own = ++this.#asked;
    this.#running = true;
    const path = `/v1/plans/${encodeURIComponent(this.#plan)}/what-if`;
    const body = { version: this.#version, keys: [...this.chosen] };
    const said = await ask<PlanWhatIfAnswer>('POST', path, body);
    // Who asked again meanwhile waits for the newer answer.
    if (own !== this.#asked) return;
    this.#running = false;
    this.#problem = said.ok ? null : said.problem;
    if (said.ok) this.#answer = said.value;
  }
}
