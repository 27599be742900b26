import type { Instant } from '@ovation/domain';
import {
  mergeDelta,
  viewOf,
  type Beat,
  type BoardDelta,
  type BoardSnapshot,
  type BoardView,
  type BoardViewName,
  type RefusalCode,
  type WatchAnswer,
} from '@ovation/protocol';
import type { LiveConnection } from './connection.svelte.ts';
import { localNow } from './local-time.ts';
import { readStored, writeStored } from './stored-view.ts';

const WATCH_TIMEOUT_MS = 5_000;
const RETRY_MS = 2_000;
const STORE_EVERY_MS = 5_000;
const GLASS_MAX_MS = 86_400_000;

export interface LiveBoardOptions {
  /** At most one change of the picture in this time; the first one comes at once. */
  readonly commitEveryMs?: number;
  /** Keeps the last view in this browser under the name, for a start without network. */
  readonly storeAs?: string;
}

/** One board, kept in step with the server: snapshot, deltas, and repair when one is missed. */
export class LiveBoard {
  #shown = $state.raw<BoardView | null>(null);
  #refusal = $state<RefusalCode | null>(null);
  #moves = $state(false);
  /** The newest view, which may wait for its turn on the glass. */
  #latest: BoardView | null = null;
  #pushedAt: Instant | null = null;
  #live = false;
  #watching = false;
  #committedAt = 0;
  #storedAt = 0;
  #commitTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #connection: LiveConnection;
  #options: LiveBoardOptions;

  readonly slug: string;
  readonly viewName: BoardViewName;

  constructor(
    connection: LiveConnection,
    slug: string,
    viewName: BoardViewName,
    options: LiveBoardOptions = {},
  ) {
    this.#connection = connection;
    this.#options = options;
    this.slug = slug;
    this.viewName = viewName;
  }

  /** What is on the glass; `null` before the first snapshot. */
  get view(): BoardView | null {
    return this.#shown;
  }
  /** Whether the last change came live, so that it may be seen moving; catching up is quiet. */
  get moves(): boolean {
    return this.#moves;
  }
  /** Why the server gives nothing, if it refuses. */
  get refusal(): RefusalCode | null {
    return this.#refusal;
  }

  start(): () => void {
    const { socket } = this.#connection;
    const onFrame = (frame: (BoardDelta | BoardSnapshot) & { readonly view: string }) => {
      if (frame.b === this.slug && frame.view === this.viewName) this.#apply(frame, true);
    };
    const onBeat = (beat: Beat) => this.#compare(beat);
    this.#restore();
    socket.on('board:delta', onFrame);
    socket.on('beat', onBeat);
    const offReady = this.#connection.onReady(() => this.#rewatch());
    return () => {
      offReady();
      socket.off('board:delta', onFrame);
      socket.off('beat', onBeat);
      clearTimeout(this.#commitTimer);
      clearTimeout(this.#retryTimer);
      if (socket.connected) socket.emit('board:unwatch', { board: this.slug, view: this.viewName });
    };
  }

  #restore(): void {
    const stored = this.#options.storeAs ? readStored(this.#options.storeAs) : null;
    if (!stored || this.#latest) return;
    this.#latest = stored;
    this.#shown = stored;
  }

  #rewatch(): void {
    this.#watching = false;
    void this.#watch(this.#latest);
  }

  async #watch(have: BoardView | null): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    const since = have ? { epoch: have.epoch, since: have.version } : {};
    const request = { board: this.slug, view: this.viewName, ...since };
    try {
      const { socket } = this.#connection;
      const timed = socket.timeout(WATCH_TIMEOUT_MS);
      const answer: WatchAnswer = await timed.emitWithAck('board:watch', request);
      this.#watching = false;
      if (answer.kind !== 'refused') this.#refusal = null;
      if (answer.kind === 'refused') this.#refused(answer.code);
      else this.#apply(answer, false);
    } catch {
      this.#watching = false;
      this.#retryLater();
    }
  }

  #refused(code: RefusalCode): void {
    this.#refusal = code;
    if (code === 'not_ready' || code === 'too_many') this.#retryLater();
  }

  #retryLater(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => {
      if (this.#connection.socket.connected) void this.#watch(this.#latest);
    }, RETRY_MS);
  }

  #apply(frame: BoardDelta | BoardSnapshot, pushed: boolean): void {
    if (frame.kind === 'snapshot') {
      const { view: _, ...snapshot } = frame as BoardSnapshot & { view?: string };
      this.#take(viewOf(snapshot), null, false);
      return;
    }
    if (!this.#latest) return;
    const merged = mergeDelta(this.#latest, frame);
    if (merged === 'ignore') return;
    if (merged === 'gap') void this.#watch(pushed ? this.#latest : null);
    else this.#take(merged, pushed && merged.at > this.#latest.at ? merged.at : null, pushed);
  }

  /** A beat says which version the server has; who is behind asks for what it lacks. */
  #compare(beat: Beat): void {
    const newest = beat.versions[this.slug];
    if (!newest || !this.#latest) return;
    const [epoch, version] = newest;
    if (epoch !== this.#latest.epoch || version > this.#latest.version) {
      void this.#watch(this.#latest);
    }
  }

  #take(view: BoardView, pushedAt: Instant | null, pushed: boolean): void {
    this.#latest = view;
    this.#live = pushed;
    this.#pushedAt = pushedAt ?? this.#pushedAt;
    if (this.#commitTimer !== undefined) return;
    const wait = this.#committedAt + (this.#options.commitEveryMs ?? 0) - localNow();
    if (wait <= 0) this.#commit();
    else this.#commitTimer = setTimeout(() => this.#commit(), wait);
  }

  #commit(): void {
    this.#commitTimer = undefined;
    this.#committedAt = localNow();
    this.#shown = this.#latest;
    this.#moves = this.#live;
    const pushedAt = this.#pushedAt;
    this.#pushedAt = null;
    if (pushedAt !== null && this.#shown) this.#report(this.#shown.version, pushedAt);
    this.#store();
  }

  /** The second frame after a change begins when the first, which holds it, has been painted. */
  #report(version: number, at: Instant): void {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const glassMs = Math.max(0, this.#connection.now() - at);
        if (document.hidden || glassMs > GLASS_MAX_MS) return;
        this.#connection.glass.add(glassMs);
        this.#connection.socket.emit('painted', { board: this.slug, version, glassMs });
      }),
    );
  }

  #store(): void {
    const now = localNow();
    if (!this.#options.storeAs || !this.#shown || now - this.#storedAt < STORE_EVERY_MS) return;
    this.#storedAt = now;
    writeStored(this.#options.storeAs, this.#shown);
  }
}
