import type {
  BudgetAnswer,
  PlayRulesAnswer,
  RedemptionAnswer,
  RewardAnswer,
  RewardCosts,
} from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

const LOOK_EVERY_MS = 20_000;

/** What a manager sees of rewards: the shelf, requests, budgets, rules and costs. */
export class RewardDesk {
  #rewards = $state.raw<readonly RewardAnswer[] | null>(null);
  #wishes = $state.raw<readonly RedemptionAnswer[]>([]);
  #budgets = $state.raw<readonly BudgetAnswer[]>([]);
  #rules = $state.raw<PlayRulesAnswer | null>(null);
  #costs = $state.raw<RewardCosts | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get rewards(): readonly RewardAnswer[] {
    return this.#rewards ?? [];
  }
  get loaded(): boolean {
    return this.#rewards !== null;
  }
  get wishes(): readonly RedemptionAnswer[] {
    return this.#wishes;
  }
  readonly open: readonly RedemptionAnswer[] = $derived.by(() =>
    this.#wishes.filter(({ state }) => state === 'requested' || state === 'approved'),
  );
  get budgets(): readonly BudgetAnswer[] {
    return this.#budgets;
  }
  get rules(): PlayRulesAnswer | null {
    return this.#rules;
  }
  get costs(): RewardCosts | null {
    return this.#costs;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const [rewards, wishes, budgets, rules, costs] = await Promise.all([
      ask<{ rewards: RewardAnswer[] }>('GET', '/v1/rewards'),
      ask<{ redemptions: RedemptionAnswer[] }>('GET', '/v1/redemptions'),
      ask<{ budgets: BudgetAnswer[] }>('GET', '/v1/wallet/budgets'),
      ask<PlayRulesAnswer>('GET', '/v1/play/rules'),
      ask<RewardCosts>('GET', '/v1/rewards/costs'),
    ]);
    const failed = [rewards, wishes, budgets, rules, costs].find((answer) => !answer.ok);
    this.#problem = failed && !failed.ok ? failed.problem : null;
    if (rewards.ok) this.#rewards = rewards.value.rewards;
    if (wishes.ok) this.#wishes = wishes.value.redemptions;
    if (budgets.ok) this.#budgets = budgets.value.budgets;
    if (rules.ok) this.#rules = rules.value;
    if (costs.ok) this.#costs = costs.value;
  }

  /** Brings a wish on; what was refused is answered. */
  async settle(
    wish: RedemptionAnswer,
    word: 'approve' | 'fulfil' | 'decline',
    reason?: string,
  ): Promise<Problem | null> {
    const path = `/v1/redemptions/${encodeURIComponent(wish.id)}/${word}`;
    return this.#after(await ask('POST', path, reason === undefined ? undefined : { reason }));
  }

  async setBudget(user: string, points: number): Promise<Problem | null> {
    return this.#after(await ask('PUT', '/v1/wallet/budgets', { user, points }));
  }

  async setRules(change: Partial<PlayRulesAnswer>): Promise<Problem | null> {
    return this.#after(await ask('PATCH', '/v1/play/rules', change));
  }

  async #after(answer: Answer<unknown>): Promise<Problem | null> {
    await this.load();
    return answer.ok ? null : answer.problem;
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
