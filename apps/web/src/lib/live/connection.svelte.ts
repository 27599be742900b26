import type { Instant } from '@ovation/domain';
import type { ClientToServer, ServerToClient, ViewerConfig } from '@ovation/protocol';
import { io, type Socket } from 'socket.io-client';
import { statusAt, type LiveStatus } from './freshness.ts';
import { GlassMeter } from './glass-meter.svelte.ts';
import { localNow } from './local-time.ts';
import { offsetOf, type Probe } from './server-clock.ts';

export type LiveSocket = Socket<ServerToClient, ClientToServer>;

const RECONNECT_MIN_MS = 500;
const RECONNECT_MAX_MS = 5_000;
const TICK_MS = 1_000;
const PROBES = 8;
const PROBE_TIMEOUT_MS = 2_000;
const RESYNC_MS = 10 * 60_000;
/** A socket silent for this long may be dead though nobody told us. */
const SUSPECT_AFTER_MS = 17_000;

export interface LiveOptions {
  readonly namespace: '/screen' | '/live';
  /** The server's clock when the page was rendered, until it is measured. */
  readonly renderedAt?: Instant;
  /** The session or screen was ended, or no ticket is given any more. */
  readonly onEnded: () => void;
}

/** One socket for the whole page, reconnecting for ever, and the server's clock. */
export class LiveConnection {
  #status = $state<LiveStatus>('connecting');
  #lastHeardAt = $state<Instant | null>(null);
  #config = $state.raw<ViewerConfig | null>(null);
  #offset = 0;
  #connected = false;
  #disconnectedAt = localNow();
  #suspectedAt = 0;
  #socket: LiveSocket | undefined;
  #options: LiveOptions;
  #ready = new Set<() => void>();
  #timers: ReturnType<typeof setInterval>[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** Time from an event's receipt to its picture on this glass. */
  readonly glass = new GlassMeter();

  constructor(options: LiveOptions) {
    this.#options = options;
    if (options.renderedAt !== undefined) this.#offset = options.renderedAt - localNow();
  }

  get status(): LiveStatus {
    return this.#status;
  }
  /** Server time of the last message or beat; `null` before the first. */
  get lastHeardAt(): Instant | null {
    return this.#lastHeardAt;
  }
  get config(): ViewerConfig | null {
    return this.#config;
  }
  /** The open socket; there is none before `start`, so that rendering on the server opens none. */
  get socket(): LiveSocket {
    if (!this.#socket) throw new Error('start the connection before using its socket');
    return this.#socket;
  }

  /** The server's clock. */
  now(): Instant {
    return localNow() + this.#offset;
  }

  /** Connects; returns the undoing. */
  start(): () => void {
    const socket = this.#open();
    this.#socket = socket;
    socket.on('connect', () => this.#opened());
    socket.on('disconnect', (reason) => this.#closed(reason === 'io server disconnect'));
    socket.on('connect_error', () => this.#closed(!socket.active));
    socket.on('config', (config) => (this.#config = config));
    socket.on('ended', () => this.#options.onEnded());
    socket.onAny((event: string) => {
      if (event !== 'config') this.#heard();
    });
    socket.connect();
    this.#timers = [
      setInterval(() => this.#tick(), TICK_MS),
      setInterval(() => void this.#synchronise(), RESYNC_MS),
    ];
    return () => this.#stop();
  }

  /** Calls back at once if connected, and after every reconnection; returns the undoing. */
  onReady(callback: () => void): () => void {
    this.#ready.add(callback);
    if (this.#connected) callback();
    return () => this.#ready.delete(callback);
  }

  #open(): LiveSocket {
    return io(this.#options.namespace, {
      path: '/socket.io/',
      transports: ['websocket'],
      autoConnect: false,
      reconnectionDelay: RECONNECT_MIN_MS,
      reconnectionDelayMax: RECONNECT_MAX_MS,
      auth: (give) => void this.#ticket().then((ticket) => give({ ticket })),
    });
  }

  #stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#retry);
    this.#socket?.off();
    this.#socket?.offAny();
    this.#socket?.disconnect();
    this.#connected = false;
    this.#ready.clear();
  }

  async #ticket(): Promise<string> {
    try {
      const answer = await fetch('/v1/ticket', { cache: 'no-store' });
      if (answer.status === 401 || answer.status === 403) this.#options.onEnded();
      if (!answer.ok) return '';
      return ((await answer.json()) as { ticket: string }).ticket;
    } catch {
      return '';
    }
  }

  #opened(): void {
    this.#connected = true;
    this.#heard();
    void this.#synchronise();
    for (const callback of this.#ready) callback();
  }

  /** `refused`: the server closed the door, so the socket does not try again by itself. */
  #closed(refused: boolean): void {
    if (this.#connected) this.#disconnectedAt = localNow();
    this.#connected = false;
    this.#tick();
    if (!refused) return;
    clearTimeout(this.#retry);
    const delay = RECONNECT_MIN_MS + Math.random() * (RECONNECT_MAX_MS - RECONNECT_MIN_MS);
    this.#retry = setTimeout(() => this.#socket?.connect(), delay);
  }

  #heard(): void {
    this.#lastHeardAt = this.now();
    this.#tick();
  }

  #tick(): void {
    const now = this.now();
    this.#status = statusAt(now, {
      connected: this.#connected,
      heardAt: this.#lastHeardAt,
      disconnectedAt: this.#disconnectedAt + this.#offset,
    });
    const silentMs = now - (this.#lastHeardAt ?? now);
    if (!this.#connected || silentMs < SUSPECT_AFTER_MS) return;
    if (now - this.#suspectedAt < SUSPECT_AFTER_MS) return;
    this.#suspectedAt = now;
    void this.#examine();
  }

  /** Silence may be the server's own, when it has nothing fresh; then the socket still answers. */
  async #examine(): Promise<void> {
    try {
      await this.socket.timeout(PROBE_TIMEOUT_MS).emitWithAck('beat', localNow());
    } catch {
      this.#socket?.io.engine.close();
    }
  }

  async #synchronise(): Promise<void> {
    const probes: Probe[] = [];
    for (let count = 0; count < PROBES && this.#connected; count += 1) {
      const sentAt = localNow();
      try {
        const serverNow = await this.socket.timeout(PROBE_TIMEOUT_MS).emitWithAck('beat', sentAt);
        probes.push({ sentAt, receivedAt: localNow(), serverNow });
      } catch {
        break;
      }
    }
    const offset = offsetOf(probes);
    if (offset === undefined) return;
    const moved = offset - this.#offset;
    this.#offset = offset;
    if (this.#lastHeardAt !== null) this.#lastHeardAt += moved;
  }
}
