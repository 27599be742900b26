import type { DuelAnswer, DuelsAnswer } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

const LOOK_EVERY_MS = 15_000;

/** The own duels, and whom one may challenge. */
export class MyDuels {
  #answer = $state.raw<DuelsAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get answer(): DuelsAnswer | null {
    return this.#answer;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    this.#take(await ask<DuelsAnswer>('GET', '/v1/duels'));
  }

  async act(duel: DuelAnswer, word: 'accept' | 'decline' | 'withdraw'): Promise<Problem | null> {
    const path = `/v1/duels/${encodeURIComponent(duel.id)}/${word}`;
    const answer = await ask<DuelAnswer>('POST', path);
    await this.load();
    return answer.ok ? null : answer.problem;
  }

  async optOut(out: boolean): Promise<void> {
    this.#take(await ask<DuelsAnswer>('PUT', '/v1/duels/opt-out', { out }));
  }

  #take(answer: Answer<DuelsAnswer>): void {
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#answer = answer.value;
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
