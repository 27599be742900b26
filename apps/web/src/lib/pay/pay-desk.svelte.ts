import type {
  PayCalculationAnswer,
  PayHoldAnswer,
  PayoutAnswer,
  PayPeriodAnswer,
  PayPersonAnswer,
} from '@ovation/protocol';
import { ask, problemOf, type Answer, type Problem } from '$lib/desk/api.ts';
import { words } from '$lib/desk/words.ts';

const FORBIDDEN = 403;

/** The pay periods, and one of them with everybody's pay and what was paid out. */
export class PayDesk {
  #periods = $state.raw<readonly PayPeriodAnswer[] | null>(null);
  #people = $state.raw<readonly PayPersonAnswer[] | null>(null);
  /** `null`: the reader does not look after everybody and may not see payouts. */
  #payouts = $state.raw<readonly PayoutAnswer[] | null>(null);
  #held = $state.raw<ReadonlySet<string>>(new Set());
  #problem = $state.raw<Problem | null>(null);
  readonly #id: string | null;

  /** Without an id only the periods are loaded. */
  constructor(id: string | null = null) {
    this.#id = id;
  }

  get periods(): readonly PayPeriodAnswer[] | null {
    return this.#periods;
  }
  get period(): PayPeriodAnswer | null {
    return this.#periods?.find(({ id }) => id === this.#id) ?? null;
  }
  get people(): readonly PayPersonAnswer[] | null {
    return this.#people;
  }
  get payouts(): readonly PayoutAnswer[] | null {
    return this.#payouts;
  }
  /** People of whom something is held back today. */
  get held(): ReadonlySet<string> {
    return this.#held;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const periods = await ask<{ periods: PayPeriodAnswer[] }>('GET', '/v1/pay/periods');
    this.#problem = periods.ok ? null : periods.problem;
    if (periods.ok) this.#periods = periods.value.periods;
    if (!periods.ok || this.period === null) return;
    const [people, payouts, holds] = await Promise.all([
      ask<{ people: PayPersonAnswer[] }>('GET', `/v1/pay/people?period=${this.period.id}`),
      ask<{ payouts: PayoutAnswer[] }>('GET', '/v1/pay/payouts'),
      ask<{ holds: PayHoldAnswer[] }>('GET', '/v1/pay/holds'),
    ]);
    if (people.ok) this.#people = people.value.people;
    else this.#problem = people.problem;
    if (holds.ok) {
      this.#held = new Set(holds.value.holds.filter(({ on }) => on).map((one) => one.person.id));
    }
    if (payouts.ok) {
      this.#payouts = payouts.value.payouts.filter(({ period }) => period === this.#id);
    } else if (payouts.problem.status !== FORBIDDEN) this.#problem = payouts.problem;
  }

  calculate(): Promise<Answer<PayCalculationAnswer>> {
    return this.#act<PayCalculationAnswer>(`/v1/pay/periods/${this.#id}/calculate`, {});
  }
  close(): Promise<Answer<unknown>> {
    return this.#act(`/v1/pay/periods/${this.#id}/close`, {});
  }
  reopen(reason: string): Promise<Answer<unknown>> {
    return this.#act(`/v1/pay/periods/${this.#id}/reopen`, { reason });
  }
  /** Opens the periods up to the one that holds `start`, an ISO date. */
  open(start: string): Promise<Answer<unknown>> {
    return this.#act('/v1/pay/periods', { start });
  }
  issue(): Promise<Answer<unknown>> {
    return this.#act('/v1/statements', { period: this.#id });
  }
  approve(statement: string): Promise<Answer<unknown>> {
    return this.#act(`/v1/statements/${encodeURIComponent(statement)}/approve`, {});
  }
  payOut(): Promise<Answer<unknown>> {
    return this.#act('/v1/pay/payouts', { period: this.#id });
  }

  /** The file of a payout, to be saved; a refusal in words otherwise. */
  async export(payout: string): Promise<Answer<Blob>> {
    try {
      const path = `/v1/pay/payouts/${encodeURIComponent(payout)}/export`;
      const response = await fetch(path, { method: 'POST' });
      if (!response.ok) return { ok: false, problem: await problemOf(response) };
      const value = await response.blob();
      await this.load();
      return { ok: true, value };
    } catch {
      return { ok: false, problem: { title: words().t('noConnection'), status: 0 } };
    }
  }

  async #act<T>(path: string, body: unknown): Promise<Answer<T>> {
    const answer = await ask<T>('POST', path, body);
    await this.load();
    return answer;
  }
}
