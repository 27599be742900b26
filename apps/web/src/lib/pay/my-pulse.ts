import type { LiveConnection } from '$lib/live/index.ts';

/** News of one burst are asked about together; the first of them at once. */
const TOGETHER_MS = 250;
/** A server that is slow to answer is left alone for as long as it took, and not for ever. */
const REST_MAX_MS = 10_000;
/** Where nothing is told, as with pools and while the line is down, it is asked so often. */
const LOOK_EVERY_MS = 30_000;

/** Asks anew when pay changed: one question at a time, and never less than the newest. */
export class PayPulse {
  readonly #ask: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #again = false;
  /** Something was told while nobody looked. */
  #missed = false;
  /** Not before: `performance.now()`. */
  #next = 0;

  constructor(ask: () => Promise<void>) {
    this.#ask = ask;
  }

  /** Pay may be other than it was. */
  beat(): void {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    if (this.#timer !== undefined) return;
    const wait = this.#next - performance.now();
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, wait));
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#asking = true;
    this.#again = this.#missed = false;
    const asked = performance.now();
    try {
      await this.#ask();
    } finally {
      const rest = Math.min(REST_MAX_MS, performance.now() - asked);
      this.#next = Math.max(asked + TOGETHER_MS, performance.now() + rest);
      this.#asking = false;
      if (this.#again) this.beat();
    }
  }

  /** Listens, asks after every connection, and looks from time to time; the undoing. */
  follow(connection: LiveConnection): () => void {
    const { socket } = connection;
    // A page that nobody looks at asks when it is looked at again.
    const hear = () => {
      if (document.hidden) this.#missed = true;
      else this.beat();
    };
    const look = () => {
      if (!document.hidden && this.#missed) this.beat();
    };
    document.addEventListener('visibilitychange', look);
    socket.on('pay:changed', hear);
    // What changed before it is followed was told to nobody.
    const offReady = connection.onReady(() => void socket.emit('pay:watch', hear));
    const timer = setInterval(hear, LOOK_EVERY_MS);
    return () => {
      offReady();
      socket.off('pay:changed', hear);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }
}
