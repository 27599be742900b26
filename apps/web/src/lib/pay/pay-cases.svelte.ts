import type {
  CorrectionAnswer,
  DisputeCaseAnswer,
  PayPeriodAnswer,
  PostDisputeDecision,
  StatementDetailAnswer,
} from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { doorCounts } from '$lib/manage/door-counts.svelte.ts';

const CORRECTIONS = 100;

/** Disputes of everybody whom the reader looks after, and deciding them. */
export class PayCases {
  #cases = $state.raw<readonly DisputeCaseAnswer[] | null>(null);
  #periods = $state.raw<readonly PayPeriodAnswer[]>([]);
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
  get periods(): readonly PayPeriodAnswer[] {
    return this.#periods;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const [answer, periods] = await Promise.all([
      ask<{ disputes: DisputeCaseAnswer[] }>('GET', '/v1/pay/disputes'),
      ask<{ periods: PayPeriodAnswer[] }>('GET', '/v1/pay/periods'),
    ]);
    this.#problem = answer.ok ? null : answer.problem;
    if (periods.ok) this.#periods = periods.value.periods;
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
