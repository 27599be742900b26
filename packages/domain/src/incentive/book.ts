import type { Ratio } from '../contest/ratio.ts';
import type { PersonId } from '../types.ts';
import { readyDeal, type ReadyFact } from './credit.ts';
import {
  creditsOfDeal,
  type CreditContext,
  type CreditSource,
  type DealCredits,
  type Exclusion,
  type Seat,
} from './credits.ts';
import { dayOf, LAST_DAY, type Day } from './dates.ts';
import { PLAN_DEFAULTS } from './definition.ts';
import { PayeeRun } from './evaluate.ts';
import { ALL, NONE } from './exact.ts';
import type { IncentiveFact, IncentiveInput } from './input.ts';
import {
  heldDeals,
  orderedSources,
  payeeResult,
  type HeldDeal,
  type PayeeContext,
} from './payee.ts';
import { readyPlan, type ReadyVersion } from './prepared.ts';
import { QuotaBook, spanOf } from './quota.ts';
import { ratesOf } from './rates.ts';
import { Releases } from './release.ts';
import type { IncentiveResult, PayeeResult } from './result.ts';
import { windowsOf } from './windows.ts';

/**
 * Everything that pay follows from, read once. It answers for everybody or for one, and takes
 * further facts, which touch only those who have a part in their deal: the same as beginning again.
 * The input has to be without faults (`inputFaults`); throws `MissingRate`.
 */
export class IncentiveBook {
  readonly #input: IncentiveInput;
  readonly #asOf: Day;
  readonly #facts = new Map<string, IncentiveFact[]>();
  readonly #deals = new Map<string, ReadyFact[]>();
  readonly #credits = new Map<string, DealCredits>();
  readonly #seats = new Map<PersonId, Seat[]>();
  readonly #byPayee = new Map<PersonId, Map<string, CreditSource[]>>();
  readonly #creditContext: CreditContext;
  readonly #context: Omit<PayeeContext, 'poolsAreLate'>;
  readonly #pools: boolean;
  readonly #everybody = new Map<string, readonly (readonly [string, Ratio])[]>();

