import type { RedemptionAnswer, RewardAnswer, WalletAnswer, WalletLine } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';

const LOOK_EVERY_MS = 20_000;

/** The own points, what is offered for them, and what was asked for. */
export class MyWallet {
  #wallet = $state.raw<WalletAnswer | null>(null);
  #older = $state.raw<readonly WalletLine[]>([]);
  #next = $state.raw<string | null>(null);
  #rewards = $state.raw<readonly RewardAnswer[]>([]);
  #wishes = $state.raw<readonly RedemptionAnswer[]>([]);
  #problem = $state.raw<Problem | null>(null);

  get wallet(): WalletAnswer | null {
    return this.#wallet;
  }
  get entries(): readonly WalletLine[] {
    return [...(this.#wallet?.entries ?? []), ...this.#older];
  }
  get more(): boolean {
    return this.#next !== null;
  }
  get rewards(): readonly RewardAnswer[] {
    return this.#rewards;
  }
  get wishes(): readonly RedemptionAnswer[] {
    return this.#wishes;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const [wallet, rewards, wishes] = await Promise.all([
      ask<WalletAnswer>('GET', '/v1/wallet'),
      ask<{ rewards: RewardAnswer[] }>('GET', '/v1/rewards'),
      ask<{ redemptions: RedemptionAnswer[] }>('GET', '/v1/redemptions?mine=true'),
    ]);
    const failed = [wallet, rewards, wishes].find((answer) => !answer.ok);
    this.#problem = failed && !failed.ok ? failed.problem : null;
    if (wallet.ok) {
      this.#wallet = wallet.value;
      this.#older = [];
      this.#next = wallet.value.next;
    }
    if (rewards.ok) this.#rewards = rewards.value.rewards.filter(({ active }) => active);
    if (wishes.ok) this.#wishes = wishes.value.redemptions;
  }

  async loadMore(): Promise<void> {
    if (this.#next === null) return;
    const answer = await ask<WalletAnswer>('GET', `/v1/wallet?cursor=${this.#next}`);
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    this.#older = [...this.#older, ...answer.value.entries];
    this.#next = answer.value.next;
  }

  /** Asks for a reward; what was refused is answered. */
  async redeem(reward: RewardAnswer): Promise<Problem | null> {
    return this.#act(`/v1/rewards/${encodeURIComponent(reward.id)}/redeem`);
  }

  async cancel(wish: RedemptionAnswer): Promise<Problem | null> {
    return this.#act(`/v1/redemptions/${encodeURIComponent(wish.id)}/cancel`);
  }

  async #act(path: string): Promise<Problem | null> {
    const answer = await ask<RedemptionAnswer>('POST', path);
    await this.load();
    return answer.ok ? null : answer.problem;
  }

  /** Looks again from time to time while no older entries are open; returns the undoing. */
  follow(): () => void {
    void this.load();
    const timer = setInterval(() => {
      if (!document.hidden && this.#older.length === 0) void this.load();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }
}
