import type { Clock } from '@ovation/host';
import type { BoardDelta, BoardSnapshot } from '@ovation/protocol';
import type { Directory } from './directory.ts';
import type { Stage } from './stage.ts';

/** Between two looks at the boards under load; the first of a burst is told at once. */
const FRAMES_EVERY_MS = 40;
/** Between two rounds in which every contest has a turn: walls are told twice a second. */
const ROUND_EVERY_MS = 200;
/** How long contests are ranked at a time, and how long the loop is left to others in between. */
const TURNS_MS = 2;
const TURNS_EVERY_MS = 2;

/** What is shown now; another one whenever a floor is loaded anew. */
interface Showing {
  readonly stage: Stage;
  readonly directory: Directory;
}

/**
 * When boards are looked at: at once when idle, and under load a few times a second. Contests are
 * ranked a few at a time, so that neither boards nor the log wait for all of them.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #now: () => Showing;
  readonly #tell: (frame: BoardDelta | BoardSnapshot) => void;
  #framesAt = 0;
  #framesDue: NodeJS.Timeout | undefined;
  #turnsDue: NodeJS.Timeout | undefined;
  #settingsDue = false;
  #roundAt = 0;
  /** Something changed since the round began. */
  #again = false;

  constructor(clock: Clock, now: () => Showing, tell: (frame: BoardDelta | BoardSnapshot) => void) {
    [this.#clock, this.#now, this.#tell] = [clock, now, tell];
  }

  /** Something is other than it was. */
  soon(settingsChanged: boolean): void {
    this.#settingsDue ||= settingsChanged;
    if (this.#framesDue !== undefined) return;
    const wait = this.#framesAt + FRAMES_EVERY_MS - this.#clock.now();
    if (wait <= 0) return this.#show();
    this.#framesDue = setTimeout(() => this.#show(), wait);
  }

  stop(): void {
    clearTimeout(this.#framesDue);
    clearTimeout(this.#turnsDue);
  }

  #show(): void {
    clearTimeout(this.#framesDue);
    this.#framesDue = undefined;
    this.#framesAt = this.#clock.now();
    const { stage, directory } = this.#now();
    stage.update(this.#settingsDue, directory).forEach(this.#tell);
    this.#settingsDue = false;
    this.#round();
  }

  /** Begins a round of turns for all contests, unless one goes on or has only just begun. */
  #round(): void {
    this.#again = true;
    if (this.#turnsDue !== undefined) return;
    const wait = this.#roundAt + ROUND_EVERY_MS - this.#clock.now();
    if (wait > 0) this.#turnsDue = setTimeout(() => this.#begin(), wait);
    else this.#begin();
  }

  #begin(): void {
    this.#again = false;
    this.#roundAt = this.#clock.now();
    this.#now().stage.queue();
    this.#takeTurns();
  }

  #takeTurns(): void {
    this.#turnsDue = undefined;
    const { stage, directory } = this.#now();
    const until = this.#clock.now() + TURNS_MS;
    stage.turns(directory, () => this.#clock.now() < until).forEach(this.#tell);
    if (stage.behind) this.#turnsDue = setTimeout(() => this.#takeTurns(), TURNS_EVERY_MS);
    else if (this.#again) this.#round();
  }
}
