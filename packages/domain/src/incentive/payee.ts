import { roundRatio, type Ratio } from '../contest/ratio.ts';
import { currencyExponent } from '../currency.ts';
import { creditAt, onceEach, type CreditSource, type Seat } from './credits.ts';
import { PayeeRun, type RunContext, type RunResult } from './evaluate.ts';
import { dateText } from './dates.ts';
import { ALL, minus, NONE, plus, times } from './exact.ts';
import type { IncentiveInput, IncentivePosted } from './input.ts';
import type { ReadyVersion } from './prepared.ts';
import type { HeldReason, Releases } from './release.ts';
import type { LedgerDelta, LedgerTarget, PayeeResult, PayPeriod } from './result.ts';
import type { Figure } from './run-state.ts';
import { settle, type SettlementStep } from './settle.ts';

export interface PayeeContext extends RunContext {
  readonly input: IncentiveInput;
  readonly releases: Releases;
  /** Whether what was known later may change anybody's earlier periods. */
  readonly poolsAreLate: boolean;
  readonly factor: (seat: Seat, version: ReadyVersion, period: number) => Ratio;
}

/** Sources of one seat in their order, each order line once where the plan says so. */
export function orderedSources(sources: readonly CreditSource[], seat: Seat): CreditSource[] {
  const mine = sources.filter((one) => one.seat === seat);
  const additive = seat.versions.some(({ definition }) => definition.rollup === 'additive');
  const once = seat.team && !additive ? onceEach(mine) : mine;
  return once.sort(inOrder);
}

function inOrder(a: CreditSource, b: CreditSource): number {
  if (a.day !== b.day) return a.day - b.day;
  const [x, y] = [a.fact.fact, b.fact.fact];
  return (
    byText(x.occurredAt ?? '', y.occurredAt ?? '') ||
    byText(x.source, y.source) ||
    byText(x.sourceId, y.sourceId) ||
    a.level - b.level ||
    byText(a.credit.role, b.credit.role)
  );
}
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Everything about one payee: figures by origin period, entries by posting period, payouts. */
export function payeeResult(
  seats: readonly Seat[],
  sources: readonly CreditSource[],
  context: PayeeContext,
): PayeeResult {
  const { person } = seats[0]!;
  const { periods } = context.windows;
  const bySeat = seats.map((seat) => ({ seat, sources: orderedSources(sources, seat) }));
  const last = periods.length - 1;
  const late = context.poolsAreLate || sources.some(comesLate);
  const waits = seats.some((seat) => context.releases.waits(seat));
  const runAt = (known: number): [Seat, RunResult][] =>
    bySeat.map(({ seat, sources: own }) => [seat, new PayeeRun(seat, own, context, known).run()]);
  const final = runAt(last);
  const { posted: known = [] } = context.input;
  const closed = context.input.periods.some((one) => one.closed);
  const everything = late || waits || closed || known.length > 0;
  const ledger = new Ledger(person.id, context);
  const posted = periods.map((_, period) => {
    const runs = late ? runAt(period) : final;
    return ledger.post(period, wantedAt(runs, period, everything, context), everything);
  });
  const settled = settle(posted.map(stepOf(context, person.id)), openingOf(context, person.id), {
    seats,
    windows: context.windows,
    factor: (version, period) => context.factor(seats[0]!, version, period),
  });
  const figures = final.flatMap(([, run]) => run.figures);
  const held = heldAt(final, waits, context);
  const { currency } = seats[0]!;
  return {
    person: person.id,
    currency,
    exponent: currencyExponent(currency) ?? 2,
    credits: bySeat.flatMap(({ sources: own }) => own.flatMap((one) => creditShown(one, last))),
    periods: periods.map((_, index): PayPeriod => {
      const own = figures.filter(({ period }) => period === index);
      return {
        period: context.input.periods[index]!.id,
        figures: own,
        earnedMinor: own.reduce((sum, { minor }) => sum + minor, 0n),
        heldMinor: held[index]!,
        entries: posted[index]!,
        settlement: settled[index]!,
      };
    }),
    refusals: final.flatMap(([, run]) => run.refusals),
    targets: wantedAt(final, last, true, context).map((one) => ({ person: person.id, ...one })),
  };
}

/** Whether something was known in a later period than the one that it counts for. */
const comesLate = ({ origin, known, reversals }: CreditSource): boolean =>
  known > origin || reversals.some((one) => one.known > origin);

function creditShown(source: CreditSource, last: number): PayeeResult['credits'] {
  const { version, origin } = source;
  if (source.known > last || origin < 0) return [];
  const recompute = (version.definition.clawback?.basis ?? 'recompute') === 'recompute';
  return [creditAt(source, last, recompute)];
}

type Wanted = Omit<LedgerTarget, 'person'>;

/** What should stand in the ledger when a period ends: what is earned and released by then. */
function wantedAt(
  runs: readonly (readonly [Seat, RunResult])[],
  period: number,
  everything: boolean,
  context: PayeeContext,
): Wanted[] {
  return runs.flatMap(([seat, { figures, clawbacks }]) =>
    figures
      .filter((one) => (everything ? one.period <= period : one.period === period))
      .map((figure) => ({
        plan: figure.plan,
        component: figure.component,
        originPeriod: context.input.periods[figure.period]!.id,
        amountMinor: releasedOf(figure, seat, period, context, (deal, share) =>
          clawbacks.releasedOf(deal, share, period),
        ),
      })),
  );
}

