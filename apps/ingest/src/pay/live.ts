import {
  openBook,
  type IncentiveBook,
  type IncentiveFact,
  type PayeeResult,
} from '@ovation/domain';
import type { PayDealShown } from '@ovation/protocol';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { caughtUp } from '../routes/boards.ts';
import { inputUntil } from './calculate.ts';
import type { PaidGroups } from './groups.ts';
import { openPayBook, type PayBook } from './input.ts';

/** Organisations whose figures are kept, the ones asked for last. */
const KEPT_ORGANISATIONS = 8;

/** What pay follows from, with the engine open to be asked about one person. */
export interface LivePayBook extends PayBook {
  readonly engine: IncentiveBook;
  /** The last period that has begun; what happens later counts for nothing yet. */
  readonly current: string | null;
  /**
   * The engine that says what a period pays: for one that is over and still open, what was known
   * by its end, since that is what is posted in it; for others what is known by now.
   */
  engineOf(period: string | null): IncentiveBook;
  /** What deals are called, as they stand by now. */
  readonly deals: ReadonlyMap<string, PayDealShown>;
}

/**
 * Figures as of the newest event: worked out when somebody asks, and kept until something new is in
 * the log, so that a figure is fresh as soon as its event is folded and is not counted twice.
 */
export class LivePay {
  readonly groups: PaidGroups;
  readonly #deps: IngestDeps;
  readonly #kept = new Map<string, { seq: number; day: string; book: Promise<LivePayBook> }>();

  constructor(deps: IngestDeps, groups: PaidGroups) {
    [this.#deps, this.groups] = [deps, groups];
  }

  async book(orgId: string): Promise<LivePayBook> {
    const seq = await caughtUp(this.#deps.sql, orgId);
    const day = new Date(this.#deps.clock.now()).toISOString().slice(0, 13);
    const known = this.#kept.get(orgId);
    this.#kept.delete(orgId);
    const fresh = known?.seq === seq && known.day === day;
    const kept = fresh ? known : { seq, day, book: this.#open(orgId) };
    this.#kept.set(orgId, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_ORGANISATIONS) this.#kept.delete(oldest!);
    try {
      return await kept.book;
    } catch (error) {
      if (this.#kept.get(orgId) === kept) this.#kept.delete(orgId);
      throw error;
    }
  }

  async #open(orgId: string): Promise<LivePayBook> {
    const book = await openPayBook(this.#deps, this.groups, orgId);
    const now = this.#deps.clock.now();
    const begun = book.periods.filter((period) => period.from.getTime() <= now);
    const current = begun.at(-1)?.key ?? null;
    const engine = mustOpen(book, current ?? '');
    const open = new Set(
      book.periods.flatMap(({ key, state }) => (state !== 'closed' && key !== current ? key : [])),
    );
    const earlier = new Map<string, IncentiveBook>();
    const engineOf = (period: string | null): IncentiveBook => {
      if (period === null || !open.has(period)) return engine;
      const known = earlier.get(period) ?? mustOpen(book, period);
      earlier.set(period, known);
      return known;
    };
    return { ...book, engine, engineOf, current, deals: dealsOf(book.input.facts) };
  }
}

/** The engine with everything up to the end of a period, or the request ends. */
function mustOpen({ input }: PayBook, period: string): IncentiveBook {
  const opened = openBook(inputUntil(input, period));
  if (opened.ok) return opened.value;
  const detail = opened.fault[0]?.detail ?? 'Pay cannot be worked out.';
  throw new ProblemError('refused', detail, opened.fault);
}

/** Names of deals: the account of the newest fact that has one, and the day of the win. */
function dealsOf(facts: readonly IncentiveFact[]): Map<string, PayDealShown> {
  const deals = new Map<string, PayDealShown>();
  for (const { deal, kind, effectiveOn, attributes } of facts) {
    const known = deals.get(deal);
    const account = attributes?.['account'];
    deals.set(deal, {
      account: account === undefined ? (known?.account ?? null) : String(account),
      on: kind === 'booked' ? effectiveOn : (known?.on ?? null),
    });
  }
  return deals;
}

/** One person's result with further facts; the engine is afterwards as it was. */
export function payeeWith(
  engine: IncentiveBook,
  person: string,
  facts: readonly IncentiveFact[],
): PayeeResult | undefined {
  try {
    engine.add(facts);
    return engine.payee(person);
  } finally {
    engine.drop(facts);
  }
}
