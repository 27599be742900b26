const CHUNK_MAX = 512;
/** A chunk smaller than this joins a neighbour, if both fit into three quarters of a chunk. */
const CHUNK_SMALL = 128;

/** A run of items in order, with what its owner has worked out about it since it last changed. */
interface Run<T, Note> {
  items: T[];
  note: Note | undefined;
}

/** Where an item stands: the chunk, and the index within it. */
export interface Place {
  readonly chunk: number;
  readonly index: number;
}

/**
 * A sorted array in chunks of at most 512, so that adding, taking out and summing up cost the
 * square root of the whole and not all of it. No two items may compare as equal unless they are
 * the same to the owner. `noteOf` is asked once for each change of a chunk, when its note is read.
 */
export class SortedChunks<T, Note = undefined> {
  readonly #runs: Run<T, Note>[] = [];
  /** How long each run is, side by side: counting reads nothing else. */
  readonly #lengths: number[] = [];
  readonly #compare: (a: T, b: T) => number;
  readonly #noteOf: (items: readonly T[]) => Note;
  #size = 0;

  constructor(compare: (a: T, b: T) => number, noteOf: (items: readonly T[]) => Note) {
    this.#compare = compare;
    this.#noteOf = noteOf;
  }

  get size(): number {
    return this.#size;
  }

  add(item: T): void {
    this.#size += 1;
    const { chunk, index } = this.place((other) => this.#compare(other, item) <= 0);
    const last = this.#runs.at(-1);
    if (chunk < this.#runs.length) return this.#insert(chunk, index, item);
    if (!last || last.items.length >= CHUNK_MAX) {
      this.#runs.push({ items: [item], note: undefined });
      this.#lengths.push(1);
    } else {
      last.items.push(item);
      last.note = undefined;
      this.#lengths[this.#lengths.length - 1]! += 1;
    }
  }

  /** Takes out one item that compares as equal; `false` when there is none. */
  remove(item: T): boolean {
    const { chunk, index } = this.place((other) => this.#compare(other, item) < 0);
    const run = this.#runs[chunk];
    if (!run || this.#compare(run.items[index]!, item) !== 0) return false;
    run.items.splice(index, 1);
    run.note = undefined;
    this.#lengths[chunk]! -= 1;
    this.#size -= 1;
    if (run.items.length < CHUNK_SMALL) this.#join(chunk);
    return true;
  }

  /**
   * The first item that does not lie before; `before` must hold for a beginning of the order and
   * for nothing after it. The chunk past the last one when all lie before.
   */
  place(before: (item: T) => boolean): Place {
    const chunk = firstNot(this.#runs, (run) => before(run.items[run.items.length - 1]!));
    const run = this.#runs[chunk];
    return { chunk, index: run ? firstNot(run.items, before) : 0 };
  }

  /** How many items lie before a place. */
  count(place: Place): number {
    let items = 0;
    for (let chunk = 0; chunk < place.chunk; chunk += 1) items += this.#lengths[chunk]!;
    return items + place.index;
  }

  /** The item at a place counted from 0. */
  at(place: number): T | undefined {
    let left = place;
    for (let chunk = 0; chunk < this.#lengths.length; chunk += 1) {
      const length = this.#lengths[chunk]!;
      if (left < length) return this.#runs[chunk]!.items[left];
      left -= length;
    }
    return undefined;
  }

  /** The item directly before a place. */
  itemBefore({ chunk, index }: Place): T | undefined {
    return index > 0 ? this.#runs[chunk]!.items[index - 1] : this.#runs[chunk - 1]?.items.at(-1);
  }

  /** The items at `[from, to)`, counted from 0. */
  *slice(from: number, to: number): Generator<T> {
    let first = 0;
    for (const { items } of this.#runs) {
      if (first >= to) return;
      if (first + items.length > from) yield* items.slice(Math.max(0, from - first), to - first);
      first += items.length;
    }
  }

  /**
   * Visits everything between two places in order: whole chunks with their notes, and what is left
   * at the ends without. A call each and no iterator, as sums over all time pass a thousand.
   */
  visit(from: Place, to: Place, see: (items: readonly T[], note: Note | undefined) => void): void {
    for (let chunk = from.chunk; chunk <= to.chunk && chunk < this.#runs.length; chunk += 1) {
      const run = this.#runs[chunk]!;
      const first = chunk === from.chunk ? from.index : 0;
      const end = chunk === to.chunk ? to.index : run.items.length;
      if (first === 0 && end === run.items.length) {
        run.note ??= this.#noteOf(run.items);
        see(run.items, run.note);
      } else if (first < end) {
        see(run.items.slice(first, end), undefined);
      }
    }
  }

  #insert(chunk: number, index: number, item: T): void {
    const run = this.#runs[chunk]!;
    run.items.splice(index, 0, item);
    run.note = undefined;
    this.#lengths[chunk] = run.items.length;
    if (run.items.length <= CHUNK_MAX) return;
    const items = run.items.splice(run.items.length >>> 1);
    this.#runs.splice(chunk + 1, 0, { items, note: undefined });
    this.#lengths.splice(chunk, 1, run.items.length, items.length);
  }

  #join(chunk: number): void {
    const run = this.#runs[chunk]!;
    if (run.items.length === 0) {
      this.#runs.splice(chunk, 1);
      this.#lengths.splice(chunk, 1);
      return;
    }
    const left = chunk + 1 < this.#runs.length ? chunk : chunk - 1;
    const [one, other] = [this.#runs[left], this.#runs[left + 1]];
    if (!one || !other || one.items.length + other.items.length > CHUNK_MAX * 0.75) return;
    const items = [...one.items, ...other.items];
    this.#runs.splice(left, 2, { items, note: undefined });
    this.#lengths.splice(left, 2, items.length);
  }
}

/** Index of the first element for which `before` does not hold. */
function firstNot<T>(all: readonly T[], before: (one: T) => boolean): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(all[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
