/**
 * Rows keep their places while somebody points at them or works in them: the order that is shown
 * stays, rows that left it go, new ones wait at the end, and it says how many would move.
 */
export function holdOrder(
  shown: readonly string[],
  fresh: readonly string[],
): { readonly order: readonly string[]; readonly waiting: number } {
  const present = new Set(fresh);
  const kept = shown.filter((id) => present.has(id));
  const known = new Set(kept);
  const order = [...kept, ...fresh.filter((id) => !known.has(id))];
  const waiting = order.filter((id, place) => fresh[place] !== id).length;
  return { order, waiting };
}
