/** The sum of decimal texts, exactly, with as many digits behind the point as the longest has. */
export function sumOf(amounts: readonly string[]): string {
  const places = Math.max(0, ...amounts.map((text) => (text.split('.')[1] ?? '').length));
  const minor = amounts.reduce((all, text) => {
    const [head = '0', tail = ''] = text.split('.');
    return all + BigInt(`${head}${tail.padEnd(places, '0')}`);
  }, 0n);
  const digits = String(minor < 0n ? -minor : minor).padStart(places + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (places === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** One decimal text less another, exactly. */
export const lessOf = (one: string, other: string): string =>
  sumOf([one, other.startsWith('-') ? other.slice(1) : `-${other}`]);
