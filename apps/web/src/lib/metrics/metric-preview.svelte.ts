import type { MetricDefinition, UnitKind } from '@ovation/domain';
import type { MetricPreview } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';

export const PREVIEW_DAYS = ['30', '90', '365'] as const;
export type PreviewDays = (typeof PREVIEW_DAYS)[number];

interface Asked {
  readonly unit: UnitKind;
  readonly better: 'higher' | 'lower';
  readonly definition: MetricDefinition;
  readonly metric: string | undefined;
}

/** What a definition would count, tried on the organisation's own events. */
export class Preview {
  days = $state<PreviewDays>('90');
  #answer = $state.raw<MetricPreview | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #busy = $state(false);
  #asked = 0;

  get answer(): MetricPreview | null {
    return this.#answer;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Tries it; only what was asked last is shown. */
  async try({ unit, better, definition, metric }: Asked): Promise<void> {
    const asked = ++this.#asked;
    this.#busy = true;
    const days = Number(this.days);
    const body = { unit, better, definition, days, ...(metric ? { metric } : {}) };
    const answer = await ask<MetricPreview>('POST', '/v1/metrics/preview', body);
    if (asked !== this.#asked) return;
    this.#busy = false;
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#answer = answer.value;
  }
}
