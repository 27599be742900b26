import type { Instant, Scaled } from './types.ts';

/** One entity's total, before it is ranked. */
export interface Standing {
  readonly id: string;
  readonly value: Scaled;
  readonly reachedAt: Instant;
}

export interface Ranked extends Standing {
  readonly rank: number;
  readonly tied: boolean;
  /** What is missing to the next better rank; `null` at the top. */
  readonly gap: Scaled | null;
}

/**
 * Competition ranking (1, 2, 2, 4): equal totals share a rank, so `rank - 1` is always the number
 * ahead. Within a tie whoever got there first is listed first; the id settles what is left, so
 * every screen in the building shows the same order.
 */
export function rankStandings(standings: readonly Standing[]): Ranked[] {
  const ordered = [...standings].sort(byValueThenFirstThere);
  let rank = 0;
  let above: Scaled | null = null;
  let own: Scaled | null = null;
  return ordered.map((standing, index) => {
    if (standing.value !== own) {
      rank = index + 1;
      above = own;
      own = standing.value;
    }
    const tied = [ordered[index - 1], ordered[index + 1]].some(
      (other) => other?.value === standing.value,
    );
    return { ...standing, rank, tied, gap: above === null ? null : above - standing.value };
  });
}

function byValueThenFirstThere(a: Standing, b: Standing): number {
  if (a.value !== b.value) return a.value > b.value ? -1 : 1;
  if (a.reachedAt !== b.reachedAt) return a.reachedAt - b.reachedAt;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
