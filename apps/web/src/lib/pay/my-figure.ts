/**
 * A decimal text between two others, `share` of the way, with as many digits behind the point as
 * the second has: only to look at, while a figure rolls.
 */
export function between(from: string, to: string, share: number): string {
  if (share >= 1) return to;
  const places = to.split('.')[1]?.length ?? 0;
  const value = Number(from) + (Number(to) - Number(from)) * share;
  return value.toFixed(places);
}
