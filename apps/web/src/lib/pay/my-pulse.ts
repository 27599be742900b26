import type { LiveConnection } from '$lib/live/index.ts';

/** News of one burst are asked about together; the first of them at once. */
const TOGETHER_MS = 250;
/** Where nothing is told, as with pools and while the line is down, it is asked so often. */
const LOOK_EVERY_MS = 30_000;

/** Asks anew when pay changed: one question at a time, and never less than the newest. */
export class PayPulse {
  readonly #ask: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #again = false;
  #askedAt = -TOGETHER_MS;

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
    const wait = this.#askedAt + TOGETHER_MS - performance.now();
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, wait));
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#asking = true;
    this.#again = false;
    this.#askedAt = performance.now();
    try {
      await this.#ask();
    } finally {
      this.#asking = false;
      if (this.#again) this.beat();
    }
  }

  /** Listens, asks after every connection, and looks from time to time; the undoing. */
  follow(connection: LiveConnection): () => void {
    const { socket } = connection;
    const hear = () => this.beat();
    socket.on('pay:changed', hear);
    // What changed before it is followed was told to nobody.
    const offReady = connection.onReady(() => void socket.emit('pay:watch', hear));
    const look = setInterval(() => {
      if (!document.hidden) this.beat();
    }, LOOK_EVERY_MS);
    return () => {
      offReady();
      socket.off('pay:changed', hear);
      clearInterval(look);
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }
}
