import type { PayDealAnswer, PayMeAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { LiveConnection } from '$lib/live/index.ts';
import { PayPulse } from './my-pulse.ts';

/** The own pay of one period, as of the newest event. */
export class MyPay {
  readonly connection: LiveConnection;
  #pay = $state.raw<PayMeAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  /** The day after the newest period, once that one was seen. */
  #end = $state.raw<string | null>(null);
  /** What was earned when the page was last other than now, to be told; `null`: nothing to tell. */
  #moved = $state.raw<string | null>(null);
  /** The period that is looked at; `null`: the one that runs. */
  #asked: string | null = null;
  readonly #pulse = new PayPulse(() => this.load());

  constructor(renderedAt: number) {
    const onEnded = () => location.assign('/sign-in');
    this.connection = new LiveConnection({ namespace: '/live', renderedAt, onEnded });
  }

  get pay(): PayMeAnswer | null {
    return this.#pay;
  }
  get end(): string | null {
    return this.#end;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** What is earned since it changed before the reader's eyes; `null` until it does. */
  get moved(): string | null {
    return this.#moved;
  }

  async load(): Promise<void> {
    const asked = this.#asked;
    const query = asked === null ? '' : `?period=${asked}`;
    const answer = await ask<PayMeAnswer>('GET', `/v1/pay/me${query}`);
    // Another period was chosen while this one was on its way.
    if (asked !== this.#asked) return;
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#take(answer.value);
  }

  #take(pay: PayMeAnswer): void {
    const before = this.#pay;
    // An answer that was asked for earlier may come later.
    if (before && before.period?.id === pay.period?.id && pay.seq < before.seq) return;
    const same = before?.period?.id === pay.period?.id;
    this.#moved = same && before && before.earned !== pay.earned ? pay.earned : null;
    this.#pay = pay;
    const { period, periods } = pay;
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

  /** Follows what is earned: at once when it is told, else from time to time; the undoing. */
  follow(): () => void {
    void this.load();
    const stop = this.connection.start();
    const quiet = this.#pulse.follow(this.connection);
    return () => {
      quiet();
      stop();
    };
  }
}
