import type { BoardDelta, BoardSnapshot } from '@ovation/protocol';
import type { Clock } from '@ovation/host';
import type { Mirror } from './mirror.ts';

type Frame = BoardDelta | BoardSnapshot;

/**
 * Those who watch the same slots of the same board at the same pace. The first change goes out at
 * once; what follows within the interval goes out together at its end.
 */
export class Room {
  readonly view: string;
  readonly person: string | null;
  /** Those in it see no more rows than the board shows to walls and reps. */
  readonly #limited: boolean;
  readonly #everyMs: number;
  readonly #clock: Clock;
  readonly #send: (frame: Frame) => void;
  #sentAt = 0;
  #timer: NodeJS.Timeout | undefined;
  epoch: string;
  version: number;

  constructor(options: {
    view: string;
    person: string | null;
    limited: boolean;
    everyMs: number;
    clock: Clock;
    mirror: Mirror;
    send: (frame: Frame) => void;
  }) {
    this.view = options.view;
    this.person = options.person;
    this.#limited = options.limited;
    this.#everyMs = options.everyMs;
    this.#clock = options.clock;
    this.#send = options.send;
    this.epoch = options.mirror.epoch;
    this.version = options.mirror.version;
  }

  /** The board moved. */
  changed(mirror: Mirror): void {
    if (this.#timer) return;
    const wait = this.#sentAt + this.#everyMs - this.#clock.now();
    if (wait <= 0) this.#flush(mirror);
    else this.#timer = setTimeout(() => this.#flush(mirror), wait);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #flush(mirror: Mirror): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const range = mirror.rangeOf(this.view, this.person, this.#limited);
    const frame = mirror.catchUp(range, this.epoch, this.version);
    const news = frame.kind === 'snapshot' || frame.u.length > 0 || frame.totals !== undefined;
    if (!news) return;
    this.#sentAt = this.#clock.now();
    this.epoch = mirror.epoch;
    this.version = mirror.version;
    this.#send(frame);
  }
}
