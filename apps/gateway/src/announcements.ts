import type { Clock, Ticket } from '@ovation/host';
import type { AnnounceNews, Announcement } from '@ovation/protocol';

type Told = Extract<AnnounceNews, { kind: 'announce' }>;

/** Announcements remembered at most; the one that ends first goes. */
const KEPT_MAX = 200;

/** Who is told. */
export interface Listeners {
  announce(announcement: Announcement, to: (ticket: Ticket) => boolean): void;
  cancel(id: string): void;
}

/**
 * What is announced now or soon. The clerk tells it again and again; each is passed on once, and
 * whoever connects while it stands gets it too.
 */
export class Announcements {
  readonly #clock: Clock;
  readonly #listeners: Listeners;
  readonly #standing = new Map<string, Told>();
  /** Taken back, until when they would have stood: a late repeat does not bring them back. */
  readonly #cancelled = new Map<string, number>();

  constructor(clock: Clock, listeners: Listeners) {
    this.#clock = clock;
    this.#listeners = listeners;
  }

  hear(news: AnnounceNews): void {
    this.#forget();
    if (news.kind === 'cancel') return this.#cancel(news.id);
    const { id, until } = news.announcement;
    if (until <= this.#clock.now() || this.#cancelled.has(id) || this.#standing.has(id)) return;
    this.#standing.set(id, news);
    this.#listeners.announce(news.announcement, (ticket) => isFor(news, ticket));
  }

  /** What somebody who connects now has missed. */
  for(ticket: Ticket): Announcement[] {
    this.#forget();
    return [...this.#standing.values()]
      .filter((told) => isFor(told, ticket))
      .map((told) => told.announcement);
  }

  #cancel(id: string): void {
    const known = this.#standing.get(id);
    this.#standing.delete(id);
    const now = this.#clock.now();
    this.#cancelled.set(id, Math.max(now, known?.announcement.until ?? now) + CANCELLED_KEPT_MS);
    this.#listeners.cancel(id);
  }

  #forget(): void {
    const now = this.#clock.now();
    for (const [id, told] of this.#standing) {
      if (told.announcement.until <= now) this.#standing.delete(id);
    }
    for (const [id, until] of this.#cancelled) if (until <= now) this.#cancelled.delete(id);
    while (this.#standing.size > KEPT_MAX) {
      const all = [...this.#standing.values()];
      const first = all.sort((a, b) => a.announcement.until - b.announcement.until)[0]!;
      this.#standing.delete(first.announcement.id);
    }
  }
}

/** Longer than any clerk goes on telling what it read before. */
const CANCELLED_KEPT_MS = 60_000;

/** A screen by the screens that are meant, anybody else by the people. */
function isFor({ screens, people }: Told, { role, person, screen }: Ticket): boolean {
  if (role === 'screen')
    return screens === null || (screen !== undefined && screens.includes(screen));
  return people === null || (person !== null && people.includes(person));
}
