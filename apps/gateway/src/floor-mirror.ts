import type { Bus } from '@ovation/bus';
import type { Clock } from '@ovation/host';
import {
  askChannel,
  LIVE_ROWS,
  liveChannel,
  type BoardDelta,
  type BoardSnapshot,
  type Celebration,
  type FeedChange,
  type ContestCard,
  type FeedItem,
  type LiveNews,
} from '@ovation/protocol';
import { LIMITS } from './limits.ts';
import { Mirror } from './mirror.ts';

type Beat = Extract<LiveNews, { kind: 'beat' }>;

const FEED_KEPT = 30;
/** No board has these slugs. */
const FEED = '*feed';
const CONTESTS = '*contests';

/** What a floor tells those who show it. */
export interface FloorEvents {
  board(slug: string): void;
  /** The boards that somebody watches, with how many rows from the top; others are let go. */
  watched(): ReadonlyMap<string, number>;
  celebrate(celebration: Celebration): void;
  uncelebrate(id: string): void;
  feed(item: FeedItem): void;
  feedChange(change: FeedChange): void;
  contests(cards: readonly ContestCard[]): void;
  /** `null`: of everybody. */
  pay(seq: number, people: readonly string[] | null): void;
}

/** Somebody who waits for a board, and how many of its rows they need. */
interface Waiting {
  readonly rows: number;
  readonly arrived: () => void;
}

/** All boards of one organisation as this gateway knows them, and how to get what it lacks. */
export class FloorMirror {
  readonly #bus: Bus;
  readonly #clock: Clock;
  readonly #orgId: string;
  readonly #events: FloorEvents;
  readonly #boards = new Map<string, Mirror>();
  readonly #waiting = new Map<string, Waiting[]>();
  #feed: readonly FeedItem[] = [];
  #feedHeard = false;
  #contests: readonly ContestCard[] | undefined;
  #boot: string | undefined;
  #keptAt = 0;
  #heardAt = 0;
  #askedAt = 0;
  #leave: (() => Promise<void>) | undefined;

  constructor(bus: Bus, clock: Clock, orgId: string, events: FloorEvents) {
    this.#bus = bus;
    this.#clock = clock;
    this.#orgId = orgId;
    this.#events = events;
  }

