import type { Ratio } from '../contest/ratio.ts';
import { currencyExponent } from '../currency.ts';
import type { PersonId } from '../types.ts';
import { dayOf, type Day } from './dates.ts';
import {
  ALL,
  compare,
  exact,
  formatExact,
  isNone,
  minus,
  moneyOf,
  NONE,
  over,
  plus,
  times,
} from './exact.ts';
import type { IncentiveFact } from './input.ts';

/** A fact with its numbers read. */
export interface ReadyFact {
  readonly fact: IncentiveFact;
  readonly key: string;
  readonly day: Day;
  /** When it was known: not before it took effect. */
  readonly knownOn: Day;
  /** Minor units of its own currency. */
  readonly amount: Ratio;
  readonly units: Ratio;
  readonly reverses: ReadyFact | null;
}

/** One payee's part of a fact, on one plan, as it stands when it is looked at. */
export interface Credit {
  readonly fact: ReadyFact;
  readonly person: PersonId;
  readonly role: 'direct' | 'overlay' | 'rollup';
  /** 0 for own credit, else how many levels below it was made. */
  readonly level: number;
  readonly share: Ratio;
  readonly quotaShare: Ratio;
  /** The anchor date of the plan: what it counts for. */
  readonly day: Day;
  /** The whole fact's, reversals taken off: minor units of the plan's currency. */
  readonly amount: Ratio;
  readonly units: Ratio;
  /** Whether anything of it is left. */
  readonly stands: boolean;
  /** Which part of it is left. */
  readonly left: Ratio;
  /** As it was before anything was taken back. */
  readonly whole: { readonly amount: Ratio; readonly units: Ratio };
  readonly fx: { readonly pair: string; readonly on: string; readonly rate: Ratio } | null;
}

/** What a field of a fact says: its own fields, then its attributes. */
export function fieldOf({ fact: { fact }, role }: Credit, name: string): string | undefined {
  if (name === 'kind') return fact.kind;
  if (name === 'role') return role;
  if (name === 'source') return fact.source;
  if (name === 'currency') return fact.currency;
  if (name === 'amount') return fact.amount;
  if (name === 'units') return fact.units;
  const value = fact.attributes?.[name];
  return value === undefined ? undefined : String(value);
}

/** Reads facts of one deal: the greatest version of each, reversals with what they take back. */
export function readyDeal(facts: readonly IncentiveFact[], asOf: Day): ReadyFact[] {
  const latest = new Map<string, IncentiveFact>();
  for (const fact of facts) {
    if (dayOf(fact.recordedOn ?? fact.effectiveOn)! > asOf) continue;
    const key = keyOf(fact);
    const known = latest.get(key);
    if (known && (known.version ?? 0) >= (fact.version ?? 0)) continue;
    latest.set(key, fact);
  }
  const read = new Map<string, ReadyFact>();
  const list = [...latest.values()].sort(inFactOrder);
  for (const fact of list) {
    if (fact.reverses === undefined) read.set(keyOf(fact), readyFact(fact, null));
  }
  for (const fact of list) {
    if (fact.reverses === undefined) continue;
    const of = read.get(keyOf({ source: fact.source, sourceId: fact.reverses })) ?? null;
    read.set(keyOf(fact), readyFact(fact, of));
  }
  return [...read.values()];
}

export const keyOf = ({ source, sourceId }: Pick<IncentiveFact, 'source' | 'sourceId'>): string =>
  `${source}/${sourceId}`;

function readyFact(fact: IncentiveFact, reverses: ReadyFact | null): ReadyFact {
  const day = dayOf(fact.effectiveOn)!;
  const exponent = currencyExponent(fact.currency ?? '') ?? 2;
  return {
    fact,
    key: keyOf(fact),
    day,
    knownOn: Math.max(day, dayOf(fact.recordedOn ?? fact.effectiveOn)!),
    amount: fact.amount === undefined ? NONE : moneyOf(fact.amount, exponent),
    units: fact.units === undefined ? NONE : exact(fact.units),
    reverses,
  };
}

/** The order of deals on the line: not configurable, so that batches change nothing. */
export function inFactOrder(a: IncentiveFact, b: IncentiveFact): number {
  return (
    byText(a.effectiveOn, b.effectiveOn) ||
    byText(a.occurredAt ?? '', b.occurredAt ?? '') ||
    byText(a.source, b.source) ||
    byText(a.sourceId, b.sourceId)
  );
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is left of a fact when some of its reversals are known. */
export function leftOf(
  fact: Pick<ReadyFact, 'amount' | 'units'>,
  reversals: readonly ReadyFact[],
): Pick<Credit, 'amount' | 'units' | 'stands' | 'left'> {
  let { amount, units } = fact;
  let gone = false;
  for (const reversal of reversals) {
    const all = reversal.fact.kind === 'cancelled' && reversal.fact.amount === undefined;
    gone ||= all;
    amount = minus(amount, sized(reversal.amount, amount));
    units = minus(units, sized(reversal.units, units));
  }
  if (isNone(amount) && !isNone(fact.amount)) gone = true;
  if (gone) return { amount: NONE, units: NONE, stands: false, left: NONE };
  const left = isNone(fact.amount) ? ALL : over(amount, fact.amount);
  // Units that a reversal does not name go with the money.
  const named = reversals.some((one) => !isNone(one.units));
  return { amount, units: named ? units : times(fact.units, left), stands: true, left };
}

/** As much of a reversal as is still there, in the direction of what it takes back. */
function sized(reversal: Ratio, of: Ratio): Ratio {
  const size = reversal.n < 0n ? { n: -reversal.n, d: reversal.d } : reversal;
  const whole = of.n < 0n ? { n: -of.n, d: of.d } : of;
  const taken = compare(size, whole) > 0 ? whole : size;
  return of.n < 0n ? { n: -taken.n, d: taken.d } : taken;
}

/** Which part of a fact a reversal takes back, 0 to 1. */
export function partOf(reversal: ReadyFact, whole: Ratio): Ratio {
  const cancelsAll = reversal.fact.kind === 'cancelled' && reversal.fact.amount === undefined;
  if (cancelsAll || isNone(whole)) return ALL;
  return over(sized(reversal.amount, whole), whole);
}

export const sumOf = (values: readonly Ratio[]): Ratio => values.reduce(plus, NONE);
export { formatExact };
