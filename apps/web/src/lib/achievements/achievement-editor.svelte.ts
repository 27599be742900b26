import type {
  AchievementAnswer,
  AchievementPreview,
  AchievementTemplateAnswer,
} from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import type { Language } from '$lib/i18n/language.ts';
import {
  achievementBody,
  achievementDraft,
  NEW_ACHIEVEMENT,
  type AchievementDraft,
  type AchievementFaults,
} from './achievement-draft.ts';

type Begun = AchievementAnswer | AchievementTemplateAnswer | null;

/** A badge while it is made or changed, and who would have it. */
export class AchievementEditor {
  /** Id of the badge that is changed; `null` for a new one. */
  readonly id: string | null;
  readonly #language: Language;
  readonly #other: Language;
  name = $state('');
  otherName = $state('');
  description = $state('');
  otherDescription = $state('');
  draft = $state.raw<AchievementDraft>(NEW_ACHIEVEMENT);
  /** Whether what is missing is marked. */
  tried = $state(false);
  #preview = $state.raw<AchievementPreview | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #busy = $state(false);
  #asked = 0;

  constructor(begun: Begun, language: Language) {
    this.id = begun && 'id' in begun ? begun.id : null;
    this.#language = language;
    this.#other = language === 'fa' ? 'en' : 'fa';
    if (!begun) return;
    // The plain name is English where the organisation gave no other.
    const said = (names: Readonly<Record<string, string>>, plain: string, of: Language) =>
      names[of] ?? (of === 'en' || Object.keys(names).length === 0 ? plain : '');
    this.name = said(begun.names, begun.name, language);
    this.otherName = begun.names[this.#other] ?? (this.#other === 'en' ? begun.name : '');
    this.description = said(begun.descriptions, begun.description, language);
    this.otherDescription =
      begun.descriptions[this.#other] ?? (this.#other === 'en' ? begun.description : '');
    this.draft = achievementDraft(begun.definition);
  }

  readonly drafted = $derived.by(() => achievementBody(this.draft));
  readonly faults: AchievementFaults = $derived.by(() =>
    this.tried && !this.drafted.ok ? this.drafted.faults : {},
  );

  get preview(): AchievementPreview | null {
    return this.#preview;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get busy(): boolean {
    return this.#busy;
  }

  set(change: Partial<AchievementDraft>): void {
    this.draft = { ...this.draft, ...change };
  }

  /** Asks who would have it; only what was asked last is shown. */
  async try(): Promise<void> {
    if (!this.drafted.ok) return;
    const asked = ++this.#asked;
    this.#busy = true;
    const body = { definition: this.drafted.body, ...(this.id === null ? {} : { id: this.id }) };
    const answer = await ask<AchievementPreview>('POST', '/v1/achievements/preview', body);
    if (asked !== this.#asked) return;
    this.#busy = false;
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#preview = answer.value;
  }

  /** Whether it may be saved; what is missing is marked from now on. */
  check(): boolean {
    this.tried = true;
    return this.drafted.ok && this.name.trim() !== '';
  }

  async save(): Promise<Answer<AchievementAnswer>> {
    if (!this.drafted.ok) throw new Error('saved before it was complete');
    const pair = (own: string, other: string) =>
      other.trim() === '' ? {} : { [this.#language]: own.trim(), [this.#other]: other.trim() };
    const body = {
      name: this.name.trim(),
      names: pair(this.name, this.otherName),
      description: this.description.trim(),
      descriptions: pair(this.description, this.otherDescription),
      definition: this.drafted.body,
    };
    if (this.id === null) return ask('POST', '/v1/achievements', body);
    return ask('PUT', `/v1/achievements/${encodeURIComponent(this.id)}`, body);
  }

  remove(): Promise<Answer<unknown>> {
    return ask('DELETE', `/v1/achievements/${encodeURIComponent(this.id ?? '')}`);
  }
}
