import type { Bus } from './bus.ts';

/** Hands messages to the subscribers of this process, each on a later turn of the event loop. */
export class LocalBus implements Bus {
  readonly connected = true;
  readonly #heard = new Map<string, Set<(message: unknown) => void>>();

  publish(channel: string, message: object): Promise<void> {
    this.deliver(channel, message);
    return Promise.resolve();
  }

  deliver(channel: string, message: unknown): void {
    const subscribers = this.#heard.get(channel);
    if (!subscribers) return;
    setImmediate(() => {
      for (const hear of subscribers) hear(message);
    });
  }

  subscribe(channel: string, hear: (message: unknown) => void): Promise<() => Promise<void>> {
    const subscribers = this.#heard.get(channel) ?? new Set();
    subscribers.add(hear);
    this.#heard.set(channel, subscribers);
    return Promise.resolve(() => {
      subscribers.delete(hear);
      // Only its own set: somebody may have subscribed anew since.
      const known = this.#heard.get(channel) === subscribers;
      if (known && subscribers.size === 0) this.#heard.delete(channel);
      return Promise.resolve();
    });
  }

  /** Whether anybody in this process listens to the channel. */
  has(channel: string): boolean {
    return this.#heard.has(channel);
  }

  onReturn(): void {
    // A process never loses itself.
  }

  close(): Promise<void> {
    this.#heard.clear();
    return Promise.resolve();
  }
}
