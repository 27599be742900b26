import { paceOf, workingTime, type BoardRow, type Instant, type Pace } from '@ovation/domain';
import type { BoardView } from '@ovation/protocol';
import { showing } from '$lib/announcements/showing.svelte.ts';
import { LiveBoard, LiveConnection, Now } from '$lib/live/index.ts';

/** No recomputing of pace on numbers older than this. */
const PACE_HOLD_MS = 3_600_000;
/** A phone changes its picture at most once a second. */
const COMMIT_MS = 1_000;

export interface Neighbour {
  readonly row: BoardRow;
  readonly me: boolean;
}

/** One person's own numbers, live: the month, today, and who stands next to them. */
export class MyNumbers {
  readonly connection: LiveConnection;
  #me: string;
  #now: Now;
  #month: LiveBoard;
  #today: LiveBoard;
  #deals: LiveBoard;
  #activities: LiveBoard;

  constructor(me: string, renderedAt: Instant) {
    const ended = () => location.assign('/sign-in');
    this.#me = me;
    this.#now = new Now(renderedAt);
    this.connection = new LiveConnection({ namespace: '/live', renderedAt, onEnded: ended });
    const board = (slug: string) =>
      new LiveBoard(this.connection, slug, 'around', {
        commitEveryMs: COMMIT_MS,
        storeAs: `${me}.${slug}`,
      });
    this.#month = board('revenue-month');
    this.#today = board('revenue-day');
    this.#deals = board('deals-month');
    this.#activities = board('activities-day');
  }

  start(): () => void {
    const undo = [
      this.connection.start(),
      this.#now.start(this.connection),
      showing.hear(this.connection),
      ...[this.#month, this.#today, this.#deals, this.#activities].map((one) => one.start()),
    ].reverse();
    return () => undo.forEach((stop) => stop());
  }

  get now(): Instant {
    return this.#now.ms;
  }

  get view(): BoardView | null {
    return this.#month.view;
  }

  get row(): BoardRow | null {
    return this.#mine(this.#month);
  }

  get today(): BoardRow | null {
    return this.#mine(this.#today);
  }

  get deals(): BoardRow | null {
    return this.#mine(this.#deals);
  }

  get activities(): BoardRow | null {
    return this.#mine(this.#activities);
  }

  /** Changes with every new fact of mine; for what is asked for rather than pushed. */
  get pulse(): string {
    const of = (row: BoardRow | null) => row?.value ?? '';
    return `${of(this.row)} ${of(this.deals)} ${of(this.activities)}`;
  }

  get neighbours(): readonly Neighbour[] {
    return (this.view?.rows ?? []).map((row) => ({ row, me: row.id === this.#me }));
  }

  /** Share of the working time that is gone, even without a target. */
  get expected(): number | null {
    const days = this.view?.meta.workDays ?? [];
    const { elapsed, total } = workingTime(days, this.#paceAt);
    return total === 0 ? null : elapsed / total;
  }

  get pace(): Pace | undefined {
    const { row, view } = this;
    if (!view || !row || row.target === null) return undefined;
    return paceOf(Number(row.value), Number(row.target), view.meta.workDays, this.#paceAt);
  }

  /** Old numbers are not judged by a clock that ran on. */
  get #paceAt(): Instant {
    const heardAt = this.connection.lastHeardAt ?? this.view?.at ?? this.now;
    return Math.min(this.now, heardAt + PACE_HOLD_MS);
  }

  #mine(board: LiveBoard): BoardRow | null {
    return board.view?.rows.find((row) => row.id === this.#me) ?? null;
  }
}
