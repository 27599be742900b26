import type { FeedAnswer, FeedChange, FeedEntry, FeedItem, Reaction } from '@ovation/protocol';
import { ask, type Answer, type Problem } from '$lib/desk/api.ts';
import { LiveConnection } from '$lib/live/index.ts';

export const FEED_KINDS = ['all', 'win', 'badge', 'kudos', 'contest', 'announcement'] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/** A line whose comments or reactions moved says so by another number. */
type Moves = ReadonlyMap<string, number>;

/** The feed as somebody reads it: pages of what was, and what comes while they look. */
export class FeedView {
  #entries = $state.raw<readonly FeedEntry[] | null>(null);
  /** Lines that came since; they wait, so that nothing jumps under a finger. */
  #fresh = $state.raw<readonly FeedItem[]>([]);
  #next = $state.raw<string | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #loading = $state(false);
  #moves = $state.raw<Moves>(new Map());
  #kind = $state<FeedKind>('all');
  #hidden = $state(false);
  readonly connection: LiveConnection;

  constructor(renderedAt: number) {
    const onEnded = () => location.assign('/sign-in');
    this.connection = new LiveConnection({ namespace: '/live', renderedAt, onEnded });
  }

  get entries(): readonly FeedEntry[] {
    return this.#entries ?? [];
  }
  get loaded(): boolean {
    return this.#entries !== null;
  }
  get loading(): boolean {
    return this.#loading;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get more(): boolean {
    return this.#next !== null;
  }
  get kind(): FeedKind {
    return this.#kind;
  }
  set kind(kind: FeedKind) {
    this.#kind = kind;
    void this.load();
  }
  /** Whether hidden lines are shown too, to whoever moderates. */
  get hidden(): boolean {
    return this.#hidden;
  }
  set hidden(hidden: boolean) {
    this.#hidden = hidden;
    void this.load();
  }
  readonly waiting: number = $derived.by(() => this.#fresh.length);

  /** How often a line moved since the page was opened. */
  movesOf(id: string): number {
    return this.#moves.get(id) ?? 0;
  }

  /** Begins to listen; returns the undoing. */
  start(): () => void {
    const stop = this.connection.start();
    const { socket } = this.connection;
    const onItem = (item: FeedItem) => this.#hear(item);
    const onChange = (change: FeedChange) => this.#change(change);
    socket.on('feed:item', onItem);
    socket.on('feed:change', onChange);
    const offReady = this.connection.onReady(() => {
      socket.emit('feed:watch', () => undefined);
      // What came while the line was down is read as it is now.
      void this.load();
    });
    return () => {
      offReady();
      socket.off('feed:item', onItem);
      socket.off('feed:change', onChange);
      stop();
    };
  }

  async load(): Promise<void> {
    const kind = this.#kind;
    const hidden = this.#hidden;
    const answer = await this.#ask(null);
    if (kind !== this.#kind || hidden !== this.#hidden) return;
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    this.#entries = answer.value.entries;
    this.#next = answer.value.next;
    this.#fresh = [];
  }

  async loadMore(): Promise<void> {
    if (this.#next === null || this.#loading) return;
    this.#loading = true;
    const answer = await this.#ask(this.#next);
    this.#loading = false;
    this.#problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    this.#entries = [...this.entries, ...answer.value.entries];
    this.#next = answer.value.next;
  }

  async react(entry: FeedEntry, reaction: Reaction): Promise<Problem | null> {
    const on = !entry.mine.includes(reaction);
    const path = `/v1/feed/${encodeURIComponent(entry.item.id)}/reactions/${reaction}`;
    const answer = await ask<FeedEntry>(on ? 'PUT' : 'DELETE', path);
    if (!answer.ok) return answer.problem;
    this.put(answer.value);
    return null;
  }

  /** A line as the server has it now; new ones come first. */
  put(entry: FeedEntry): void {
    const known = this.entries.some((one) => one.item.id === entry.item.id);
    this.#entries = known
      ? this.entries.map((one) => (one.item.id === entry.item.id ? entry : one))
      : [entry, ...this.entries];
    this.#fresh = this.#fresh.filter((item) => item.id !== entry.item.id);
  }

  #ask(cursor: string | null): Promise<Answer<FeedAnswer>> {
    const query = new URLSearchParams();
    if (cursor !== null) query.set('cursor', cursor);
    if (this.#kind !== 'all') query.set('kind', this.#kind);
    if (this.#hidden) query.set('hidden', 'true');
    return ask('GET', `/v1/feed?${query}`);
  }

  #hear(item: FeedItem): void {
    if (item.kind === 'rank_up' || this.#entries === null) return;
    if (this.#kind !== 'all' && item.kind !== this.#kind) return;
    const known = [...this.entries.map((one) => one.item), ...this.#fresh];
    if (known.some((one) => one.id === item.id)) return;
    this.#fresh = [item, ...this.#fresh];
  }

  #change({ id, gone, comments, reactions }: FeedChange): void {
    this.#moves = new Map([...this.#moves, [id, this.movesOf(id) + 1]]);
    this.#fresh = gone ? this.#fresh.filter((item) => item.id !== id) : this.#fresh;
    if (gone && this.#hidden) return void this.load();
    this.#entries = gone
      ? this.entries.filter((entry) => entry.item.id !== id)
      : this.entries.map((entry) =>
          entry.item.id === id ? { ...entry, comments, reactions } : entry,
        );
  }
}
