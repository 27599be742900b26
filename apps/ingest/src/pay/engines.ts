import { inputFaults, openBook, type IncentiveBook, type IncentiveFact } from '@ovation/domain';
import { ProblemError } from '../problem.ts';
import { inputUntil } from './calculate.ts';
import type { PayBook } from './input.ts';

/** What a book of pay goes by besides its facts. */
const rulesOf = ({ input }: PayBook): string => JSON.stringify({ ...input, facts: [] });

/**
 * The engine of what is known by now, and those of periods that are over and still open, which
 * know what was known by their end. To read a hundred thousand facts takes a second: where only
 * deals changed, engines take what is other of them instead.
 */
export class PayEngines {
  readonly #rules: string;
  readonly #current: string;
  readonly #open: ReadonlySet<string>;
  readonly #byPeriod = new Map<string, IncentiveBook>();
  #book: PayBook;

  /** `current`: the last period that has begun. */
  constructor(book: PayBook, current: string | null) {
    this.#book = book;
    this.#rules = rulesOf(book);
    this.#current = current ?? '';
    const { periods } = book;
    const over = periods.flatMap(({ key, state }) => (state === 'closed' ? [] : key));
    this.#open = new Set(over.filter((key) => key !== current));
    this.of(null);
  }

  /** These engines with what a later book says, or others where more than deals is other. */
  at(book: PayBook, current: string | null): PayEngines {
    if (this.#current !== (current ?? '') || this.#rules !== rulesOf(book)) {
      return new PayEngines(book, current);
    }
    const { gone, came } = changedFacts(this.#book, book);
    const sound = inputFaults({ ...book.input, facts: came }).length === 0;
    if (!sound || gone.length + came.length > book.input.facts.length) {
      return new PayEngines(book, current);
    }
    try {
      for (const engine of this.#byPeriod.values()) engine.swap(gone, came);
    } catch {
      // It lacks a rate: who begins from nothing says which.
      return new PayEngines(book, current);
    }
    this.#book = book;
    return this;
  }

  /** The engine that says what a period pays; `null` for the last one that has begun. */
  of(period: string | null): IncentiveBook {
    const key = period === null || !this.#open.has(period) ? this.#current : period;
    const known = this.#byPeriod.get(key) ?? mustOpen(this.#book, key);
    this.#byPeriod.set(key, known);
    return known;
  }
}

/** Facts of deals that are other than they were: as they were, and as they are. */
function changedFacts(before: PayBook, now: PayBook) {
  const gone: IncentiveFact[] = [];
  const came: IncentiveFact[] = [];
  for (const [key, facts] of now.read) {
    const known = before.read.get(key);
    if (known === facts) continue;
    gone.push(...(known ?? []));
    came.push(...facts);
  }
  for (const [key, facts] of before.read) if (!now.read.has(key)) gone.push(...facts);
  return { gone, came };
}

/** The engine with everything up to the end of a period, or the request ends. */
function mustOpen({ input }: PayBook, period: string): IncentiveBook {
  const opened = openBook(inputUntil(input, period));
  if (opened.ok) return opened.value;
  const detail = opened.fault[0]?.detail ?? 'Pay cannot be worked out.';
  throw new ProblemError('refused', detail, opened.fault);
}
