import type { Bus } from '@ovation/bus';
import type { Clock } from '@ovation/host';
import {
  askChannel,
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

const FEED_KEPT = 30;
/** No board has these slugs. */
const FEED = '*feed';
const CONTESTS = '*contests';

/** What a floor tells those who show it. */
export interface FloorEvents {
  board(slug: string): void;
  /** The boards that somebody watches; others are let go. */
  watched(): ReadonlySet<string>;
  celebrate(celebration: Celebration): void;
  uncelebrate(id: string): void;
  feed(item: FeedItem): void;
  feedChange(change: FeedChange): void;
  contests(cards: readonly ContestCard[]): void;
  /** `null`: of everybody. */
  pay(seq: number, people: readonly string[] | null): void;
}

/** All boards of one organisation as this gateway knows them, and how to get what it lacks. */
export class FloorMirror {
  readonly #bus: Bus;
  readonly #clock: Clock;
  readonly #orgId: string;
  readonly #events: FloorEvents;
  readonly #boards = new Map<string, Mirror>();
  readonly #waiting = new Map<string, (() => void)[]>();
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

  /** The board, when it is here or comes in time. */
  async ready(slug: string): Promise<Mirror | undefined> {
    if (!this.#boards.has(slug)) {
      this.ask([slug]);
      await this.#arrival(slug);
    }
    return this.#boards.get(slug);
  }

  #arrival(what: string): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LIMITS.readyWithinMs);
      const arrived = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.set(what, [...(this.#waiting.get(what) ?? []), arrived]);
    });
  }

  #arrived(what: string): void {
    this.#waiting.get(what)?.forEach((arrived) => arrived());
    this.#waiting.delete(what);
  }

  /** Asks the projector for boards; none named means all of them. */
  ask(boards: readonly string[]): void {
    this.#askedAt = this.#clock.now();
    void this.#bus.publish(askChannel(this.#orgId), { boards });
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
        return this.#arrived(news.slug);
      case 'beat':
        return this.#hearBeat(news.boot, news.boards);
    }
  }

  /** Lets go of what nobody watches, and asks for whatever is watched and not at its newest. */
  #hearBeat(boot: string, boards: Readonly<Record<string, readonly [string, number]>>): void {
    const watched = this.#events.watched();
    for (const slug of this.#boards.keys()) {
      if (!watched.has(slug) && !this.#waiting.has(slug)) this.#boards.delete(slug);
    }
    // A projector that just began keeps no boards until it is asked for them.
    const begun = this.#boot !== undefined && boot !== this.#boot;
    this.#boot = boot;
    if (begun && watched.size > 0) return this.ask([...watched]);
    const behind = [...watched].filter((slug) => {
      const [known, told] = [this.#boards.get(slug), boards[slug]];
      if (!known || !told) return true;
      return known.epoch !== told[0] || known.version < told[1];
    });
    if (behind.length > 0) this.#askSoon(behind);
    this.#keep(watched);
  }

  /** Says from time to time which boards are watched. */
  #keep(watched: ReadonlySet<string>): void {
    const now = this.#clock.now();
    if (now - this.#keptAt < LIMITS.keepEveryMs || watched.size === 0) return;
    this.#keptAt = now;
    void this.#bus.publish(askChannel(this.#orgId), { boards: [...watched], keep: true });
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
