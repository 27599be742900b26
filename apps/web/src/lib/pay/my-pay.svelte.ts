import type { PayDealAnswer, PayMeAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

const LOOK_EVERY_MS = 30_000;

/** The own pay of one period, as of the newest event. */
export class MyPay {
  #pay = $state.raw<PayMeAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  /** The day after the newest period, once that one was seen. */
  #end = $state.raw<string | null>(null);
  /** The period that is looked at; `null`: the one that runs. */
  #asked: string | null = null;

  get pay(): PayMeAnswer | null {
    return this.#pay;
  }
  get end(): string | null {
    return this.#end;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const asked = this.#asked;
    const query = asked === null ? '' : `?period=${asked}`;
    const answer = await ask<PayMeAnswer>('GET', `/v1/pay/me${query}`);
    // Another period was chosen while this one was on its way.
    if (asked !== this.#asked) return;
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    this.#pay = answer.value;
    const { period, periods } = answer.value;
    if (period && period.id === periods[0]) this.#end = period.to;
  }

  async show(period: string): Promise<void> {
    this.#asked = period;
    await this.load();
  }

  /** What one more deal of `amount`, a decimal in the ledger's currency, would add. */
  tryDeal(amount: string): Promise<Answer<PayDealAnswer>> {
    return ask<PayDealAnswer>('POST', '/v1/pay/deal', { amount });
  }

  /** Looks again from time to time; returns the undoing. */
  follow(): () => void {
    void this.load();
    const timer = setInterval(() => {
      if (!document.hidden) void this.load();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }
}
