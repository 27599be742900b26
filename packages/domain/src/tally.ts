import type { Window } from './calendar.ts';
import { COUNT_SCALE } from './metric.ts';
import { SortedChunks, type Place } from './sorted-chunks.ts';
import type { Instant, Scaled } from './types.ts';

/** What one fact adds to an entity in one measure. */
export interface TallyEntry {
  readonly fact: string;
  /** What the fact is about, for instance the deal. */
  readonly subject: string;
  readonly person: string;
  readonly at: Instant;
  readonly value: Scaled;
  /** What `distinct` tells apart; `null` is not counted. */
  readonly item: string | null;
}

export type Aggregate = 'sum' | 'min' | 'max' | 'latest' | 'distinct';

/** What somebody has in a window. */
export interface Sum {
  readonly value: Scaled;
  /** When the latest credit in it happened: who reached a value first leads a tie. */
  readonly reachedAt: Instant;
  /** How many credits are in it. */
  readonly credits: number;
}

/** What somebody has in a window, and whether it only ever grew. */
export interface Growing extends Sum {
  /** Every entry added something: the sum was first reached with the last of them. */
  readonly rises: boolean;
}

/** The most that one person has in one local day. */
export interface DayCap {
  readonly cap: Scaled;
  /** The first instant of the local day. */
  readonly dayOf: (at: Instant) => Instant;
}

type Span = Pick<Window, 'from' | 'to'>;

/** Windows of which a tally remembers what they come to. */
const WINDOWS_KEPT = 4;

/** One entity's standing credits in one measure, in order of time, then fact, then subject. */
export class Tally<E extends TallyEntry = TallyEntry> {
  readonly #entries = new SortedChunks<E, Digest>(inOrder, (run) => new Digest(run));
  /** What was worked out since an entry last came or went: contests share weeks and months. */
  readonly #grown: (Span & { readonly growing: Growing | undefined })[] = [];

  get size(): number {
    return this.#entries.size;
  }

  add(entry: E): void {
    this.#grown.length = 0;
    this.#entries.add(entry);
  }

  /** Takes back an entry like this one. Throws when none was given. */
  remove(entry: E): void {
    this.#grown.length = 0;
    if (!this.#entries.remove(entry)) {
      throw new Error(`a credit of ${entry.fact} is taken back that was never given`);
    }
  }

  /** Sum over `[from, to)`; `undefined` when nothing is in it. */
  sum(window: Span): Sum | undefined {
    return this.aggregate(window, 'sum');
  }

