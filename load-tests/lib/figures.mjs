/** A quantile of numbers, by nearest rank. */
export function quantile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const rounded = (value, digits = 1) => Number(value.toFixed(digits));

/** p50 and p99 under one name. */
export const spread = (name, numbers) => ({
  [`${name}P50Ms`]: rounded(quantile(numbers, 0.5)),
  [`${name}P99Ms`]: rounded(quantile(numbers, 0.99)),
});

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
