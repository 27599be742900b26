import type { Instant } from '@ovation/domain';
import type { Celebration } from '@ovation/protocol';
import type { LiveConnection } from '../live/connection.svelte.ts';
import { advance, cancel, clear, EMPTY_QUEUE, enqueue, type Show } from './celebration-queue.ts';
import type { CelebrationQueue, Step } from './celebration-queue.ts';

/** Fine enough that walls in one room begin together. */
const STEP_MS = 50;

/** The queue of this wall, moved by the server's clock. */
export class Celebrations {
  #showing = $state.raw<Show | null>(null);
  #heldMs = 0;
  #coveredAt = 0;
  #queue: CelebrationQueue = EMPTY_QUEUE;
  #connection: LiveConnection;

  constructor(connection: LiveConnection) {
    this.#connection = connection;
  }

  get showing(): Show | null {
    return this.#showing;
  }
  /** Whether a celebration has the whole glass. */
  get covered(): boolean {
    return covers(this.#showing);
  }
  /** The rotation's own time: it stands still while something covers the slide. */
  slideTime(now: Instant): Instant {
    return (covers(this.#showing) ? this.#coveredAt : now) - this.#heldMs;
  }

  start(): () => void {
    const { socket } = this.#connection;
    const onWin = (win: Celebration) => {
      this.#queue = enqueue(this.#queue, win);
    };
    const onCancel = ({ id }: { id: string }) => {
      this.#queue = cancel(this.#queue, id);
    };
    socket.on('celebrate', onWin);
    socket.on('celebrate:cancel', onCancel);
    const timer = setInterval(() => this.#step(), STEP_MS);
    return () => {
      clearInterval(timer);
      socket.off('celebrate', onWin);
      socket.off('celebrate:cancel', onCancel);
    };
  }

  #step(): void {
    if (!this.#queue.showing && this.#queue.waiting.length === 0) return;
    const now = this.#connection.now();
    const offline = this.#connection.status === 'offline';
    this.#take(offline ? clear(this.#queue, now) : advance(this.#queue, now), now);
  }

  #take(step: Step, now: number): void {
    const { socket } = this.#connection;
    const before = this.#queue.showing;
    const after = step.queue.showing;
    this.#queue = step.queue;
    for (const id of step.begun) socket.emit('ack', { id, state: 'played' });
    for (const id of step.expired) socket.emit('ack', { id, state: 'skipped' });
    if (before === after) return;
    if (covers(before)) this.#heldMs += now - this.#coveredAt;
    if (covers(after)) this.#coveredAt = now;
    this.#showing = after;
  }
}

/** A banner leaves the slide in sight, so the rotation goes on under it. */
const covers = (show: Show | null): boolean => show !== null && show.kind !== 'banner';
