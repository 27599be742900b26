import type { Clock } from '@ovation/host';
import { ProblemError } from '../problem.ts';

const TRIES_MAX = 10;
const WINDOW_MS = 5 * 60_000;
const KEPT_MAX = 10_000;

/** Slows guessing per account and address; it never locks anybody out for good. */
export class Throttle {
  readonly #clock: Clock;
  readonly #tries = new Map<string, { since: number; count: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  mustBeCalm(key: string): void {
    const known = this.#tries.get(key);
    if (!known || known.count < TRIES_MAX) return;
    const leftMs = known.since + WINDOW_MS - this.#clock.now();
    if (leftMs < 0) return;
    const detail = 'Too many tries. Wait five minutes and try again.';
    throw new ProblemError('too_fast', detail, [], Math.max(1, Math.ceil(leftMs / 1_000)));
  }

  count(key: string): void {
    if (this.#tries.size >= KEPT_MAX) this.#tries.clear();
    const now = this.#clock.now();
    const known = this.#tries.get(key);
    const fresh = known && now - known.since <= WINDOW_MS;
    this.#tries.set(key, fresh ? { ...known, count: known.count + 1 } : { since: now, count: 1 });
  }

  forget(key: string): void {
    this.#tries.delete(key);
  }
}
