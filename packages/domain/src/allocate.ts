/**
 * Splits a whole amount by whole weights, to the last unit (largest remainder, Hare quota): each
 * part is the exact share rounded toward zero, and what is left goes one unit each to the largest
 * remainders, first of equals first. The parts add up to the amount; `allocate(-x) = -allocate(x)`.
 */
export function allocate(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) {
    throw new RangeError('weights are whole, not negative, and not all zero');
  }
  const sign = amount < 0n ? -1n : 1n;
  const whole = amount * sign;
  const parts = weights.map((weight) => (whole * weight) / total);
  const remainder = (index: number): bigint => (whole * weights[index]!) % total;
  const left = Number(whole - parts.reduce((sum, part) => sum + part, 0n));
  const byRemainder = parts
    .map((_, index) => index)
    .sort((a, b) => compare(remainder(b), remainder(a)) || a - b);
  for (const index of byRemainder.slice(0, left)) parts[index]! += 1n;
  return parts.map((part) => part * sign);
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
