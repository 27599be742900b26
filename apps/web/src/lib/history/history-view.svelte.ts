import type { MetricId } from '@ovation/domain';
import type { FunnelAnswer, HistoryAnswer, LeadSourcesAnswer, MixAnswer } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';

export const STEPS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Step = (typeof STEPS)[number];

/** Whose history: everybody's, or `person:…` and `team:…`. */
export type Whose = 'organisation' | `person:${string}` | `team:${string}`;

/** One answer that is asked for again whenever its address changes. */
export class Asked<T> {
  #value = $state.raw<T | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #path = '';

  get value(): T | null {
    return this.#value;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(path: string): Promise<void> {
    this.#path = path;
    const answer = await ask<T>('GET', path);
    if (path !== this.#path) return;
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#value = answer.value;
  }
}

/** What is looked at on a history page. */
export class HistoryView {
  metric = $state<MetricId>('revenue');
  by = $state<Step>('month');
  whose = $state<Whose>('organisation');
  /** `person`, `team`, `attributes.…`; empty for none. */
  split = $state('');
  compare = $state(true);
  stacked = $state<'stack' | 'lines'>('stack');
  /** ISO dates, both counted; empty for the usual stretch. */
  from = $state('');
  to = $state('');
  attribute = $state('lead_source');
  readonly series = new Asked<HistoryAnswer>();
  readonly mix = new Asked<MixAnswer>();
  readonly funnel = new Asked<FunnelAnswer>();
  readonly sources = new Asked<LeadSourcesAnswer>();

  constructor(whose: Whose = 'organisation') {
    this.whose = whose;
  }

  /** Where the API answers the same; with `format=csv` behind it, as a file. */
  readonly seriesPath: string = $derived.by(() => {
    const query = this.#query();
    query.set('metric', this.metric);
    query.set('by', this.by);
    query.set('compare', this.compare ? 'previous' : 'none');
    if (this.split) query.set('split', this.split);
    return `/v1/history?${query.toString()}`;
  });
  readonly mixPath: string = $derived.by(() => `/v1/history/mix?${this.#query().toString()}`);
  readonly funnelPath: string = $derived.by(() => `/v1/history/funnel?${this.#query().toString()}`);
  readonly sourcesPath: string = $derived.by(() => {
    const query = this.#query();
    query.set('attribute', this.attribute);
    return `/v1/history/sources?${query.toString()}`;
  });

  #query(): URLSearchParams {
    const query = new URLSearchParams();
    if (this.from) query.set('from', this.from);
    if (this.to) query.set('to', this.to);
    const colon = this.whose.indexOf(':');
    query.set('scope', colon < 0 ? this.whose : this.whose.slice(0, colon));
    if (colon >= 0) query.set('entity', this.whose.slice(colon + 1));
    return query;
  }
}

/** The same answer as a file. */
export const csvOf = (path: string): string => `${path}&format=csv`;
