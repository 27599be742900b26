import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import type { Bus } from './bus.ts';
import { LocalBus } from './local.ts';

/** A publish that takes longer is given up: the log has the news anyway. */
const PUBLISH_TIMEOUT_MS = 500;
const RECONNECT_MAX_MS = 1_000;

/**
 * The bus over Redis. Subscribers in this process are served directly and other processes through
 * Redis, so one machine keeps moving when Redis is gone; a message that comes back from Redis to
 * the process that sent it is dropped by its `origin`.
 */
export class RedisBus implements Bus {
  readonly #origin = randomUUID();
  readonly #local = new LocalBus();
  readonly #publisher;
  readonly #subscriber;
  readonly #backs: (() => void)[] = [];
  #wasReady = false;

  private constructor(url: string) {
    const socket = {
      reconnectStrategy: (tries: number) => Math.min(50 * 2 ** tries, RECONNECT_MAX_MS),
    };
    this.#publisher = createClient({ url, socket, disableOfflineQueue: true });
    this.#subscriber = createClient({ url, socket });
    // Errors are followed by a reconnect; without a listener they would end the process.
    this.#publisher.on('error', () => undefined);
    this.#subscriber.on('error', () => undefined);
    this.#subscriber.on('ready', () => {
      if (this.#wasReady) for (const back of this.#backs) back();
      this.#wasReady = true;
    });
  }

  /** Starts to connect and does not wait: a Redis that is down comes later or never. */
  static open(url: string): RedisBus {
    const bus = new RedisBus(url);
    void bus.#publisher.connect().catch(() => undefined);
    void bus.#subscriber.connect().catch(() => undefined);
    return bus;
  }

  get connected(): boolean {
    return this.#publisher.isReady && this.#subscriber.isReady;
  }

  async publish(channel: string, message: object): Promise<void> {
    this.#local.deliver(channel, message);
    if (!this.#publisher.isReady) return;
    const text = JSON.stringify({ origin: this.#origin, message });
    const sent = this.#publisher.publish(channel, text).catch(() => undefined);
    await Promise.race([sent, new Promise((done) => setTimeout(done, PUBLISH_TIMEOUT_MS).unref())]);
  }

  async subscribe(channel: string, hear: (message: unknown) => void): Promise<() => Promise<void>> {
    const first = !this.#local.has(channel);
    const leave = await this.#local.subscribe(channel, hear);
    if (first) void this.#subscriber.subscribe(channel, this.#listen).catch(() => undefined);
    return async () => {
      await leave();
      if (!this.#local.has(channel) && this.#subscriber.isReady) {
        await this.#subscriber.unsubscribe(channel).catch(() => undefined);
      }
    };
  }

  readonly #listen = (text: string, channel: string): void => {
    const { origin, message } = JSON.parse(text) as { origin: string; message: unknown };
    if (origin !== this.#origin) this.#local.deliver(channel, message);
  };

  onReturn(back: () => void): void {
    this.#backs.push(back);
  }

  async close(): Promise<void> {
    await this.#local.close();
    for (const client of [this.#publisher, this.#subscriber]) {
      if (client.isReady) await client.close().catch(() => undefined);
      else client.destroy();
    }
  }
}
