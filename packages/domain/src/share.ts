import Fraction from 'fraction.js';
import { ok, refuse, type Result } from './result.ts';

/** A credit share: an exact fraction between 0 and 1, as integers. */
export interface Share {
  readonly n: bigint;
  readonly d: bigint;
}

const FORM = /^(?:0|1|0?\.\d{1,9}|1\.0{1,9}|\d{1,6}\/\d{1,6})$/;

/** `"0.7"`, `"1"` or `"1/3"`: greater than 0 and at most 1. */
export function parseShare(text: string): Result<Share> {
  if (!FORM.test(text) || /\/0+$/.test(text)) {
    return refuse('bad_share', 'A share is a decimal or a fraction such as "0.7" or "1/3".');
  }
  const value = new Fraction(text);
  if (value.compare(0) <= 0 || value.compare(1) > 0) {
    return refuse('bad_share', 'A share is more than 0 and at most 1.');
  }
  return ok({ n: value.n, d: value.d });
}

/** Whether the shares add up to exactly 1. */
export function sharesMakeWhole(shares: readonly Share[]): boolean {
  const sum = shares.map(toFraction).reduce((total, share) => total.add(share), new Fraction(0));
  return sum.equals(1);
}

/** Whole weights in the same proportions, for `allocate`. */
export function weightsOf(shares: readonly Share[]): bigint[] {
  const common = shares.reduce((lcm, share) => (lcm / gcd(lcm, share.d)) * share.d, 1n);
  return shares.map((share) => (share.n * common) / share.d);
}

const toFraction = (share: Share): Fraction => new Fraction(share.n).div(new Fraction(share.d));

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