  constructor(input: IncentiveInput) {
    this.#input = input;
    this.#asOf = input.asOf === undefined ? LAST_DAY : dayOf(input.asOf)!;
    const windows = windowsOf(input);
    const convert = ratesOf(input.rates);
    const people = new Map(input.people.map((person) => [person.id, person]));
    this.#takeSeats();
    const seats = [...this.#seats.values()].flat();
    const anyTeam = seats.some(({ team }) => team);
    this.#creditContext = { people, seats: this.#seats, windows, convert, anyTeam };
    this.#pools = has(seats, (kind) => kind === 'pool');
    const releases = new Releases(this.#deals, input.holds ?? [], windows);
    const payoutDay = (period: number, { definition }: ReadyVersion): Day => {
      const { paidOn } = input.periods[period]!;
      const span = windows.periods[period]!;
      const policy = definition.fx?.payout ?? PLAN_DEFAULTS.fx.payout;
      return policy === 'anchor' || paidOn === undefined ? span.to - 1 : dayOf(paidOn)!;
    };
    this.#context = {
      input,
      windows,
      convert,
      releases,
      payoutDay,
      quotas: new QuotaBook(input.quotas),
      released: (deal, seat, period) => releases.of(deal, seat, period),
      everybody: (seat, measure, period, known) => this.#all(seat, measure, period, known),
      factor: ({ currency }, version, period) =>
        convert(version.definition.currency, currency, payoutDay(period, version))?.factor ?? ALL,
      traced: input.trace ?? true,
    };
    for (const fact of input.facts) {
      const list = this.#facts.get(fact.deal);
      if (list) list.push(fact);
      else this.#facts.set(fact.deal, [fact]);
    }
    for (const deal of this.#facts.keys()) this.#take(deal);
  }

  #takeSeats(): void {
    const plans = new Map(this.#input.plans.map((plan) => [plan.id, readyPlan(plan)]));
    const people = new Map(this.#input.people.map((person) => [person.id, person]));
    for (const assignment of this.#input.assignments) {
      const person = people.get(assignment.person);
      const versions = plans.get(assignment.plan);
      if (!person || !versions?.[0]) continue;
      const list = this.#seats.get(person.id) ?? [];
      this.#seats.set(person.id, list);
      const currency = person.currency ?? list[0]?.currency ?? versions[0].definition.currency;
      const team = versions.some(({ sums }) => sums.some((measure) => measure.team));
      list.push({ ...spanOf(assignment), person, assignment, versions, team, currency });
    }
  }

  /** Reads a deal anew: whoever had a part in it, or has one now. */
  #take(deal: string): Set<PersonId> {
    const touched = new Set<PersonId>();
    for (const { seat } of this.#credits.get(deal)?.sources ?? []) touched.add(seat.person.id);
    for (const person of touched) this.#byPayee.get(person)?.delete(deal);
    const ready = readyDeal(this.#facts.get(deal) ?? [], this.#asOf);
    this.#deals.set(deal, ready);
    const made = creditsOfDeal(ready, this.#creditContext);
    this.#credits.set(deal, made);
    for (const source of made.sources) {
      const { id } = source.seat.person;
      touched.add(id);
      const deals = this.#byPayee.get(id) ?? new Map<string, CreditSource[]>();
      this.#byPayee.set(id, deals);
      const list = deals.get(deal);
      if (list) list.push(source);
      else deals.set(deal, [source]);
    }
    return touched;
  }

  /** What is known of a deal, in no order. */
  factsOf(deal: string): readonly IncentiveFact[] {
    return this.#facts.get(deal) ?? [];
  }

  /** Takes further facts, or newer versions of known ones; whom they may concern. */
  add(facts: readonly IncentiveFact[]): PersonId[] {
    return this.swap([], facts);
  }

  /** Takes facts back that were taken: these very objects. */
  drop(facts: readonly IncentiveFact[]): void {
    this.swap(facts, []);
  }

  /**
   * Takes facts in place of others that were taken; whom it may concern. Afterwards it is what one
   * is that was opened with the facts of now. Throws `MissingRate`, and is of no use after that.
   */
  swap(gone: readonly IncentiveFact[], came: readonly IncentiveFact[]): PersonId[] {
    for (const fact of gone) {
      const list = this.#facts.get(fact.deal) ?? [];
      const at = list.lastIndexOf(fact);
      if (at >= 0) list.splice(at, 1);
    }
    for (const fact of came) {
      const list = this.#facts.get(fact.deal);
      if (list) list.push(fact);
      else this.#facts.set(fact.deal, [fact]);
    }
    this.#everybody.clear();
    const touched = new Set<PersonId>();
    for (const deal of new Set([...gone, ...came].map((fact) => fact.deal))) {
      for (const person of this.#take(deal)) touched.add(person);
    }
    return this.#pools && touched.size > 0 ? [...this.#seats.keys()] : [...touched];
  }

  /** What one payee earns and is paid; `undefined` for who is on no plan. */
  payee(person: PersonId): PayeeResult | undefined {
    const seats = this.#seats.get(person);
    if (!seats) return undefined;
    const sources = [...(this.#byPayee.get(person)?.values() ?? [])].flat();
    return payeeResult(seats, sources, { ...this.#context, poolsAreLate: this.#poolsAreLate() });
  }

  /** What of somebody's deals is earned and held when a period ends, and what it waits for. */
  held(person: PersonId, period: string): HeldDeal[] {
    const seats = this.#seats.get(person) ?? [];
    const sources = [...(this.#byPayee.get(person)?.values() ?? [])].flat();
    const at = this.#input.periods.findIndex(({ id }) => id === period);
    return heldDeals(seats, sources, { ...this.#context, poolsAreLate: false }, at);
  }

  /** Everybody on a plan, in the order of their ids. */
  result(): IncentiveResult {
    const ids = [...this.#seats.keys()].sort();
    return { people: ids.map((id) => this.payee(id)!), excluded: this.excluded() };
  }

  /** Facts that pay somebody nothing, and why. */
  excluded(): Exclusion[] {
    return [...this.#credits.values()].flatMap((one) => one.excluded);
  }

  #poolsAreLate(): boolean {
    if (!this.#pools) return false;
    return [...this.#credits.values()].some(({ sources }) =>
      sources.some(
        ({ origin, known, reversals }) =>
          known > origin || reversals.some((one) => one.known > origin),
      ),
    );
  }

  /** What everybody on a plan has in a measure; without a measure, one each. */
  #all(seat: Seat, measure: string, period: number, known: number) {
    const { plan } = seat.assignment;
    const key = `${plan}\n${measure}\n${period}\n${known}`;
    const had = this.#everybody.get(key);
    if (had) return had;
    const span = this.#context.windows.periods[period]!;
    const made = [...this.#seats]
      .flatMap(([id, seats]) =>
        seats
          .filter((one) => one.assignment.plan === plan)
          .filter(({ from, to }) => from < span.to && span.from < to)
          .map((one) => [id, one] as const),
      )
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([id, one]): readonly [string, Ratio] => {
        if (measure === '') return [id, ALL];
        const sources = [...(this.#byPayee.get(id)?.values() ?? [])].flat();
        const own = orderedSources(sources, one);
        if (own.length === 0) return [id, NONE];
        const run = new PayeeRun(one, own, { ...this.#context }, known);
        return [id, run.measuresAt(period, measure)];
      });
    this.#everybody.set(key, made);
    return made;
  }
}

const has = (seats: readonly Seat[], wanted: (kind: string) => boolean): boolean =>
  seats.some(({ versions }) =>
    versions.some(({ definition }) => definition.components.some(({ kind }) => wanted(kind))),
  );
