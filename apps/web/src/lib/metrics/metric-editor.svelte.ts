import type { ActivityClass, UnitKind } from '@ovation/domain';
import type { MetricAnswer } from '@ovation/protocol';
import { ask, type Answer } from '$lib/desk/api.ts';
import type { Language } from '$lib/i18n/language.ts';
import {
  definitionOf,
  draftOf,
  EMPTY_DRAFT,
  kindsOf,
  type DefinitionDraft,
  type Faults,
} from './definition-draft.ts';

/** A metric while it is made or changed. Its unit and direction are for good once it is made. */
export class MetricEditor {
  /** The metric that is changed; `null` for a new one. */
  readonly metric: MetricAnswer | null;
  name = $state('');
  otherName = $state('');
  description = $state('');
  better = $state<'higher' | 'lower'>('higher');
  class = $state<ActivityClass | ''>('');
  draft = $state.raw<DefinitionDraft>(EMPTY_DRAFT);
  /** Whether what is missing is marked. */
  tried = $state(false);
  #unit = $state<UnitKind>('count');
  #begun: DefinitionDraft;

  constructor(metric: MetricAnswer | null) {
    this.metric = metric;
    const last = metric?.versions.at(-1)?.definition;
    this.#begun = last ? draftOf(last) : EMPTY_DRAFT;
    this.draft = this.#begun;
    if (!metric) return;
    this.#unit = metric.unit.kind;
    this.better = metric.better;
    this.class = metric.class ?? '';
  }

  get unit(): UnitKind {
    return this.#unit;
  }
  /** Another unit asks for another kind where the present one does not measure it. */
  set unit(unit: UnitKind) {
    this.#unit = unit;
    const kinds = kindsOf(unit);
    if (!kinds.includes(this.draft.kind)) this.set({ kind: kinds[0]! });
    if (unit === 'duration') this.better = 'lower';
  }

  readonly drafted = $derived.by(() => definitionOf(this.draft));
  readonly faults: Faults = $derived.by(() =>
    this.tried && !this.drafted.ok ? this.drafted.faults : {},
  );
  readonly changed: boolean = $derived.by(
    () => JSON.stringify(this.draft) !== JSON.stringify(this.#begun),
  );

  set(change: Partial<DefinitionDraft>): void {
    this.draft = { ...this.draft, ...change };
  }

  /** Begins again with a published version. */
  beginWith(draft: DefinitionDraft): void {
    this.draft = draft;
  }

  discard(): void {
    this.draft = this.#begun;
    this.tried = false;
  }

  /** Whether it may be published; what is missing is marked from now on. */
  check(): boolean {
    this.tried = true;
    return this.drafted.ok && (this.metric !== null || this.name.trim() !== '');
  }

  /** Makes the metric or publishes a version; `from` is an ISO date, empty for the usual one. */
  async publish(from: string, language: Language): Promise<Answer<MetricAnswer>> {
    if (!this.drafted.ok) throw new Error('published before it was complete');
    const { definition } = this.drafted;
    const start = from === '' ? {} : { from };
    if (this.metric) {
      const path = `/v1/metrics/${encodeURIComponent(this.metric.id)}/versions`;
      return ask('POST', path, { definition, ...start });
    }
    const other = language === 'fa' ? 'en' : 'fa';
    const name = this.name.trim();
    const names = this.otherName.trim()
      ? { [language]: name, [other]: this.otherName.trim() }
      : undefined;
    return ask('POST', '/v1/metrics', {
      name,
      ...(names ? { names } : {}),
      ...(this.description.trim() ? { description: this.description.trim() } : {}),
      unit: this.#unit,
      better: this.better,
      class: this.class || null,
      definition,
      ...start,
    });
  }
}
