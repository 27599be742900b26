import type {
  CorrectionAnswer,
  DisputeCaseAnswer,
  PostDisputeDecision,
  StatementDetailAnswer,
} from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { doorCounts } from '$lib/manage/door-counts.svelte.ts';

const CORRECTIONS = 100;

/** Disputes of everybody whom the reader looks after, and deciding them. */
export class PayCases {
  #cases = $state.raw<readonly DisputeCaseAnswer[] | null>(null);
  #corrections = $state.raw<readonly CorrectionAnswer[]>([]);
  #problem = $state.raw<Problem | null>(null);

  get loaded(): boolean {
    return this.#cases !== null;
  }
  /** The longest open first. */
  get open(): readonly DisputeCaseAnswer[] {
    return (this.#cases ?? []).filter(({ state }) => state === 'open');
  }
  /** The newest first. */
  get decided(): readonly DisputeCaseAnswer[] {
    return (this.#cases ?? []).filter(({ state }) => state !== 'open');
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ disputes: DisputeCaseAnswer[] }>('GET', '/v1/pay/disputes');
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    this.#cases = answer.value.disputes;
    doorCounts.takeDisputes(this.open.length);
  }

  /** Corrections of facts that were approved; a dispute can end in one of them. */
  async loadCorrections(): Promise<void> {
    const path = `/v1/corrections?state=approved&limit=${CORRECTIONS}`;
    const answer = await ask<{ corrections: CorrectionAnswer[] }>('GET', path);
    if (answer.ok) this.#corrections = answer.value.corrections;
  }
  /** Those of one person. */
  correctionsOf(person: string): readonly CorrectionAnswer[] {
    return this.#corrections.filter(
      (one) => one.person?.id === person || one.named.some(({ id }) => id === person),
    );
  }

  async decide(
    { id, statement }: DisputeCaseAnswer,
    decision: PostDisputeDecision,
  ): Promise<Answer<StatementDetailAnswer>> {
    const path = `/v1/statements/${encodeURIComponent(statement.id)}/disputes/${id}/decision`;
    const answer = await ask<StatementDetailAnswer>('POST', path, decision);
    await this.load();
    return answer;
  }
}
