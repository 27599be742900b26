import type { FloorAnswer, FloorPersonAnswer, FloorWordAnswer } from '@ovation/protocol';
import { ask, type Problem } from '$lib/desk/api.ts';
import { localNow } from '$lib/live/local-time.ts';

/** A floor is asked for at most so often, however fast its boards move. */
const EVERY_MS = 1_000;

/**
 * What boards do not say of a floor: mix, last event, who is worth a word, sources. It is asked for
 * whenever a board moved: the first time at once, then at most once a second.
 */
export class FloorFacts {
  #answer = $state.raw<FloorAnswer | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #people = $derived(new Map((this.#answer?.people ?? []).map((one) => [one.id, one])));
  #period = '';
  #askedAt = -Infinity;
  #asking = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get answer(): FloorAnswer | null {
    return this.#answer;
  }

  /** Why it could not be had; what was there before stays. */
  get problem(): Problem | null {
    return this.#problem;
  }

  get words(): readonly FloorWordAnswer[] {
    return this.#answer?.words ?? [];
  }

  of(person: string): FloorPersonAnswer | undefined {
    return this.#people.get(person);
  }

  /** Something moved: asks, now or when its time has come. */
  want(period: string): void {
    const other = period !== this.#period;
    this.#period = period;
    if (this.#asking) this.#again = true;
    else if (this.#timer === undefined || other) this.#wait(other ? 0 : this.#leftMs());
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
  }

  #leftMs(): number {
    return Math.max(0, this.#askedAt + EVERY_MS - localNow());
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), ms);
  }

  async load(): Promise<void> {
    this.#timer = undefined;
    this.#asking = true;
    this.#askedAt = localNow();
    const period = this.#period;
    const answer = await ask<FloorAnswer>('GET', `/v1/floor?period=${period}`);
    this.#asking = false;
    const late = period !== this.#period;
    if (!late) this.#problem = answer.ok ? null : answer.problem;
    if (answer.ok && !late) this.#answer = answer.value;
    if (!this.#again && !late) return;
    this.#again = false;
    this.#wait(this.#leftMs());
  }
}
