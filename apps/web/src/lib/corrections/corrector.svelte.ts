import type {
  CorrectionAnswer,
  CorrectionChange,
  CorrectionPreviewAnswer,
} from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';

/** Typing is not a question; a pause is. */
const PAUSE_MS = 400;

/** The form that asks for a correction; there is one for the whole page. */
class Corrector {
  #event = $state<string | null>(null);
  #shown = $state.raw<CorrectionPreviewAnswer | null>(null);
  #foretold = $state.raw<CorrectionPreviewAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #refusal = $state.raw<Problem | null>(null);
  #looking = $state(false);
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #done = new Set<() => void>();

  /** The event (`source/id`), while the form is open. */
  get event(): string | null {
    return this.#event;
  }

  /** The event as it stands. */
  get shown(): CorrectionPreviewAnswer | null {
    return this.#shown;
  }

  /** What the change in the form would do; `null` while there is none that can be judged. */
  get foretold(): CorrectionPreviewAnswer | null {
    return this.#foretold;
  }

  get looking(): boolean {
    return this.#looking;
  }

  /** Why the event could not be shown. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Why the change is not accepted. */
  get refusal(): Problem | null {
    return this.#refusal;
  }

  open(event: string): void {
    this.#event = event;
    this.#shown = null;
    this.#problem = null;
    this.#forget();
    void this.load();
  }

  close(): void {
    this.#event = null;
    this.#forget();
  }

  async load(): Promise<void> {
    const event = this.#event;
    if (event === null) return;
    const answer = await preview({ event });
    if (event !== this.#event) return;
    this.#problem = answer.ok ? null : answer.problem;
    this.#shown = answer.ok ? answer.value : null;
  }

  /** The form says something else: what it would do is asked for after a pause. */
  look(change: CorrectionChange | null): void {
    this.#forget();
    if (change === null || this.#event === null) return;
    this.#looking = true;
    this.#timer = setTimeout(() => void this.#foretell(change), PAUSE_MS);
  }

  async send(
    change: CorrectionChange,
    reason: string,
    approve: boolean,
  ): Promise<Answer<CorrectionAnswer>> {
    const body = { event: this.#event, change, reason, ...(approve ? { approve } : {}) };
    const answer = await ask<CorrectionAnswer>('POST', '/v1/corrections', body);
    this.#refusal = answer.ok ? null : answer.problem;
    if (answer.ok) for (const tell of this.#done) tell();
    return answer;
  }

  /** Called whenever a request was made; returns how to be called no more. */
  onDone(tell: () => void): () => void {
    this.#done.add(tell);
    return () => this.#done.delete(tell);
  }

  async #foretell(change: CorrectionChange): Promise<void> {
    const asked = ++this.#asked;
    const answer = await preview({ event: this.#event, change });
    if (asked !== this.#asked) return;
    this.#looking = false;
    this.#foretold = answer.ok ? answer.value : null;
    this.#refusal = answer.ok ? null : answer.problem;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#looking = false;
    this.#foretold = null;
    this.#refusal = null;
  }
}

const preview = (body: object): Promise<Answer<CorrectionPreviewAnswer>> =>
  ask('POST', '/v1/corrections/preview', body);

export const corrector = new Corrector();
