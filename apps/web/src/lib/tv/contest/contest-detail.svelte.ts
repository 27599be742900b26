import type { ContestStandingAnswer } from '@ovation/protocol';

/** Asked anew at most so often, and from time to time although nothing was heard. */
const ASK_EVERY_MS = 5_000;
const ASK_ANYWAY_MS = 60_000;

/** What a contest's rows do not say: its ladder and its draw. Keeps the last that was heard. */
export class ContestDetail {
  #standing = $state.raw<ContestStandingAnswer | null>(null);
  #id: string;
  #version: () => number;
  #askedVersion = -1;
  #timer: ReturnType<typeof setInterval> | undefined;
  #sinceMs = ASK_ANYWAY_MS;

  /** `version`: of the rows; another one means that something happened. */
  constructor(id: string, version: () => number) {
    this.#id = id;
    this.#version = version;
  }

  get standing(): ContestStandingAnswer | null {
    return this.#standing;
  }

  start(): () => void {
    void this.#ask();
    this.#timer = setInterval(() => {
      this.#sinceMs += ASK_EVERY_MS;
      const news = this.#version() !== this.#askedVersion;
      if (news || this.#sinceMs >= ASK_ANYWAY_MS) void this.#ask();
    }, ASK_EVERY_MS);
    return () => clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#sinceMs = 0;
    this.#askedVersion = this.#version();
    try {
      const answer = await fetch(`/v1/contests/${this.#id}/standing`, { cache: 'no-store' });
      if (answer.ok) this.#standing = (await answer.json()) as ContestStandingAnswer;
    } catch {
      // The last that was heard stays; the next turn asks again.
    }
  }
}
