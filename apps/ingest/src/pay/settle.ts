import type { IncentiveInput, Settlement } from '@ovation/domain';
import { newId } from '@ovation/host';
import type { PayEntry, PayEntryRow, PayEntryType, PayPeriodRow } from '@ovation/store';
import { mustCalculate } from './calculate.ts';
import type { PayBook } from './input.ts';
import { EMPTY_ENTRY, leftOf } from './post.ts';

/** Entries that only settle: they are made when a period is closed. */
const SETTLING: ReadonlySet<PayEntryType> = new Set(['draw_advance', 'draw_recovery', 'carry_out']);
/** Entries that pay nothing in their period: what was paid out, and what is no longer owed. */
export const BESIDE: ReadonlySet<PayEntryType> = new Set([
  'payout',
  'draw_forgiven',
  'fx_difference',
]);

/** What a period pays by the ledger: minor units. */
export const payableOf = (entries: readonly Pick<PayEntry, 'type' | 'minor'>[]): bigint =>
  entries.reduce((sum, { type, minor }) => (BESIDE.has(type) ? sum : sum + minor), 0n);

interface Ending {
  readonly book: PayBook;
  readonly period: PayPeriodRow;
  readonly next: PayPeriodRow;
  /** The whole ledger, oldest first. */
  readonly entries: readonly PayEntryRow[];
  readonly by: string;
}

/**
 * How everybody's period ends: draws are advanced and recovered, and what is below zero is carried
 * to the next period, so that nobody is paid less than nothing. After a period was reopened only
 * the difference to its first end is posted.
 */
export function settlingEntries(ending: Ending): PayEntry[] {
  const { entries, period, book } = ending;
  const posted = entries.filter((entry) => entry.posting === period.key);
  const people = new Set([
    ...posted.map((entry) => entry.person),
    ...book.assignments
      .filter(({ from, to }) => from <= lastDate(ending) && (to === null || to > period.key))
      .map((row) => row.personId),
  ]);
  const settlements = settlementsOf(ending, posted, people);
  return [...people].sort().flatMap((person) => {
    const own = entries.filter((entry) => entry.person === person);
    return new Settling(ending, person, own).end(settlements.get(person));
  });
}

const lastDate = ({ book, period }: Ending): string =>
  book.calendar.dateOf(period.to.getTime() - 1);

/** What the engine says of the period, from what the ledger has and had. */
function settlementsOf(
  { book, period, entries, next }: Ending,
  posted: readonly PayEntryRow[],
  people: ReadonlySet<string>,
): Map<string, Settlement> {
  const openings = [...people].map((person) => {
    const own = entries.filter((entry) => entry.person === person);
    const carried = own.filter(
      ({ type, posting }) => type === 'carry_in' && posting === period.key,
    );
    const balanceMinor = carried.reduce((sum, { minor }) => sum + minor, 0n);
    const before = own.filter(({ posting }) => posting < period.key);
    return { person, balanceMinor, owedMinor: owedOf(before) };
  });
  const adjustments = [...people].flatMap((person) => {
    const own = posted.filter(
      ({ person: of, type }) =>
        of === person && !SETTLING.has(type) && !BESIDE.has(type) && type !== 'carry_in',
    );
    const amountMinor = own.reduce((sum, { minor }) => sum + minor, 0n);
    const reason = 'What the ledger has';
    return amountMinor === 0n ? [] : [{ person, period: period.key, amountMinor, reason }];
  });
  const input: IncentiveInput = {
    ...book.input,
    facts: [],
    quotas: [],
    posted: [],
    ...{ openings, adjustments, trace: false },
    periods: [{ id: period.key, from: period.key, to: next.key, closed: true }],
  };
  const result = mustCalculate(input);
  return new Map(
    result.people.map((payee) => [payee.person, payee.periods[0]!.settlement] as const),
  );
}

