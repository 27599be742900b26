import type { MetricId, PeriodKind } from '@ovation/domain';
import type { PostTargetPlan, TargetsPlanned } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';
import { typedNumber } from '$lib/desk/typed-number.ts';
import type { GridRow } from './grid-model.ts';
import { percentOfChange, percentsOf } from './plan-text.ts';

export type PlanKind = PostTargetPlan['kind'];

/** Which targets a plan begins with. */
export interface PlanFrom {
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly start: string;
  readonly row: GridRow | undefined;
  readonly value: string | null;
}

/** One plan on its way: what is asked for, what it would set, and setting it. */
export class PlanDraft {
  readonly kind: PlanKind;
  readonly from: PlanFrom;
  /** Copy: into which window, and by how much more. */
  source = $state('');
  to = $state('');
  change = $state('');
  /** Spread. */
  into = $state<PeriodKind>('month');
  by = $state<'working_days' | 'seasonality'>('working_days');
  /** Prorate. */
  first = $state('');
  last = $state('');
  /** Ramp. */
  percents = $state('25 50 75 100');
  whole = $state('');
  #planned = $state.raw<TargetsPlanned | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #busy = $state(false);
  #asked = 0;

  constructor(kind: PlanKind, from: PlanFrom) {
    this.kind = kind;
    this.from = from;
    this.whole = (from.value ?? '').replace(/\.0+$/, '');
  }

  get planned(): TargetsPlanned | null {
    return this.#planned;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** What would be asked; `null` while something is missing. */
  readonly body: PostTargetPlan | null = $derived.by(() => this.#body());

  #body(): PostTargetPlan | null {
    const { metric, row, start } = this.from;
    const period: string = this.from.period;
    const same = { metric, period, start };
    if (this.kind === 'copy') {
      const percent = percentOfChange(this.change);
      if (!this.to || !this.source || percent === null) return null;
      return { kind: 'copy', metric, period, start: this.source, to: this.to, percent };
    }
    if (!row) return null;
    const { scope, entity } = row;
    if (this.kind === 'spread') {
      return { kind: 'spread', ...same, into: this.into, by: this.by, scope, entity };
    }
    if (entity === null) return null;
    if (this.kind === 'prorate') {
      const dates = {
        ...(this.first ? { from: this.first } : {}),
        ...(this.last ? { until: this.last } : {}),
      };
      if (!this.first && !this.last) return null;
      return { kind: 'prorate', ...same, person: entity, ...dates };
    }
    const value = typedNumber(this.whole);
    const percents = percentsOf(this.percents);
    if (!value || !percents) return null;
    return { kind: 'ramp', ...same, person: entity, percents, value };
  }

  /** Works it out and sets nothing. */
  async preview(): Promise<void> {
    await this.#post(false);
  }

  /** Sets what was worked out; `true` once it is done. */
  async apply(): Promise<boolean> {
    await this.#post(true);
    return this.#planned?.applied === true;
  }

  async #post(apply: boolean): Promise<void> {
    const { body } = this;
    if (!body) return;
    const asked = ++this.#asked;
    this.#busy = true;
    const answer = await ask<TargetsPlanned>('POST', '/v1/targets/plan', { ...body, apply });
    if (asked !== this.#asked) return;
    this.#busy = false;
    this.#problem = answer.ok ? null : answer.problem;
    this.#planned = answer.ok ? answer.value : null;
  }
}
