import type { Instant } from '@ovation/domain';
import type { Announcement } from '@ovation/protocol';
import type { LiveConnection } from '../live/connection.svelte.ts';
import { announcementAt } from './announcement-turn.ts';

const STEP_MS = 200;
const KEPT_MAX = 50;

/** What is announced on this wall, moved by the server's clock alone, so that all walls agree. */
export class WallAnnouncements {
  #showing = $state.raw<Announcement | null>(null);
  #known: readonly Announcement[] = [];
  #connection: LiveConnection;
  #covered: () => boolean;
  #slideTime: (now: Instant) => Instant;
  #heldMs = 0;
  #heldAt = 0;

  /** `covered`: a takeover has the glass; `slideTime`: the rotation's time under celebrations. */
  constructor(
    connection: LiveConnection,
    covered: () => boolean,
    slideTime: (now: Instant) => Instant,
  ) {
    this.#connection = connection;
    this.#covered = covered;
    this.#slideTime = slideTime;
  }

  get showing(): Announcement | null {
    return this.#showing;
  }

  /** The rotation's own time: it stands still while an announcement has the slide's place. */
  slideTime(now: Instant): Instant {
    return (covers(this.#showing) ? this.#heldAt : this.#slideTime(now)) - this.#heldMs;
  }

  start(): () => void {
    const { socket } = this.#connection;
    const onAnnounce = (one: Announcement) => {
      const others = this.#known.filter((known) => known.id !== one.id);
      this.#known = [...others, one].slice(-KEPT_MAX);
      this.#step();
    };
    const onCancel = ({ id }: { id: string }) => {
      this.#known = this.#known.filter((known) => known.id !== id);
      this.#step();
    };
    socket.on('announce', onAnnounce);
    socket.on('announce:cancel', onCancel);
    const timer = setInterval(() => this.#step(), STEP_MS);
    return () => {
      clearInterval(timer);
      socket.off('announce', onAnnounce);
      socket.off('announce:cancel', onCancel);
    };
  }

  #step(): void {
    if (this.#known.length === 0 && this.#showing === null) return;
    const now = this.#connection.now();
    this.#known = this.#known.filter((one) => one.until > now);
    const before = this.#showing;
    const after = this.#covered() ? null : announcementAt(this.#known, now);
    if (before === after) return;
    const time = this.#slideTime(now);
    if (covers(before)) this.#heldMs += time - this.#heldAt;
    if (covers(after)) this.#heldAt = time;
    this.#showing = after;
  }
}

/** A band leaves the slide in sight, so the rotation goes on above it. */
const covers = (one: Announcement | null): boolean => one?.level === 'important';