  /** The same, with whether each entry in it added something. */
  growth(window: Span): Growing | undefined {
    const known = this.#grown.find(({ from, to }) => from === window.from && to === window.to);
    if (known) return known.growing;
    const growing = this.#growth(window);
    if (this.#grown.length === WINDOWS_KEPT) this.#grown.shift();
    this.#grown.push({ from: window.from, to: window.to, growing });
    return growing;
  }

  #growth(window: Span): Growing | undefined {
    const last = this.#last(window);
    if (!last) return undefined;
    const [first, end] = this.#places(window);
    let [value, rises] = [0n, true];
    this.#entries.visit(first, end, (items, note) => {
      const { sum, min } = note ?? new Digest(items);
      value += sum;
      rises &&= min > 0n;
    });
    const credits = this.#entries.count(end) - this.#entries.count(first);
    return { value, reachedAt: last.at, credits, rises };
  }

  /** When the latest credit in `[from, to)` happened. */
  reachedAt(window: Span): Instant | undefined {
    return this.#last(window)?.at;
  }

  /**
   * The entries of `[from, to)` as one value; `undefined` when nothing is in it. `latest` is the
   * value of the last entry; `distinct` the number of different items, in millionths. With a day
   * cap (of sums only) each person's sum of a local day is cut to the cap before adding up.
   */
  aggregate(window: Span, how: Aggregate, dayCap?: DayCap): Sum | undefined {
    const last = this.#last(window);
    if (!last) return undefined;
    const value = how === 'latest' ? last.value : this.#value(window, how, dayCap);
    const [first, end] = this.#places(window);
    const credits = this.#entries.count(end) - this.#entries.count(first);
    return { value, reachedAt: last.at, credits };
  }

  /** What lies in `[from, to)`, oldest first. */
  entries(window: Span): Iterable<E> {
    const [first, end] = this.#places(window);
    return this.#entries.slice(this.#entries.count(first), this.#entries.count(end));
  }

  #value(window: Span, how: Exclude<Aggregate, 'latest'>, dayCap?: DayCap): Scaled {
    if (how === 'distinct') return distinct(this.entries(window));
    if (how === 'sum' && dayCap) return cappedSum(this.entries(window), dayCap);
    let value: Scaled | undefined;
    this.#entries.visit(...this.#places(window), (items, note) => {
      const next = (note ?? new Digest(items))[how];
      if (value === undefined) value = next;
      else if (how === 'sum') value += next;
      else if (how === 'min' ? next < value : next > value) value = next;
    });
    return value ?? 0n;
  }

  #places({ from, to }: Span): [first: Place, end: Place] {
    return [this.#placeOf(from), this.#placeOf(to)];
  }

  #last(window: Span): E | undefined {
    const last = this.#entries.itemBefore(this.#placeOf(window.to));
    return last && last.at >= window.from ? last : undefined;
  }

  #placeOf(at: Instant): Place {
    return this.#entries.place((entry) => entry.at < at);
  }
}

/** Total, so that the order never depends on which entry was given first. */
function inOrder(a: TallyEntry, b: TallyEntry): number {
  return (
    a.at - b.at ||
    compare(a.fact, b.fact) ||
    compare(a.subject, b.subject) ||
    compare(a.person, b.person) ||
    compare(a.value, b.value) ||
    compare(a.item === null ? '' : `=${a.item}`, b.item === null ? '' : `=${b.item}`)
  );
}

const compare = <T extends string | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a run of entries comes to, each worked out when it is first asked for. */
class Digest {
  readonly #entries: readonly TallyEntry[];
  #sum: Scaled | undefined;
  #min: Scaled | undefined;
  #max: Scaled | undefined;

  constructor(entries: readonly TallyEntry[]) {
    this.#entries = entries;
  }

  get sum(): Scaled {
    this.#sum ??= this.#fold((sum, value) => sum + value);
    return this.#sum;
  }

  get min(): Scaled {
    this.#min ??= this.#fold((least, value) => (value < least ? value : least));
    return this.#min;
  }

  get max(): Scaled {
    this.#max ??= this.#fold((most, value) => (value > most ? value : most));
    return this.#max;
  }

  #fold(step: (so: Scaled, value: Scaled) => Scaled): Scaled {
    let so = this.#entries[0]!.value;
    for (let index = 1; index < this.#entries.length; index += 1) {
      so = step(so, this.#entries[index]!.value);
    }
    return so;
  }
}

function distinct(entries: Iterable<TallyEntry>): Scaled {
  const items = new Set<string>();
  for (const { item } of entries) if (item !== null) items.add(item);
  return BigInt(items.size) * 10n ** BigInt(COUNT_SCALE);
}

function cappedSum(entries: Iterable<TallyEntry>, { cap, dayOf }: DayCap): Scaled {
  let total = 0n;
  let today: Instant | undefined;
  const byPerson = new Map<string, Scaled>();
  const close = (): void => {
    for (const value of byPerson.values()) total += value > cap ? cap : value;
    byPerson.clear();
  };
  for (const { at, person, value } of entries) {
    const day = dayOf(at);
    if (day !== today) close();
    today = day;
    byPerson.set(person, (byPerson.get(person) ?? 0n) + value);
  }
  close();
  return total;
}
