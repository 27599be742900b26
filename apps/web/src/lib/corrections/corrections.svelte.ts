import type { CorrectionAnswer, CorrectionPreviewAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

/** Requests for corrections, what waits first. */
export class Corrections {
  #requests = $state.raw<readonly CorrectionAnswer[] | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get loaded(): boolean {
    return this.#requests !== null;
  }

  get waiting(): readonly CorrectionAnswer[] {
    return (this.#requests ?? []).filter((one) => one.state === 'waiting');
  }

  get decided(): readonly CorrectionAnswer[] {
    return (this.#requests ?? []).filter((one) => one.state !== 'waiting');
  }

  /** Why they could not be had; what was there before stays. */
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const path = `/v1/corrections?limit=${this.#limit}`;
    const answer = await ask<{ corrections: CorrectionAnswer[] }>('GET', path);
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#requests = answer.value.corrections;
  }

  /** What a request would do if it were approved now. */
  preview({ event, change }: CorrectionAnswer): Promise<Answer<CorrectionPreviewAnswer>> {
    return ask('POST', '/v1/corrections/preview', { event: event.key, change });
  }

  async decide(
    id: string,
    decision: 'approve' | 'decline',
    reason?: string,
  ): Promise<Answer<CorrectionAnswer>> {
    const body = { decision, ...(reason === undefined ? {} : { reason }) };
    const path = `/v1/corrections/${encodeURIComponent(id)}/decision`;
    const answer = await ask<CorrectionAnswer>('POST', path, body);
    await this.load();
    return answer;
  }
}
