import Fraction from 'fraction.js';
import { parseScaled } from './decimal.ts';
import { refuse, type Result } from './result.ts';

/** Decimals that an exchange rate may have. */
const RATE_SCALE = 12;

/** An exchange rate: a decimal greater than 0, as a whole number of `10 ** -12`. */
export function parseRate(text: string): Result<bigint> {
  const rate = parseScaled(text, RATE_SCALE);
  if (rate.ok && rate.value <= 0n) return refuse('bad_rate', 'A rate is more than 0.');
  return rate;
}

/**
 * Whole minor units of one currency in those of another: exact until it is rounded once, half away
 * from zero. `rate` (of `parseRate`) is in whole units: so many of the other for one of this.
 */
export function convertMinor(
  minor: bigint,
  fromExponent: number,
  rate: bigint,
  toExponent: number,
): bigint {
  const ten = (power: number): bigint => 10n ** BigInt(power);
  const exact = new Fraction(minor * rate * ten(toExponent)).div(
    new Fraction(ten(RATE_SCALE + fromExponent)),
  );
  const doubled = exact.n * 2n + exact.d;
  return exact.s * (doubled / (exact.d * 2n));
}
