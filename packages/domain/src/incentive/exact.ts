import {
  compareRatios,
  formatRatio,
  minusRatio,
  parseRatio,
  plusRatio,
  timesRatio,
  wholeRatio,
  type Ratio,
} from '../contest/ratio.ts';
import { formatScaled } from '../decimal.ts';

export const NONE: Ratio = wholeRatio(0n);
export const ALL: Ratio = wholeRatio(1n);

/** Numbers in plans and facts: a decimal with at most 18 digits before and 12 after the point. */
const DECIMAL = /^-?\d{1,18}(\.\d{1,12})?$/;
const FRACTION = /^\d{1,9}\/[1-9]\d{0,8}$/;

/** Whether a text is a decimal as plans and facts have them. */
export const isDecimal = (text: unknown): text is string =>
  typeof text === 'string' && DECIMAL.test(text);

/** Whether a text is a share: a decimal or a fraction such as `1/3`, from 0 to 1. */
export function isShare(text: unknown): text is string {
  if (typeof text !== 'string' || !(DECIMAL.test(text) || FRACTION.test(text))) return false;
  const share = parseRatio(text);
  return share.n >= 0n && share.n <= share.d;
}

/** Reads a decimal or a fraction. Throws `RangeError` for anything else. */
export function exact(text: string): Ratio {
  const ratio = parseRatio(text);
  // A whole number written with decimals stays whole: sums of wholes are quick.
  return ratio.d !== 1n && ratio.n % ratio.d === 0n ? wholeRatio(ratio.n / ratio.d) : ratio;
}

/** A decimal in whole units of a currency, in its minor units. */
export function moneyOf(text: string, exponent: number): Ratio {
  const { n, d } = exact(text);
  return reduced({ n: n * 10n ** BigInt(exponent), d });
}

/** In its lowest terms where that is cheap to see, so that long sums stay short. */
function reduced({ n, d }: Ratio): Ratio {
  return d !== 1n && n % d === 0n ? wholeRatio(n / d) : { n, d };
}

export const times = (a: Ratio, b: Ratio): Ratio =>
  a.d === 1n && b.d === 1n ? wholeRatio(a.n * b.n) : reduced(timesRatio(a, b));
export const plus = plusRatio;
export const minus = minusRatio;
export const compare = compareRatios;
export const negated = ({ n, d }: Ratio): Ratio => ({ n: -n, d });
export const least = (a: Ratio, b: Ratio): Ratio => (compare(a, b) <= 0 ? a : b);
export const most = (a: Ratio, b: Ratio): Ratio => (compare(a, b) >= 0 ? a : b);
export const within = (value: Ratio, low: Ratio, high: Ratio): Ratio =>
  most(low, least(value, high));

/** One by another. Throws `RangeError` where the other is nothing: ask before. */
export function over(a: Ratio, b: Ratio): Ratio {
  if (b.n === 0n) throw new RangeError('nothing is divided by zero');
  const [n, d] = [a.n * b.d, a.d * b.n];
  return reduced(d < 0n ? { n: -n, d: -d } : { n, d });
}

export const isNone = ({ n }: Ratio): boolean => n === 0n;

const EXACT_PLACES = 12;

/**
 * An exact number as text: a decimal where twelve places hold it, else a fraction (`1000/3`).
 * `exponent` brings minor units to whole units of the currency.
 */
export function formatExact({ n, d }: Ratio, exponent = 0): string {
  const bottom = d * 10n ** BigInt(exponent);
  const scaled = n * 10n ** BigInt(EXACT_PLACES);
  if (scaled % bottom !== 0n) return formatRatio({ n, d: bottom });
  return formatScaled(scaled / bottom, EXACT_PLACES);
}

/**
 * Spreads a rounded total over parts that add up to about it: each part is cut to its whole units,
 * and what is left goes one unit each to the largest remainders, first of equals first. Parts may
 * have either sign; the negative of all gives the negative of each.
 */
export function spreadOver(total: bigint, parts: readonly Ratio[]): bigint[] {
  const whole = parts.map(({ n, d }) => n / d);
  let left = whole.reduce((sum, part) => sum - part, total);
  if (left === 0n) return whole;
  const sign = left < 0n ? -1n : 1n;
  const remainders = parts.map(({ n, d }, index) => ({ index, rest: { n: (n % d) * sign, d } }));
  remainders.sort((a, b) => compare(b.rest, a.rest) || a.index - b.index);
  for (const { index } of remainders) {
    if (left === 0n) break;
    whole[index]! += sign;
    left -= sign;
  }
  return whole;
}