/** What of a figure is released by the end of a period: whole minor units. */
function releasedOf(
  { lines, minor }: Figure,
  seat: Seat,
  period: number,
  context: PayeeContext,
  forfeited: (deal: string, share: Ratio) => Ratio,
): bigint {
  if (!context.releases.waits(seat)) return minor;
  const parts = lines.map((line) => {
    const whole = { n: line.minor, d: 1n };
    if (line.deal === null || line.by === 'clawback') return whole;
    return times(whole, forfeited(line.deal, context.releases.of(line.deal, seat, period)));
  });
  return roundRatio(parts.reduce(plus, NONE));
}

/** What is earned up to the end of each period and not released. */
function heldAt(
  runs: readonly (readonly [Seat, RunResult])[],
  waits: boolean,
  context: PayeeContext,
): bigint[] {
  return context.windows.periods.map((_, period) => {
    if (!waits) return 0n;
    const earned = runs
      .flatMap(([, { figures }]) => figures)
      .reduce((sum, one) => (one.period <= period ? sum + one.minor : sum), 0n);
    const released = wantedAt(runs, period, true, context);
    return released.reduce((sum, { amountMinor }) => sum - amountMinor, earned);
  });
}

/** A deal whose pay is earned and not released when a period ends; whole minor units. */
export interface HeldDeal {
  readonly deal: string;
  readonly minor: bigint;
  readonly why: HeldReason;
  /** The first date on which it waits no longer; `null` where none is set. */
  readonly until: string | null;
}

/** What of a payee's deals is held when a period ends, and why; rounded for each deal. */
export function heldDeals(
  seats: readonly Seat[],
  sources: readonly CreditSource[],
  context: PayeeContext,
  period: number,
): HeldDeal[] {
  const { releases } = context;
  const last = context.windows.periods.length - 1;
  const held = new Map<string, HeldDeal & { exact: Ratio }>();
  for (const seat of seats.filter((one) => releases.waits(one))) {
    const run = new PayeeRun(seat, orderedSources(sources, seat), context, last).run();
    const lines = run.figures.filter((one) => one.period <= period).flatMap((one) => one.lines);
    for (const { deal, by, minor } of lines) {
      if (deal === null || by === 'clawback') continue;
      const { share, why, until } = releases.at(deal, seat, period);
      const rest = minus(ALL, run.clawbacks.releasedOf(deal, share, period));
      const exact = plus(held.get(deal)?.exact ?? NONE, times({ n: minor, d: 1n }, rest));
      const on = until === null ? null : dateText(until);
      held.set(deal, { deal, exact, minor: roundRatio(exact), why, until: on });
    }
  }
  return [...held.values()]
    .filter(({ minor }) => minor !== 0n)
    .map(({ deal, minor, why, until }) => ({ deal, minor, why, until }));
}

const openingOf = ({ input }: PayeeContext, person: string) => {
  const found = input.openings?.find((one) => one.person === person);
  return { balanceMinor: found?.balanceMinor ?? 0n, owedMinor: found?.owedMinor ?? 0n };
};

const stepOf =
  ({ input }: PayeeContext, person: string) =>
  (entries: readonly LedgerDelta[], period: number): SettlementStep => {
    const { id } = input.periods[period]!;
    const of = (back: boolean) =>
      entries
        .filter(({ type }) => (type === 'clawback') === back)
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const adjustmentsMinor = (input.adjustments ?? [])
      .filter((one) => one.person === person && one.period === id)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    return { period, earnedMinor: of(false), clawbackMinor: of(true), adjustmentsMinor };
  };

/** The ledger of one payee, posted period by period: only differences, only where it is open. */
class Ledger {
  readonly #stands = new Map<string, { wanted: Wanted; minor: bigint }>();
  readonly #person: string;
  readonly #context: PayeeContext;
  readonly #posted: readonly IncentivePosted[];

  constructor(person: string, context: PayeeContext) {
    [this.#person, this.#context] = [person, context];
    this.#posted = (context.input.posted ?? []).filter((one) => one.person === person);
  }

  /** `everything`: what is not wanted any more is taken back. */
  post(period: number, wanted: readonly Wanted[], everything: boolean): LedgerDelta[] {
    const { id, closed } = this.#context.input.periods[period]!;
    const before = this.#posted.filter((one) => one.postingPeriod === id);
    const entries = before.map(({ plan, component, originPeriod, amountMinor }) => {
      const of = { plan, component, originPeriod };
      return this.#add({ ...of, amountMinor }, id, amountMinor);
    });
    if (closed) return entries.filter(({ amountMinor }) => amountMinor !== 0n);
    const seen = new Set<string>();
    for (const one of wanted) {
      const key = keyOf(one);
      seen.add(key);
      const change = one.amountMinor - (this.#stands.get(key)?.minor ?? 0n);
      if (change !== 0n) entries.push(this.#add(one, id, change));
    }
    if (!everything) return entries;
    // What was posted and is no longer earned at all.
    for (const [key, { wanted: one, minor }] of this.#stands) {
      const known = this.#context.input.periods.findIndex(({ id: of }) => of === one.originPeriod);
      if (seen.has(key) || minor === 0n || known > period) continue;
      entries.push(this.#add(one, id, -minor));
    }
    return entries;
  }

  #add(one: Wanted, postingPeriod: string, amountMinor: bigint): LedgerDelta {
    const key = keyOf(one);
    const minor = (this.#stands.get(key)?.minor ?? 0n) + amountMinor;
    this.#stands.set(key, { wanted: one, minor });
    const { plan, component, originPeriod } = one;
    const same = originPeriod === postingPeriod;
    const type = same ? 'earning' : amountMinor < 0n ? 'clawback' : 'adjustment';
    const of = { person: this.#person, plan, component, originPeriod, postingPeriod };
    return { ...of, amountMinor, type };
  }
}

const keyOf = ({ plan, component, originPeriod }: Wanted): string =>
  `${plan}\n${component}\n${originPeriod}`;
