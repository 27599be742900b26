const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next try: twice as long each time, at random within it so that many
 * clients do not come back at once, and never before the server asked for.
 */
export function waitBefore(tries: number, retryAfterMs: number, random: () => number): number {
  const within = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 20));
  const own = within * random();
  return retryAfterMs > 0 ? retryAfterMs + own / 4 : own;
}

/** `Retry-After` in milliseconds; 0 without one, or where it is a date. */
export function retryAfterOf(header: string | null): number {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : 0;
}
