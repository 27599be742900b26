import type { AchievementAnswer, AchievementTemplateAnswer } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';

/** The badges of the organisation, and those to begin with. */
export class AchievementList {
  #all = $state.raw<readonly AchievementAnswer[] | null>(null);
  #templates = $state.raw<readonly AchievementTemplateAnswer[]>([]);
  #problem = $state.raw<Problem | null>(null);

  get all(): readonly AchievementAnswer[] {
    return this.#all ?? [];
  }
  get templates(): readonly AchievementTemplateAnswer[] {
    return this.#templates;
  }
  get loaded(): boolean {
    return this.#all !== null;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const [all, templates] = await Promise.all([
      ask<{ achievements: AchievementAnswer[] }>('GET', '/v1/achievements'),
      ask<{ templates: AchievementTemplateAnswer[] }>('GET', '/v1/achievements/templates'),
    ]);
    this.#problem = all.ok ? null : all.problem;
    if (templates.ok) this.#templates = templates.value.templates;
    if (all.ok) this.#all = all.value.achievements;
  }
}
