import type {
  AssignmentAnswer,
  PatchAssignment,
  PlanAnswer,
  PlanCheckAnswer,
  PlanDiffAnswer,
  PlanPreviewAnswer,
  PostAssignment,
  PostPlan,
  PutPlanVersion,
} from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import type { AskedPreview } from './plan-try.ts';

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

  /** Begins a plan with a first draft. */
  create(body: PostPlan): Promise<Answer<PlanAnswer>> {
    return this.#act<PlanAnswer>('POST', '/v1/plans', body);
  }
  /** Begins a further version as a copy of one that is there, from an ISO date on. */
  addVersion(copyOf: number, from: string): Promise<Answer<PlanAnswer>> {
    return this.#act<PlanAnswer>('POST', `${this.#path}/versions`, { copyOf, from });
  }
  /** Keeps a draft; what is looked at stays as it is, so that typing goes on undisturbed. */
  async save(number: number, body: PutPlanVersion): Promise<Answer<PlanAnswer>> {
    const path = `${this.#path}/versions/${number}`;
    const answer = await ask<PlanAnswer>('PUT', path, body);
    if (answer.ok) this.#take(answer.value);
    return answer;
  }
  /** The page goes: the request outlives it. */
  saveOnLeaving(number: number, body: string): void {
    const headers = { 'content-type': 'application/json' };
    const path = `${this.#path}/versions/${number}`;
    void fetch(path, { method: 'PUT', headers, body, keepalive: true });
  }
  #take(plan: PlanAnswer): void {
    this.#plans = (this.#plans ?? []).map((one) => (one.id === plan.id ? plan : one));
  }
  /** What is wrong with a draft, and what to think about. */
  check(number: number): Promise<Answer<PlanCheckAnswer>> {
    return ask<PlanCheckAnswer>('POST', `${this.#path}/versions/${number}/check`, {});
  }
  /** What a version says otherwise than another one. */
  diff(number: number, against: number): Promise<Answer<PlanDiffAnswer>> {
    const path = `${this.#path}/versions/${number}/diff?against=${against}`;
    return ask<PlanDiffAnswer>('GET', path);
  }
  approve(number: number): Promise<Answer<PlanAnswer>> {
    return this.#act<PlanAnswer>('POST', `${this.#path}/versions/${number}/approve`, {});
  }
  /** Throws the plan away, of which nothing was ever approved. */
  remove(): Promise<Answer<void>> {
    return this.#act<void>('DELETE', this.#path);
  }
  discard(number: number): Promise<Answer<void>> {
    return this.#act<void>('DELETE', `${this.#path}/versions/${number}`);
  }

  /** Puts somebody on the plan. */
  assign(body: PostAssignment): Promise<Answer<AssignmentAnswer>> {
    return this.#act<AssignmentAnswer>('POST', `${this.#path}/assignments`, body);
  }
  /** Puts several people on the plan, one after the other; who could not be, and why. */
  async assignAll(
    people: readonly string[],
    body: Omit<PostAssignment, 'person'>,
  ): Promise<readonly { readonly person: string; readonly problem: Problem }[]> {
    const refused: { person: string; problem: Problem }[] = [];
    for (const person of people) {
      const path = `${this.#path}/assignments`;
      const answer = await ask<AssignmentAnswer>('POST', path, { ...body, person });
      if (!answer.ok) refused.push({ person, problem: answer.problem });
    }
    await this.load();
    return refused;
  }
  /** Other dates of an assignment, or another target incentive. */
  reassign(assignment: string, body: PatchAssignment): Promise<Answer<AssignmentAnswer>> {
    const path = `${this.#path}/assignments/${encodeURIComponent(assignment)}`;
    return this.#act<AssignmentAnswer>('PATCH', path, body);
  }
  /** Takes an assignment back that nobody was paid by. */
  unassign(assignment: string): Promise<Answer<void>> {
    const path = `${this.#path}/assignments/${encodeURIComponent(assignment)}`;
    return this.#act<void>('DELETE', path);
  }

  get #path(): string {
    return `/v1/plans/${encodeURIComponent(this.#id ?? '')}`;
  }
  async #act<T>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Answer<T>> {
    const answer = await ask<T>(method, path, body);
    await this.load();
    return answer;
  }

  /** What the plan would pay for one deal; only to look at, nothing is written. */
  preview(body: AskedPreview): Promise<Answer<PlanPreviewAnswer>> {
    return ask<PlanPreviewAnswer>('POST', '/v1/plans/preview', body);
  }
}
