import type { MetricId, Unit } from '@ovation/domain';
import type { MetricAnswer } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';
import type { DeskTranslator } from '$lib/i18n/desk.ts';
import { metricName } from './names.ts';

/** Every metric of the organisation, for pages that let one be chosen. */
export class MetricBook {
  #all = $state.raw<readonly MetricAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get all(): readonly MetricAnswer[] {
    return this.#all ?? [];
  }

  /** Those that can still be used for something new. */
  get active(): readonly MetricAnswer[] {
    return this.all.filter((metric) => !metric.retired);
  }

  get loaded(): boolean {
    return this.#all !== null;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  of(id: MetricId): MetricAnswer | undefined {
    return this.all.find((metric) => metric.id === id);
  }

  unitOf(id: MetricId): Unit | undefined {
    return this.of(id)?.unit;
  }

  nameOf(id: MetricId, tr: DeskTranslator): string {
    return metricName(this.of(id) ?? { id }, tr);
  }

  async load(): Promise<void> {
    const answer = await ask<{ metrics: MetricAnswer[] }>('GET', '/v1/metrics');
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#all = answer.value.metrics;
  }
}
