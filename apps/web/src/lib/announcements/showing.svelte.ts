import type { Instant } from '@ovation/domain';
import type { Announcement, ShowingAnswer } from '@ovation/protocol';
import { ask } from '$lib/desk/api.ts';
import type { LiveConnection } from '$lib/live/index.ts';
import { localNow } from '$lib/live/local-time.ts';

/** Pages without a socket look so often; with one they hear it at once. */
const LOOK_EVERY_MS = 60_000;
const STEP_MS = 1_000;
const STORED = 'ovation.dismissed';
const KEPT_MAX = 50;

/** What is announced to the reader of a page, until it ends or is dismissed. */
class Showing {
  #known = $state.raw<readonly Announcement[]>([]);
  #dismissed = $state.raw<readonly string[]>([]);
  #now = $state<Instant>(0);
  /** How far the server's clock is ahead of ours. */
  #aheadMs = 0;
  readonly #shown = $derived(
    this.#known.filter(
      (one) =>
        one.startsAt <= this.#now && one.until > this.#now && !this.#dismissed.includes(one.id),
    ),
  );

  /** The important first, then what began last. */
  get shown(): readonly Announcement[] {
    return [...this.#shown].sort(
      (a, b) =>
        Number(b.level === 'important') - Number(a.level === 'important') ||
        b.startsAt - a.startsAt,
    );
  }

  start(): () => void {
    this.#dismissed = readDismissed();
    void this.look();
    const look = setInterval(() => void this.look(), LOOK_EVERY_MS);
    const step = setInterval(() => this.#step(), STEP_MS);
    return () => {
      clearInterval(look);
      clearInterval(step);
    };
  }

  /** Hears announcements over the socket of a page that has one; returns the undoing. */
  hear(connection: LiveConnection): () => void {
    const { socket } = connection;
    const onAnnounce = (one: Announcement) => this.#take([one]);
    const onCancel = ({ id }: { id: string }) => this.#drop(id);
    socket.on('announce', onAnnounce);
    socket.on('announce:cancel', onCancel);
    return () => {
      socket.off('announce', onAnnounce);
      socket.off('announce:cancel', onCancel);
    };
  }

  dismiss(id: string): void {
    this.#dismissed = [...this.#dismissed, id].slice(-KEPT_MAX);
    writeDismissed(this.#dismissed);
  }

  #step(): void {
    if (this.#known.length > 0) this.#now = localNow() + this.#aheadMs;
  }

  /** Asks what is announced now; what was known stays when there is no answer. */
  async look(): Promise<void> {
    const answer = await ask<ShowingAnswer>('GET', '/v1/announcements/showing');
    if (!answer.ok) return;
    this.#aheadMs = answer.value.now - localNow();
    this.#known = answer.value.announcements;
    this.#now = answer.value.now;
  }

  #take(some: readonly Announcement[]): void {
    const others = this.#known.filter((known) => !some.some((one) => one.id === known.id));
    this.#known = [...others, ...some];
    this.#now = localNow() + this.#aheadMs;
  }

  #drop(id: string): void {
    this.#known = this.#known.filter((one) => one.id !== id);
  }
}

function readDismissed(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]');
    return Array.isArray(stored) ? stored.map(String) : [];
  } catch {
    return [];
  }
}

function writeDismissed(ids: readonly string[]): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(ids));
  } catch {
    // A browser that keeps nothing shows it again on the next page.
  }
}

export const showing = new Showing();
