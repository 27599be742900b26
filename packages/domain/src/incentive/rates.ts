import type { Ratio } from '../contest/ratio.ts';
import { currencyExponent } from '../currency.ts';
import { dateText, dayOf, type Day } from './dates.ts';
import { ALL, exact, times } from './exact.ts';
import type { IncentiveRate } from './input.ts';

/** A rate that was needed is not there. It ends the calculation: no rate is ever taken to be 1. */
export class MissingRate extends Error {
  readonly from: string;
  readonly to: string;
  readonly on: string;
  override readonly name = 'MissingRate';
  constructor(from: string, to: string, on: string) {
    super(
      `There is no rate from ${from} to ${to} on ${on}: enter one valid on that day or before.`,
    );
    [this.from, this.to, this.on] = [from, to, on];
  }
}

export interface Converted {
  /** Minor units of one currency times this are minor units of the other. */
  readonly factor: Ratio;
  readonly rate: Ratio;
  readonly pair: string;
  readonly on: string;
}

export type Convert = (
  from: string,
  to: string,
  day: Day,
  kind?: 'spot' | 'plan',
) => Converted | null;

interface Dated {
  readonly day: Day;
  readonly rate: Ratio;
}

/** Rates by day; the latest that is valid on a day holds. `null` between equal currencies. */
export function ratesOf(rates: readonly IncentiveRate[]): Convert {
  const byPair = new Map<string, Dated[]>();
  for (const { from, to, kind = 'spot', validOn, rate } of rates) {
    const name = `${kind} ${from}${to}`;
    const list = byPair.get(name) ?? [];
    byPair.set(name, list);
    list.push({ day: dayOf(validOn)!, rate: exact(rate) });
  }
  for (const list of byPair.values()) list.sort((a, b) => a.day - b.day);
  const known = new Map<string, Converted>();
  return (from, to, day, kind = 'spot') => {
    if (from === to) return null;
    const name = `${kind} ${from}${to} ${day}`;
    const had = known.get(name);
    if (had) return had;
    const found = byPair.get(`${kind} ${from}${to}`)?.findLast((one) => one.day <= day);
    if (!found) throw new MissingRate(from, to, dateText(day));
    const made = {
      factor: times(found.rate, minorUnits(from, to)),
      rate: found.rate,
      pair: `${from}${to}`,
      on: dateText(found.day),
    };
    known.set(name, made);
    return made;
  };
}

const minorUnits = (from: string, to: string): Ratio => {
  const [own, other] = [currencyExponent(from) ?? 2, currencyExponent(to) ?? 2];
  const power = 10n ** BigInt(Math.abs(other - own));
  return other === own ? ALL : other > own ? { n: power, d: 1n } : { n: 1n, d: power };
};
