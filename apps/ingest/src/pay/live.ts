import type { IncentiveBook, IncentiveFact, PayeeResult } from '@ovation/domain';
import type { PayDealShown } from '@ovation/protocol';
import type { IngestDeps } from '../deps.ts';
import { caughtUp } from '../routes/boards.ts';
import { PayEngines } from './engines.ts';
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
  /** What a deal is called, as it stands by now; `undefined` when there is none. */
  dealOf(id: string): PayDealShown | undefined;
}

/**
 * Figures as of the newest event: worked out when somebody asks, and kept until something new is in
 * the log, so that a figure is fresh as soon as its event is folded and is not counted twice.
 */
export class LivePay {
  readonly groups: PaidGroups;
  readonly #deps: IngestDeps;
  readonly #kept = new Map<string, LiveFloor>();

  constructor(deps: IngestDeps, groups: PaidGroups) {
    [this.#deps, this.groups] = [deps, groups];
  }

  async book(orgId: string): Promise<LivePayBook> {
    const seq = await caughtUp(this.#deps.sql, orgId);
    const floor = this.#kept.get(orgId) ?? new LiveFloor(this.#deps, this.groups, orgId);
    this.#kept.delete(orgId);
    this.#kept.set(orgId, floor);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_ORGANISATIONS) this.#kept.delete(oldest!);
    return floor.at(seq);
  }
}

/** The figures of one organisation. */
class LiveFloor {
  readonly #deps: IngestDeps;
  readonly #groups: PaidGroups;
  readonly #orgId: string;
  #book: LivePayBook | undefined;
  #engines: PayEngines | undefined;
  /** The hour in which it was read: periods begin by the clock alone. */
  #hour = '';
  #running: Promise<LivePayBook> | undefined;
  #next: Promise<LivePayBook> | undefined;

  constructor(deps: IngestDeps, groups: PaidGroups, orgId: string) {
    [this.#deps, this.#groups, this.#orgId] = [deps, groups, orgId];
  }

  /** As of an event or later. However many ask, one reads, and the rest share the next reading. */
  async at(seq: number): Promise<LivePayBook> {
    if (this.#has(seq)) return this.#book!;
    this.#next ??= this.#after(this.#running);
    const book = await this.#next;
    return book.seq >= seq ? book : this.at(seq);
  }

  #has(seq: number): boolean {
    return this.#book !== undefined && this.#book.seq >= seq && this.#hour === this.#hourNow();
  }

  async #after(running: Promise<LivePayBook> | undefined): Promise<LivePayBook> {
    await running?.catch(() => undefined);
    this.#next = undefined;
    this.#running = this.#open();
    return this.#running;
  }

  #hourNow(): string {
    return new Date(this.#deps.clock.now()).toISOString().slice(0, 13);
  }

  async #open(): Promise<LivePayBook> {
    const hour = this.#hourNow();
    const book = await openPayBook(this.#deps, this.#groups, this.#orgId);
    const now = this.#deps.clock.now();
    const begun = book.periods.filter((period) => period.from.getTime() <= now);
    const current = begun.at(-1)?.key ?? null;
    const engines = this.#engines?.at(book, current) ?? new PayEngines(book, current);
    const engine = engines.of(null);
    const opened = {
      ...{ ...book, engine, current },
      engineOf: (period: string | null) => engines.of(period),
      dealOf: (id: string) => shownAs(engine.factsOf(id)),
    };
    [this.#engines, this.#book, this.#hour] = [engines, opened, hour];
    return opened;
  }
}

/** Its name: the account of the newest fact that has one, and the day of the win. */
function shownAs(facts: readonly IncentiveFact[]): PayDealShown | undefined {
  if (facts.length === 0) return undefined;
  let shown: PayDealShown = { account: null, on: null };
  const inOrder = [...facts].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  for (const { kind, effectiveOn, attributes } of inOrder) {
    const account = attributes?.['account'];
    shown = {
      account: account === undefined ? shown.account : String(account),
      on: kind === 'booked' ? effectiveOn : shown.on,
    };
  }
  return shown;
}

const timeOf = ({ occurredAt, effectiveOn }: IncentiveFact): string => occurredAt ?? effectiveOn;

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
