import { SortedChunks } from '../sorted-chunks.ts';
import type { Scaled } from '../types.ts';
import type { ContestTies, EntrantId } from './definition.ts';
import type { Score } from './kind.ts';
import { bestFirst, byId, byRank, placedLines, unplacedLines } from './ranking.ts';
import type { ContestLine } from './standing.ts';

const noNote = () => undefined;

/**
 * Scores kept in the order of `ranked`: a change of one costs no sort of all, and a line is made
 * when it is asked for. However many take part, the first ten cost the same.
 */
export class ScoreOrder {
  readonly #ties: ContestTies;
  readonly #rank: (a: Score, b: Score) => number;
  readonly #byEntrant = new Map<EntrantId, Score>();
  readonly #placed: SortedChunks<Score>;
  readonly #rest = new SortedChunks<Score>(byId, noNote);
  #raw = 0n;

  constructor(ties: ContestTies) {
    this.#ties = ties;
    this.#rank = byRank(ties);
    this.#placed = new SortedChunks(bestFirst(ties), noNote);
  }

  get size(): number {
    return this.#byEntrant.size;
  }

  /** What all have together, before handicap and multipliers. */
  get raw(): Scaled {
    return this.#raw;
  }

  /** All of them, in the order in which they came in first. */
  scores(): Score[] {
    return [...this.#byEntrant.values()];
  }

  /** Takes an entrant's score, in place of the one it had. */
  set(score: Score): void {
    const was = this.#byEntrant.get(score.player.id);
    if (was) {
      this.#among(was).remove(was);
      this.#raw -= was.raw;
    }
    this.#byEntrant.set(score.player.id, score);
    this.#among(score).add(score);
    this.#raw += score.raw;
  }

  /** The lines at the places `[from, to)`, counted from 0. */
  lines(from: number, to: number): ContestLine[] {
    const placed = this.#placed.size;
    const run = [...this.#placed.slice(from, to)];
    const rest = [...this.#rest.slice(Math.max(0, from - placed), to - placed)];
    const before = from > 0 ? this.#placed.at(from - 1) : undefined;
    const above = before && this.#above(before);
    const start = { place: from, before, rank: 0, ...above, next: this.#placed.at(to) };
    return [
      ...placedLines(run, start, this.#ties),
      ...unplacedLines(rest, this.#placed.at(placed - 1)),
    ];
  }

  /** Where an entrant stands, counted from 0; `undefined` when it does not take part. */
  placeOf(entrant: EntrantId): number | undefined {
    const own = this.#byEntrant.get(entrant);
    if (!own) return undefined;
    const order = own.placed ? bestFirst(this.#ties) : byId;
    const among = this.#among(own);
    const ahead = among.count(among.place((other) => order(other, own) < 0));
    return own.placed ? ahead : this.#placed.size + ahead;
  }

  /** The rank of a placed score, and the last one of a better rank. */
  #above(score: Score): { rank: number; above: Score | undefined } {
    const first = this.#placed.place((other) => this.#rank(other, score) < 0);
    return { rank: this.#placed.count(first) + 1, above: this.#placed.itemBefore(first) };
  }

  #among = (score: Score): SortedChunks<Score> => (score.placed ? this.#placed : this.#rest);
}