/** What is owed of draws: advanced, less what was recovered and forgiven. */
export function owedOf(entries: readonly PayEntryRow[]): bigint {
  return entries.reduce((owed, { type, minor }) => {
    if (type === 'draw_advance' || type === 'draw_recovery') return owed + minor;
    return type === 'draw_forgiven' ? owed - minor : owed;
  }, 0n);
}

/** Brings one person's settling entries of a period to where they should be. */
class Settling {
  readonly #ending: Ending;
  readonly #person: string;
  readonly #own: readonly PayEntryRow[];
  readonly #left: Map<string, bigint>;
  readonly #made: PayEntry[] = [];

  constructor(ending: Ending, person: string, own: readonly PayEntryRow[]) {
    [this.#ending, this.#person, this.#own] = [ending, person, own];
    this.#left = leftOf(own);
  }

  end(settlement: Settlement | undefined): PayEntry[] {
    const moved = settlement ? settlement.advancedMinor - settlement.recoveredMinor : 0n;
    const draws = this.#posted('draw_advance') + this.#posted('draw_recovery');
    this.#draw(moved - draws);
    if (settlement) this.#forgive(settlement);
    const posted = this.#own.filter((entry) => entry.posting === this.#ending.period.key);
    const now = payableOf([...posted, ...this.#made]);
    const carried = this.#posted('carry_out');
    const rest = now - carried;
    const wanted = rest < 0n ? -rest : 0n;
    this.#carry(wanted - carried);
    return this.#made;
  }

  #posted(type: PayEntryType): bigint {
    return this.#own
      .filter((entry) => entry.type === type && entry.posting === this.#ending.period.key)
      .reduce((sum, { minor }) => sum + minor, 0n);
  }

  /** More is advanced, or more goes back: from the oldest draw that is owed. */
  #draw(change: bigint): void {
    if (change > 0n) this.#add('draw_advance', change);
    let missing = -change;
    for (const draw of this.#own.filter(({ type }) => type === 'draw_advance')) {
      const there = this.#left.get(draw.id) ?? 0n;
      const taken = there < missing ? there : missing;
      if (taken <= 0n) continue;
      this.#add('draw_recovery', -taken, draw.id);
      this.#left.set(draw.id, there - taken);
      missing -= taken;
    }
  }

  /** What is owed beyond what the engine says is forgiven, or never was to go back. */
  #forgive({ owedMinor }: Settlement): void {
    const draws = this.#made.filter(({ type }) => type === 'draw_advance');
    const owed = owedOf(this.#own) + this.#made.reduce((sum, { minor }) => sum + minor, 0n);
    let missing = owed - owedMinor;
    for (const draw of [...draws, ...this.#own.filter(({ type }) => type === 'draw_advance')]) {
      const there = this.#left.get(draw.id) ?? 0n;
      const taken = there < missing ? there : missing;
      if (taken <= 0n) continue;
      this.#add('draw_forgiven', taken, draw.id);
      missing -= taken;
    }
  }

  #carry(change: bigint): void {
    if (change === 0n) return;
    const { next } = this.#ending;
    const of = (type: PayEntryType) =>
      this.#own.findLast(
        (entry) => entry.type === type && entry.origin === this.#ending.period.key,
      );
    const back = change < 0n;
    this.#add('carry_out', change, back ? (of('carry_out')?.id ?? null) : null);
    this.#add('carry_in', -change, back ? (of('carry_in')?.id ?? null) : null, next.key);
  }

  #add(
    type: PayEntryType,
    minor: bigint,
    reverses: string | null = null,
    posting = this.#ending.period.key,
  ): void {
    const { period, book, by } = this.#ending;
    const id = newId('pay');
    const times = this.#own.filter((one) => one.origin === period.key && one.type === type).length;
    const count = this.#made.filter((one) => one.type === type).length;
    this.#made.push({
      ...{ ...EMPTY_ENTRY, id, person: this.#person, currency: book.currency, type, minor },
      ...{ origin: period.key, posting, reverses, by },
      cause: `settle/${period.key}/${this.#person}/${type}/${times + count}`,
    });
    if (minor > 0n && type !== 'draw_forgiven') this.#left.set(id, minor);
  }
}
