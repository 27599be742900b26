import type { FeedChange, FeedItem } from '@ovation/protocol';
import type { LiveConnection } from './connection.svelte.ts';

const ITEMS_MAX = 30;
const FEED_TIMEOUT_MS = 5_000;
/** A server that has just begun may not have its news yet. */
const EMPTY_RETRY_MS = 10_000;

/** The internal news, newest first. */
export class LiveFeed {
  #items = $state.raw<readonly FeedItem[]>([]);
  #connection: LiveConnection;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: LiveConnection) {
    this.#connection = connection;
  }

  get items(): readonly FeedItem[] {
    return this.#items;
  }

  start(): () => void {
    const { socket } = this.#connection;
    const onItem = (item: FeedItem) => this.#merge([item]);
    const onChange = (change: FeedChange) => {
      if (change.gone) this.#items = this.#items.filter((item) => item.id !== change.id);
    };
    socket.on('feed:item', onItem);
    socket.on('feed:change', onChange);
    const offReady = this.#connection.onReady(() => void this.#watch());
    return () => {
      offReady();
      clearTimeout(this.#retry);
      socket.off('feed:item', onItem);
      socket.off('feed:change', onChange);
    };
  }

  async #watch(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      const timed = this.#connection.socket.timeout(FEED_TIMEOUT_MS);
      this.#merge((await timed.emitWithAck('feed:watch')).items);
      if (this.#items.length > 0) return;
      this.#retry = setTimeout(() => {
        if (this.#connection.socket.connected) void this.#watch();
      }, EMPTY_RETRY_MS);
    } catch {
      return; // The next connection asks again.
    }
  }

  #merge(fresh: readonly FeedItem[]): void {
    const known = new Map(this.#items.map((item) => [item.id, item]));
    for (const item of fresh) known.set(item.id, item);
    this.#items = [...known.values()].sort((a, b) => b.at - a.at).slice(0, ITEMS_MAX);
  }
}
