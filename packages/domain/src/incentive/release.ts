import type { Ratio } from '../contest/ratio.ts';
import type { ReadyFact } from './credit.ts';
import type { Seat } from './credits.ts';
import { dayOf, LAST_DAY, type Day } from './dates.ts';
import { PLAN_DEFAULTS, type ClawbackBasis, type PlanPay } from './definition.ts';
import { ALL, compare, exact, minus, NONE, over, plus, times, within } from './exact.ts';
import type { IncentiveHold } from './input.ts';
import type { Windows } from './windows.ts';

/** Why a part of a deal's pay is not paid out yet. */
export const HELD_REASONS = ['held', 'unpaid', 'not_invoiced', 'holdback'] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** How much of a deal's pay may be paid out, and what the rest waits for. */
interface Release {
  readonly share: Ratio;
  readonly why: HeldReason;
  /** The first day on which it waits no longer; `null` where no day is set. */
  readonly until: Day | null;
}

/** Which part of a deal's pay may be paid out by the end of a period, 0 to 1. */
export class Releases {
  readonly #deals: ReadonlyMap<string, readonly ReadyFact[]>;
  readonly #holds: ReadonlyMap<string, readonly IncentiveHold[]>;
  readonly #windows: Windows;

  constructor(
    deals: ReadonlyMap<string, readonly ReadyFact[]>,
    holds: readonly IncentiveHold[],
    windows: Windows,
  ) {
    this.#deals = deals;
    this.#windows = windows;
    this.#holds = new Map(
      holds.map(({ deal }) => [deal, holds.filter((one) => one.deal === deal)]),
    );
  }

  /** Whether anything of a payee's is ever paid later than it is earned. */
  waits({ versions }: Seat): boolean {
    const plain = versions.every(({ definition: { pay } }) => {
      return (pay?.on ?? 'close') === 'close' && pay?.holdback === undefined;
    });
    return !plain || this.#holds.size > 0;
  }

  of(deal: string, seat: Seat, period: number): Ratio {
    return this.at(deal, seat, period).share;
  }

  /** The same with what the rest waits for: a hold, then the customer, then days of the plan. */
  at(deal: string, { versions, person }: Seat, period: number): Release {
    const all: Release = { share: ALL, why: 'holdback', until: null };
    const span = this.#windows.periods[Math.min(period, this.#windows.periods.length - 1)];
    if (!span) return all;
    const last = span.to - 1;
    const hold = this.#holds.get(deal)?.find(({ from, to, person: whose }) => {
      const theirs = whose === undefined || whose === person.id;
      return theirs && dayOf(from)! <= last && last < endOf(to);
    });
    if (hold) {
      return { share: NONE, why: 'held', until: hold.to === undefined ? null : endOf(hold.to) };
    }
    const facts = (this.#deals.get(deal) ?? []).filter((fact) => fact.knownOn <= last);
    const begun = Math.min(LAST_DAY, ...facts.map(({ day }) => day));
    const version = versions.find((one) => one.from <= begun && begun < one.to) ?? versions[0];
    const pay = version?.definition.pay ?? PLAN_DEFAULTS.pay;
    const share =
      pay.on === 'close'
        ? ALL
        : paidShare(facts, pay, version?.definition.clawback?.basis ?? 'recompute');
    const kept = 'holdback' in pay && pay.holdback !== undefined ? exact(pay.holdback) : NONE;
    const { hold_days: days } = pay as PlanPay;
    const until = days === undefined ? null : begun + days;
    const open = kept === NONE || (until !== null && last >= until);
    if (compare(share, ALL) < 0) {
      const why = pay.on === 'invoice' ? 'not_invoiced' : 'unpaid';
      return { share: open ? share : times(share, minus(ALL, kept)), why, until: null };
    }
    return open ? all : { share: minus(ALL, kept), why: 'holdback', until };
  }
}

const endOf = (to: string | undefined): Day => (to === undefined ? LAST_DAY : dayOf(to)!);

/**
 * How much of what was booked has been invoiced or paid. Where the pay of a deal becomes smaller
 * with it, so does what was booked; else a reversal has its own line and the deal stays as it was.
 */
function paidShare(
  facts: readonly ReadyFact[],
  { on, proration = 'paid_share' }: { on: string; proration?: string },
  basis: ClawbackBasis,
): Ratio {
  const came = on === 'invoice' ? 'invoiced' : 'paid';
  const sum = (kinds: readonly string[]) =>
    facts
      .filter(({ fact }) => kinds.includes(fact.kind))
      .filter(({ reverses }) => reverses === null || basis === 'recompute')
      .reduce((total, { amount }) => plus(total, amount), NONE);
  const booked = sum(['booked', 'changed', 'credited', 'cancelled']);
  const paid = sum([came]);
  if (proration === 'first') return paid.n > 0n ? ALL : NONE;
  if (booked.n <= 0n) return paid.n > 0n ? ALL : NONE;
  if (proration === 'complete') return compare(paid, booked) >= 0 ? ALL : NONE;
  return within(over(paid, booked), NONE, ALL);
}
