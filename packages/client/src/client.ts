import type { BoardView, BoardViewName, IncomingEvent } from '@ovation/protocol';
import { WatchFailed } from './errors.ts';
import { Sender, type Receipt } from './sender.ts';
import type { BoardWatches } from './watches.ts';

export interface ClientOptions {
  /** Where the house is: `https://board.example.com`. */
  readonly url: string;
  /** An API key; `events:write` to send, `boards:read` to watch. */
  readonly key: string;
  /** Events that may wait to be sent; 10,000 unless said. */
  readonly queueMax?: number;
  /** How long an event waits for others to go with: 5 milliseconds unless said. */
  readonly flushAfterMs?: number;
  /** How often an event is tried, with longer and longer waits: 12 times (some 3 minutes). */
  readonly tries?: number;
  /** How long one request may take: 30 seconds unless said. */
  readonly timeoutMs?: number;
  /** Instead of the runtime's own. */
  readonly fetch?: typeof fetch;
}

/** What became of one of many events. */
export type SendResult =
  ({ readonly ok: true } & Receipt) | { readonly ok: false; readonly error: Error };

export interface WatchOptions {
  /** `top:10` unless said; `all` for every row. */
  readonly view?: BoardViewName;
  /** Called once when the board cannot be watched (any more). */
  readonly onFailed?: (error: WatchFailed) => void;
}

/** A board that is watched. */
export interface Watch {
  /** As it was last heard of. */
  readonly view: BoardView | undefined;
  close(): void;
}

export interface Client {
  /**
   * Stores an event: tried until it is stored, stored once. Rejects with `EventRefused`,
   * `SendFailed`, `QueueFull` or `ClientClosed`.
   */
  send(event: IncomingEvent): Promise<Receipt>;
  /** The same for many; never rejects, each has its result, in the same order. */
  sendMany(events: readonly IncomingEvent[]): Promise<SendResult[]>;
  /** Events that wait or are on their way. */
  readonly waiting: number;
  /** Sends what waits now; resolves when all of it is settled. */
  flush(): Promise<void>;
  /** Calls back with the board as it is and whenever it changed. Needs `socket.io-client`. */
  watch(board: string, options: WatchOptions, onView: (view: BoardView) => void): Watch;
  /** Sends what waits, for 10 seconds at most, and ends all. */
  close(withinMs?: number): Promise<void>;
}

const CLOSE_WITHIN_MS = 10_000;

/** A client of one house. */
export function createClient(options: ClientOptions): Client {
  const { url, key, fetch: ownFetch = fetch } = options;
  const sender = new Sender({
    url,
    key,
    queueMax: options.queueMax ?? 10_000,
    flushAfterMs: options.flushAfterMs ?? 5,
    tries: options.tries ?? 12,
    timeoutMs: options.timeoutMs ?? 30_000,
    fetch: ownFetch,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    sleep,
  });
  // Loaded when first needed: who only sends needs no sockets.
  let watches: Promise<BoardWatches> | undefined;
  const open = () =>
    (watches ??= import('./watches.ts').then((module) =>
      module.openWatches({ url, key, fetch: ownFetch, random: Math.random }),
    ));
  return {
    send: (event) => sender.send(event),
    sendMany: (events) => Promise.all(events.map((event) => settled(sender.send(event)))),
    get waiting() {
      return sender.waiting;
    },
    flush: () => sender.flush(),
    watch: (board, { view = 'top:10', onFailed }, onView) =>
      watchLater(open(), { board, view, onView, onFailed: onFailed ?? (() => undefined) }),
    async close(withinMs = CLOSE_WITHIN_MS) {
      sender.stopTaking();
      const late = new AbortController();
      await Promise.race([sender.flush(), sleep(withinMs, late.signal)]);
      late.abort();
      sender.end();
      await watches?.then((opened) => opened.close()).catch(() => undefined);
    },
  };
}

async function settled(sent: Promise<Receipt>): Promise<SendResult> {
  try {
    return { ok: true, ...(await sent) };
  } catch (error) {
    return { ok: false, error: error as Error };
  }
}

/** A watch can be closed before the part that does it has been loaded. */
function watchLater(
  opening: Promise<BoardWatches>,
  request: Parameters<BoardWatches['watch']>[0],
): Watch {
  let opened: Watch | undefined;
  let closed = false;
  opening.then(
    (watches) => {
      if (!closed) opened = watches.watch(request);
    },
    () => request.onFailed(new WatchFailed('no_sockets')),
  );
  return {
    get view() {
      return opened?.view;
    },
    close() {
      closed = true;
      opened?.close();
    },
  };
}

/** Ends at the signal too. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
