import { divideHalfAway } from '../metric-value.ts';

/** An exact fraction; the bottom is above zero. It need not be in its lowest terms. */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

export const ONE_TO_ONE: Ratio = { n: 1n, d: 1n };

export const wholeRatio = (n: bigint): Ratio => ({ n, d: 1n });

/** Reads a decimal (`1.25`) or a fraction (`5/4`). Throws `RangeError` for anything else. */
export function parseRatio(text: string): Ratio {
  const found = /^(-?\d+)(?:\.(\d+)|\/(\d+))?$/.exec(text);
  const [, whole = '', decimals, bottom] = found ?? [];
  if (!found || (bottom !== undefined && /^0+$/.test(bottom))) {
    throw new RangeError(`"${text}" is neither a decimal nor a fraction`);
  }
  if (bottom !== undefined) return { n: BigInt(whole), d: BigInt(bottom) };
  if (decimals === undefined) return wholeRatio(BigInt(whole));
  return { n: BigInt(`${whole}${decimals}`), d: 10n ** BigInt(decimals.length) };
}

/** A fraction as text, in its lowest terms: `3/2`, or `3` when it is whole. */
export function formatRatio(ratio: Ratio): string {
  const { n, d } = lowest(ratio);
  return d === 1n ? String(n) : `${n}/${d}`;
}

/** The same in its lowest terms, so that sums of many do not grow without end. */
function lowest({ n, d }: Ratio): Ratio {
  const common = gcd(n < 0n ? -n : n, d);
  return { n: n / common, d: d / common };
}

export function compareRatios(a: Ratio, b: Ratio): number {
  const [left, right] = a.d === b.d ? [a.n, b.n] : [a.n * b.d, b.n * a.d];
  return left < right ? -1 : left > right ? 1 : 0;
}

export const timesRatio = (a: Ratio, b: Ratio): Ratio => ({ n: a.n * b.n, d: a.d * b.d });

export const minusRatio = (a: Ratio, b: Ratio): Ratio =>
  a.d === b.d ? { n: a.n - b.n, d: a.d } : lowest({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });

export const plusRatio = (a: Ratio, b: Ratio): Ratio => minusRatio(a, { n: -b.n, d: b.d });

/** The nearest whole number, halves away from zero. */
export const roundRatio = ({ n, d }: Ratio): bigint => (d === 1n ? n : divideHalfAway(n, d));

/** The greatest whole number that is not above it. */
export function floorRatio({ n, d }: Ratio): bigint {
  const quotient = n / d;
  return n % d !== 0n && n < 0n ? quotient - 1n : quotient;
}

/** The least whole number that is not below it. */
export const ceilRatio = ({ n, d }: Ratio): bigint => -floorRatio({ n: -n, d });

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
