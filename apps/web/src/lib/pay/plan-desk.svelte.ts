import type {
  AssignmentAnswer,
  PlanAnswer,
  PlanPreviewAnswer,
  PostPlanPreview,
} from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

/** Incentive plans, and one of them with the people on it. */
export class PlanDesk {
  #plans = $state.raw<readonly PlanAnswer[] | null>(null);
  #assignments = $state.raw<readonly AssignmentAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly #id: string | null;

  /** Without an id only the plans are loaded. */
  constructor(id: string | null = null) {
    this.#id = id;
  }

  get plans(): readonly PlanAnswer[] | null {
    return this.#plans;
  }
  get plan(): PlanAnswer | null {
    return this.#plans?.find(({ id }) => id === this.#id) ?? null;
  }
  get assignments(): readonly AssignmentAnswer[] | null {
    return this.#assignments;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const plans = await ask<{ plans: PlanAnswer[] }>('GET', '/v1/plans');
    this.#problem = plans.ok ? null : plans.problem;
    if (plans.ok) this.#plans = plans.value.plans;
    const plan = this.plan;
    if (!plans.ok || plan === null) return;
    const path = `/v1/plans/${encodeURIComponent(plan.id)}/assignments`;
    const people = await ask<{ assignments: AssignmentAnswer[] }>('GET', path);
    if (people.ok) this.#assignments = people.value.assignments;
    else this.#problem = people.problem;
  }

  /** What the plan would pay for one deal; only to look at, nothing is written. */
  preview(body: PostPlanPreview): Promise<Answer<PlanPreviewAnswer>> {
    return ask<PlanPreviewAnswer>('POST', '/v1/plans/preview', body);
  }
}
