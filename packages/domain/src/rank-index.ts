import type { Better, Standing } from './rank.ts';
import { SortedChunks } from './sorted-chunks.ts';
import type { Instant, Scaled } from './types.ts';

/** A standing with its value as a plain number, which tells most apart and is quick to compare. */
interface Entry extends Standing {
  /** Greater is better; nothing is worse than to have no value. */
  readonly near: number;
}

/**
 * Standings kept in the order of `rankStandings`, for floors of 100,000: a change of one and its
 * exact rank cost some microseconds, not a sort of all.
 */
export class RankIndex {
  readonly #byId = new Map<string, Entry>();
  /** How many have anything at all. */
  #begun = 0;
  readonly #ordered = new SortedChunks<Entry>(
    (a, b) => this.#order(a, b),
    () => undefined,
  );
  /** 1 where more is better, −1 where less is. */
  readonly #sign: 1 | -1;

  constructor(better: Better) {
    this.#sign = better === 'higher' ? 1 : -1;
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
    const near = value === null ? -Infinity : Number(value) * this.#sign;
    const entry = { id, value, reachedAt, near };
    this.#byId.set(id, entry);
    this.#ordered.add(entry);
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

  #remove(known: Entry): boolean {
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
    return 1 + this.#countOf((other) => this.#compare(other, own) < 0);
  }

  /** Those at the places `[from, to)`, best first. */
  slice(from: number, to: number): readonly Standing[] {
    return [...this.#ordered.slice(from, to)];
  }

  /** The value at a place, `null` for one without; `undefined` past the last place. */
  valueAt(place: number): Scaled | null | undefined {
    return this.#ordered.at(place)?.value;
  }

  /** The one at a place. */
  at(place: number): Standing | undefined {
    return this.#ordered.at(place);
  }

  /** By value alone; large values that are one as plain numbers are told apart exactly. */
  #compare(a: Entry, b: Entry): number {
    if (a.near !== b.near) return a.near > b.near ? -1 : 1;
    if (a.value === b.value || a.value === null || b.value === null) return 0;
    return a.value > b.value === this.#sign > 0 ? -1 : 1;
  }

  #order(a: Entry, b: Entry): number {
    const byValue = this.#compare(a, b);
    if (byValue !== 0) return byValue;
    if (a.value !== null && a.reachedAt !== b.reachedAt) return a.reachedAt - b.reachedAt;
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  }

  #countOf(ahead: (other: Entry) => boolean): number {
    return this.#ordered.count(this.#ordered.place(ahead));
  }
}
