import type { Ratio } from '../contest/ratio.ts';
import { partOf, type ReadyFact } from './credit.ts';
import type { CreditSource } from './credits.ts';
import type { PlanClawback } from './definition.ts';
import { ALL, least, minus, NONE, plus, times } from './exact.ts';

/** A deal of somebody that was taken back in a period, in part or whole. */
export interface TakenBack {
  readonly deal: string;
  readonly fact: string;
  /** Which part of the deal. */
  readonly part: Ratio;
  /** How many days after the deal. */
  readonly days: number;
}

/** What is never released any more: `part` of a deal, of which `released` was paid by then. */
export interface Forfeit {
  readonly period: number;
  readonly part: Ratio;
  readonly released: Ratio;
}

/** What deals paid somebody, so that it can be taken back where plans do not recompute. */
export class Clawbacks {
  readonly #taken = new Map<number, TakenBack[]>();
  /** By component, deal and window: what the deal came to there. */
  readonly #paid = new Map<string, Map<string, Ratio>>();
  readonly #forfeits = new Map<string, Forfeit[]>();

  constructor(sources: readonly CreditSource[], known: number) {
    const backs = new Map<ReadyFact, { source: CreditSource; period: number }>();
    const whole = new Map<string, Map<ReadyFact, Ratio>>();
    for (const source of sources) {
      const { deal, kind } = source.fact.fact;
      // Invoices and payments of a deal are the deal over again.
      const again = kind === 'invoiced' || kind === 'paid';
      const facts = whole.get(deal) ?? new Map<ReadyFact, Ratio>();
      whole.set(deal, again ? facts : facts.set(source.fact, source.fact.amount));
      for (const { fact, known: period } of source.reversals) {
        if (period <= known) backs.set(fact, { source, period });
      }
    }
    const left = new Map<string, Ratio>();
    const inOrder = [...backs].sort(
      ([a], [b]) => a.knownOn - b.knownOn || (a.key < b.key ? -1 : 1),
    );
    for (const [fact, { source, period }] of inOrder) {
      const { deal } = source.fact.fact;
      const amounts = [...(whole.get(deal)?.values() ?? [])];
      const amount = amounts.length > 0 ? amounts.reduce(plus) : source.fact.amount;
      const room = left.get(deal) ?? ALL;
      const part = least(partOf(fact, amount), room);
      left.set(deal, minus(room, part));
      const list = this.#taken.get(period) ?? [];
      this.#taken.set(period, list);
      list.push({ deal, fact: fact.key, part, days: fact.day - source.day });
    }
  }

  /** What was taken back in a period. */
  takenIn = (period: number): readonly TakenBack[] => this.#taken.get(period) ?? [];

  /** Keeps what a deal paid in a window of a component. */
  note(component: string, window: string, deal: string, pays: Ratio): void {
    const key = `${component}\n${deal}`;
    const windows = this.#paid.get(key) ?? new Map<string, Ratio>();
    this.#paid.set(key, windows.set(window, pays));
  }

  paid(component: string, deal: string): Ratio {
    const windows = this.#paid.get(`${component}\n${deal}`);
    return windows ? [...windows.values()].reduce(plus, NONE) : NONE;
  }

  forfeit(deal: string, forfeit: Forfeit): void {
    const known = this.#forfeits.get(deal) ?? [];
    if (known.some((one) => one.period === forfeit.period)) return;
    this.#forfeits.set(deal, [...known, forfeit]);
  }

  /** Which part of a deal's pay is released in a period, when so much of the deal is. */
  releasedOf(deal: string, released: Ratio, at: number): Ratio {
    const known = (this.#forfeits.get(deal) ?? []).filter(({ period }) => period <= at);
    return known.reduce(
      (share, { part, released: then }) => minus(share, times(part, minus(released, then))),
      released,
    );
  }
}

/** How much of what a deal paid is taken back by a basis, 0 to 1. */
export function recoverable(
  { basis, window_days: most }: PlanClawback,
  { part, days }: TakenBack,
  released: Ratio,
): Ratio {
  if (basis === 'paid_part') return times(part, released);
  if (basis !== 'prorated_days' || most === undefined) return part;
  const left = BigInt(Math.max(0, most - Math.max(0, days)));
  return times(part, { n: left, d: BigInt(most) });
}
