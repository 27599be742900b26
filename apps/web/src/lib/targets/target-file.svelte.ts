import type { MetricId, PeriodKind } from '@ovation/domain';
import type { TargetsImported } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';

/** A file of targets: checked first, then taken in. */
export class TargetFile {
  csv = $state('');
  scope = $state<'person' | 'team'>('person');
  #report = $state.raw<TargetsImported | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #busy = $state(false);
  #metric: MetricId;
  #period: PeriodKind;

  constructor(metric: MetricId, period: PeriodKind) {
    this.#metric = metric;
    this.#period = period;
  }

  get report(): TargetsImported | null {
    return this.#report;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Another text: what was said of the former is no longer true. */
  forget(): void {
    this.#report = null;
    this.#problem = null;
  }

  /** What would change; those that stay as they are have nothing to be set. */
  get changes(): TargetsImported['targets'] {
    return (this.#report?.targets ?? []).filter(({ value, was }) => value !== was);
  }

  async send(dryRun: boolean): Promise<boolean> {
    if (this.csv.trim() === '') return false;
    this.#busy = true;
    const { csv, scope } = this;
    const body = { metric: this.#metric, period: this.#period, csv, scope, dryRun };
    const answer = await ask<TargetsImported>('POST', '/v1/targets/import', body);
    this.#busy = false;
    this.#problem = answer.ok ? null : answer.problem;
    this.#report = answer.ok ? answer.value : null;
    return answer.ok;
  }
}