  async open(): Promise<void> {
    this.#leave = await this.#bus.subscribe(liveChannel(this.#orgId), (news) =>
      this.#hear(news as LiveNews),
    );
    this.ask([]);
  }

  async close(): Promise<void> {
    await this.#leave?.();
  }

  /** The latest news, once the projector has told it. */
  async feed(): Promise<readonly FeedItem[]> {
    if (!this.#feedHeard) {
      this.ask([]);
      await this.#arrival(FEED);
    }
    return this.#feed;
  }

  /** The contests there are, once the projector has told them. */
  async contests(): Promise<readonly ContestCard[]> {
    if (this.#contests === undefined) {
      this.ask([]);
      await this.#arrival(CONTESTS);
    }
    return this.#contests ?? [];
  }

  /** Whether the projector was heard lately: else nobody may be told that all is fresh. */
  get fresh(): boolean {
    return this.#clock.now() - this.#heardAt < LIMITS.projectorSilentMs;
  }

  get(slug: string): Mirror | undefined {
    return this.#boards.get(slug);
  }

  /** The board with so many rows from the top, when they are here or come in time. */
  async ready(slug: string, rows: number): Promise<Mirror | undefined> {
    if (!this.#boards.get(slug)?.has(rows)) {
      const arrival = this.#arrival(slug, rows);
      this.ask([slug]);
      await arrival;
    }
    return this.#boards.get(slug);
  }

  #arrival(what: string, rows = 0): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LIMITS.readyWithinMs);
      const arrived = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.set(what, [...(this.#waiting.get(what) ?? []), { rows, arrived }]);
    });
  }

  #arrived(what: string): void {
    const board = this.#boards.get(what);
    const all = this.#waiting.get(what) ?? [];
    const still = all.filter(({ rows, arrived }) => {
      const here = !board || board.has(rows);
      if (here) arrived();
      return !here;
    });
    if (still.length > 0) this.#waiting.set(what, still);
    else this.#waiting.delete(what);
  }

  /** Asks the projector for boards, as far as they are watched or waited for; none: all. */
  ask(boards: readonly string[]): void {
    this.#askedAt = this.#clock.now();
    void this.#bus.publish(askChannel(this.#orgId), { boards, rows: this.#rowsOf(boards) });
  }

  #rowsOf(boards: readonly string[]): Record<string, number> {
    const watched = this.#events.watched();
    return Object.fromEntries(
      boards.map((slug) => {
        const waiting = (this.#waiting.get(slug) ?? []).map(({ rows }) => rows);
        return [slug, Math.max(0, watched.get(slug) ?? 0, ...waiting)];
      }),
    );
  }

  #hear(news: LiveNews): void {
    this.#heardAt = this.#clock.now();
    switch (news.kind) {
      case 'board':
        return this.#hearBoard(news.frame);
      case 'celebrate':
        return this.#events.celebrate(news.celebration);
      case 'uncelebrate':
        return this.#events.uncelebrate(news.id);
      case 'feed':
        return this.#hearFeed(news.items, news.whole);
      case 'feed_change':
        return this.#hearFeedChange(news.change);
      case 'contests':
        this.#contests = news.cards;
        this.#events.contests(news.cards);
        return this.#arrived(CONTESTS);
      case 'pay':
        return this.#events.pay(news.seq, news.people);
      case 'page':
        return undefined;
      case 'no_board':
        this.#boards.delete(news.slug);
        return this.#arrived(news.slug);
      case 'beat':
        return this.#hearBeat(news.boot, news.boards);
    }
  }

  /** Lets go of what nobody watches, and asks for whatever is watched and not at its newest. */
  #hearBeat(boot: string, boards: Beat['boards']): void {
    const watched = this.#events.watched();
    for (const slug of this.#boards.keys()) {
      if (!watched.has(slug) && !this.#waiting.has(slug)) this.#boards.delete(slug);
    }
    // A projector that just began keeps no boards until it is asked for them.
    const begun = this.#boot !== undefined && boot !== this.#boot;
    this.#boot = boot;
    if (begun && watched.size > 0) return this.ask([...watched.keys()]);
    for (const [slug, known] of this.#boards) known.trim(boards[slug]?.[2] ?? LIVE_ROWS);
    const behind = [...watched.keys()].filter((slug) => {
      const [known, told] = [this.#boards.get(slug), boards[slug]];
      if (!known?.has(watched.get(slug)!) || !told) return true;
      return known.epoch !== told[0] || known.version < told[1];
    });
    if (behind.length > 0) this.#askSoon(behind);
    this.#keep(watched);
  }

  /** Says from time to time which boards are watched. */
  #keep(watched: ReadonlyMap<string, number>): void {
    const now = this.#clock.now();
    if (now - this.#keptAt < LIMITS.keepEveryMs || watched.size === 0) return;
    this.#keptAt = now;
    const boards = [...watched.keys()];
    const rows = Object.fromEntries(watched);
    void this.#bus.publish(askChannel(this.#orgId), { boards, rows, keep: true });
  }

  #hearBoard(frame: BoardDelta | BoardSnapshot): void {
    const known = this.#boards.get(frame.b);
    if (!known) {
      // What nobody here watches is none of our business.
      if (frame.kind === 'delta' || !this.#wants(frame.b)) return;
      this.#boards.set(frame.b, new Mirror(frame));
    } else {
      const outcome = known.apply(frame);
      if (outcome === 'gap') return this.#askSoon([frame.b]);
      if (outcome === 'ignored') return;
    }
    this.#events.board(frame.b);
    this.#arrived(frame.b);
  }

  #wants(slug: string): boolean {
    return this.#waiting.has(slug) || this.#events.watched().has(slug);
  }

  #hearFeed(items: readonly FeedItem[], whole: boolean): void {
    if (whole) {
      this.#feed = items;
      this.#feedHeard = true;
      return this.#arrived(FEED);
    }
    const fresh = items.filter((item) => !this.#feed.some((known) => known.id === item.id));
    this.#feed = [...fresh, ...this.#feed].slice(0, FEED_KEPT);
    fresh.forEach((item) => this.#events.feed(item));
  }

  /** What is hidden is sent to nobody from now on. */
  #hearFeedChange(change: FeedChange): void {
    if (change.gone) this.#feed = this.#feed.filter((item) => item.id !== change.id);
    this.#events.feedChange(change);
  }

  #askSoon(boards: readonly string[]): void {
    if (this.#clock.now() - this.#askedAt < LIMITS.askEveryMs) return;
    this.ask(boards);
  }
}
