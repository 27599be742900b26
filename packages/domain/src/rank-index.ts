import { isBetter, standingOrder, type Better, type Standing } from './rank.ts';
import { SortedChunks } from './sorted-chunks.ts';
import type { Instant, Scaled } from './types.ts';

/**
 * Standings kept in the order of `rankStandings`, for floors of 100,000: a change of one and its
 * exact rank cost some microseconds, not a sort of all.
 */
export class RankIndex {
  readonly #byId = new Map<string, Standing>();
  /** How many have anything at all. */
  #begun = 0;
  readonly #ordered: SortedChunks<Standing>;
  readonly #better: Better;
  readonly #order: (a: Standing, b: Standing) => number;

  constructor(better: Better) {
    this.#better = better;
    this.#order = standingOrder(better);
    this.#ordered = new SortedChunks(this.#order, () => undefined);
  }

  get size(): number {
    return this.#byId.size;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Gives an id its value, or a new one; `null` for an id without one. */
  set(id: string, value: Scaled | null, reachedAt: Instant): void {
    const known = this.#byId.get(id);
    if (known?.value === value && known.reachedAt === reachedAt) return;
    if (known) this.#remove(known);
    const standing = { id, value, reachedAt };
    this.#byId.set(id, standing);
    this.#ordered.add(standing);
    if (reachedAt !== 0) this.#begun += 1;
  }

  /** Takes an id out; `false` when it was not in. */
  delete(id: string): boolean {
    const known = this.#byId.get(id);
    if (!known) return false;
    this.#byId.delete(id);
    return this.#remove(known);
  }

  /** Whether anybody has anything, be it worth nothing. */
  get begun(): boolean {
    return this.#begun > 0;
  }

  #remove(known: Standing): boolean {
    if (known.reachedAt !== 0) this.#begun -= 1;
    return this.#ordered.remove(known);
  }

  /** Place in the order, from 0; `undefined` for an id that is not in it. */
  positionOf(id: string): number | undefined {
    const own = this.#byId.get(id);
    if (!own) return undefined;
    return this.#countOf((other) => this.#order(other, own) < 0);
  }

  /**
   * Competition rank (1, 2, 2, 4): one more than there are with a strictly better value. Those
   * without a value share the rank after all others. Throws `RangeError` for an unknown id.
   */
  rankOf(id: string): number {
    const own = this.#byId.get(id);
    if (!own) throw new RangeError(`${id} is not in the ranking`);
    return 1 + this.#countOf((other) => isBetter(other.value, own.value, this.#better));
  }

  /** Those at the places `[from, to)`, best first. */
  slice(from: number, to: number): readonly Standing[] {
    return [...this.#ordered.slice(from, to)];
  }

  /** The value at a place, `null` for one without; `undefined` past the last place. */
  valueAt(place: number): Scaled | null | undefined {
    return this.slice(place, place + 1)[0]?.value;
  }

  #countOf(ahead: (other: Standing) => boolean): number {
    return this.#ordered.count(this.#ordered.place(ahead));
  }
}
