import type {
  PayDeals,
  PayEntryAnswer,
  PayHoldAnswer,
  PayMeAnswer,
  PayPeriodAnswer,
  PostAdjustment,
  PostPayHold,
} from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { isHandMade, leftOfEntry } from './entry-left.ts';

/** The ledger of those whom the reader looks after, and what is entered or held by hand. */
export class PayLedger {
  #entries = $state.raw<readonly PayEntryAnswer[] | null>(null);
  #periods = $state.raw<readonly PayPeriodAnswer[]>([]);
  #holds = $state.raw<readonly PayHoldAnswer[]>([]);
  #problem = $state.raw<Problem | null>(null);

  get loaded(): boolean {
    return this.#entries !== null;
  }
  /** All movements, the newest first. */
  get entries(): readonly PayEntryAnswer[] {
    return this.#entries ?? [];
  }
  /** Those that somebody entered, the newest first. */
  get byHand(): readonly PayEntryAnswer[] {
    return this.entries.filter(isHandMade);
  }
  /** The newest first. */
  get periods(): readonly PayPeriodAnswer[] {
    return this.#periods;
  }
  /** What holds today and what does no longer, each the newest first. */
  get holds(): readonly PayHoldAnswer[] {
    return [...this.#holds].sort((a, b) => Number(b.on) - Number(a.on));
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const [entries, periods, holds] = await Promise.all([
      ask<{ entries: PayEntryAnswer[] }>('GET', '/v1/pay/entries'),
      ask<{ periods: PayPeriodAnswer[] }>('GET', '/v1/pay/periods'),
      ask<{ holds: PayHoldAnswer[] }>('GET', '/v1/pay/holds'),
    ]);
    const refused = [entries, periods, holds].find(({ ok }) => !ok);
    this.#problem = refused && !refused.ok ? refused.problem : null;
    if (entries.ok) this.#entries = entries.value.entries.toReversed();
    if (periods.ok) this.#periods = periods.value.periods;
    if (holds.ok) this.#holds = holds.value.holds;
  }

  /** What of an entry is not taken back yet, a decimal. */
  leftOf = (entry: PayEntryAnswer): string => leftOfEntry(entry, this.entries);

  /** Deals that somebody's pay of the current period is made of, by their ids. */
  async dealsOf(person: string): Promise<PayDeals> {
    const path = `/v1/pay/me?person=${encodeURIComponent(person)}`;
    const answer = await ask<PayMeAnswer>('GET', path);
    return answer.ok ? answer.value.deals : {};
  }

  add(entry: PostAdjustment): Promise<Answer<PayEntryAnswer>> {
    return this.#act('/v1/pay/adjustments', entry);
  }
  hold(what: PostPayHold): Promise<Answer<PayHoldAnswer>> {
    return this.#act('/v1/pay/holds', what);
  }
  release(id: string, reason: string): Promise<Answer<PayHoldAnswer>> {
    return this.#act(`/v1/pay/holds/${encodeURIComponent(id)}/release`, { reason });
  }

  async #act<T>(path: string, body: unknown): Promise<Answer<T>> {
    const answer = await ask<T>('POST', path, body);
    if (answer.ok) await this.load();
    return answer;
  }
}
