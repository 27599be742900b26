import { ok, type Fault, type Result } from '../result.ts';
import type { PersonId } from '../types.ts';
import { IncentiveBook } from './book.ts';
import { inputFaults } from './check-input.ts';
import type { IncentiveFact, IncentiveInput } from './input.ts';
import { MissingRate } from './rates.ts';
import type { IncentiveResult, LedgerDelta, LedgerTarget, PayeeResult } from './result.ts';

export type Refused<T> = Result<T, readonly Fault[]>;

/**
 * What everybody earns and is paid: the one function that pays, previews and answers what-if. A
 * pure function of its input; the order of the input's lists changes nothing. Refused with every
 * fault of the input, and where an exchange rate is missing.
 */
export function calculate(input: IncentiveInput): Refused<IncentiveResult> {
  const opened = openBook(input);
  if (!opened.ok) return opened;
  return guarded(() => opened.value.result());
}

/** The same, open for further facts. */
export function openBook(input: IncentiveInput): Refused<IncentiveBook> {
  const faults = inputFaults(input);
  if (faults.length > 0) return { ok: false, fault: faults };
  return guarded(() => new IncentiveBook(input));
}

export function guarded<T>(make: () => T): Refused<T> {
  try {
    return ok(make());
  } catch (error) {
    if (!(error instanceof MissingRate)) throw error;
    return { ok: false, fault: [{ code: 'no_rate', detail: error.message, pointer: '/rates' }] };
  }
}

/** What somebody would earn more, or less: whole minor units of their currency. */
export interface EarnedWith {
  readonly person: PersonId;
  readonly currency: string;
  readonly exponent: number;
  readonly earnedMinor: bigint;
  readonly payoutMinor: bigint;
}

/**
 * What further facts bring to everybody whom they concern: `f(facts + deal) - f(facts)`. The book
 * is afterwards as it was. An estimate until the period closes.
 */
export function earnedWith(
  book: IncentiveBook,
  facts: readonly IncentiveFact[],
): Refused<EarnedWith[]> {
  return guarded(() => {
    const after: PayeeResult[] = [];
    try {
      for (const person of book.add(facts)) after.push(book.payee(person)!);
    } finally {
      book.drop(facts);
    }
    return after.map((with_) => {
      const { person } = with_;
      const without = book.payee(person)!;
      const { currency, exponent } = with_;
      return {
        person,
        currency,
        exponent,
        earnedMinor: earnedBy(with_) - earnedBy(without),
        payoutMinor: paidTo(with_) - paidTo(without),
      };
    });
  });
}

const earnedBy = ({ periods }: PayeeResult): bigint =>
  periods.reduce((sum, { earnedMinor }) => sum + earnedMinor, 0n);
const paidTo = ({ periods }: PayeeResult): bigint =>
  periods.reduce((sum, { settlement }) => sum + settlement.payoutMinor, 0n);

/**
 * What the ledger lacks: the difference of each origin period's target to what is posted for it,
 * to be posted in `postingPeriod`, the earliest that is open. No difference posts nothing, so doing
 * it twice posts nothing the second time.
 */
export function diffEntries(
  { people }: IncentiveResult,
  posted: readonly LedgerTarget[],
  postingPeriod: string,
): LedgerDelta[] {
  const stands = new Map<string, LedgerTarget>();
  for (const one of posted) {
    const amountMinor = (stands.get(keyOf(one))?.amountMinor ?? 0n) + one.amountMinor;
    stands.set(keyOf(one), { ...one, amountMinor });
  }
  const wanted = new Map<string, LedgerTarget>();
  for (const { targets } of people) for (const one of targets) wanted.set(keyOf(one), one);
  const deltas: LedgerDelta[] = [];
  for (const key of new Set([...wanted.keys(), ...stands.keys()])) {
    const { person, plan, component, originPeriod } = (wanted.get(key) ?? stands.get(key))!;
    const amountMinor = (wanted.get(key)?.amountMinor ?? 0n) - (stands.get(key)?.amountMinor ?? 0n);
    if (amountMinor === 0n) continue;
    const same = originPeriod === postingPeriod;
    const type = same ? 'earning' : amountMinor < 0n ? 'clawback' : 'adjustment';
    deltas.push({ person, plan, component, originPeriod, postingPeriod, amountMinor, type });
  }
  return deltas;
}

const keyOf = ({ person, plan, component, originPeriod }: LedgerTarget): string =>
  [person, plan, component, originPeriod].join('\n');
