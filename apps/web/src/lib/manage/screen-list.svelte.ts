import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

export interface Screen {
  readonly id: string;
  readonly name: string;
  readonly lastSeenAt: string | null;
}

export interface NewScreen {
  readonly id: string;
  readonly name: string;
  /** Opens the board on a TV; the server tells it only once. */
  readonly url: string;
}

/** The walls of the organisation. */
export class ScreenList {
  #screens = $state.raw<readonly Screen[] | null>(null);
  #problem = $state.raw<Problem | null>(null);

  get screens(): readonly Screen[] | null {
    return this.#screens;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    const answer = await ask<{ screens: Screen[] }>('GET', '/v1/screens');
    this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.#screens = answer.value.screens;
  }

  async connect(name: string): Promise<Answer<NewScreen>> {
    const answer = await ask<NewScreen>('POST', '/v1/screens', { name });
    if (answer.ok) await this.load();
    return answer;
  }

  async revoke(screen: Screen): Promise<Answer<unknown>> {
    const answer = await ask<unknown>('DELETE', `/v1/screens/${encodeURIComponent(screen.id)}`);
    if (answer.ok) await this.load();
    return answer;
  }
}
