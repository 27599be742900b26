import type { Instant, Scaled } from './types.ts';

/** One entity's total, before it is ranked; `null` where there is nothing to tell. */
export interface Standing {
  readonly id: string;
  readonly value: Scaled | null;
  readonly reachedAt: Instant;
}

export interface Ranked extends Standing {
  readonly rank: number;
  /** Shares its rank with another; never when whoever got there first has the better rank. */
  readonly tied: boolean;
  /** Missing to the next better rank, never negative; `null` at the top or without a value. */
  readonly gap: Scaled | null;
}

/** Which values lead. */
export type Better = 'higher' | 'lower';

export interface RankRules {
  /** `higher` where nothing is said. */
  readonly better?: Better;
  /** `shared`: equal values share a rank (1, 2, 2, 4). `first`: who got there first is ahead. */
  readonly ties?: 'shared' | 'first';
}

/**
 * Competition ranking (1, 2, 2, 4): equal totals share a rank, so `rank - 1` is always the number
 * ahead. Within a tie whoever got there first is listed first; the id settles what is left, so
 * every screen in the building shows the same order. Those without a value come after all others
 * and share the rank that follows. With `ties: 'first'` the ranks are the places in that order.
 */
export function rankStandings(standings: readonly Standing[], rules: RankRules = {}): Ranked[] {
  const { better = 'higher', ties = 'shared' } = rules;
  const ordered = [...standings].sort(standingOrder(better));
  const gapTo = (ahead: Scaled | null | undefined, own: Scaled | null): Scaled | null => {
    if (ahead === null || ahead === undefined || own === null) return null;
    return better === 'higher' ? ahead - own : own - ahead;
  };
  if (ties === 'first') {
    return ordered.map((standing, index) => {
      const gap = gapTo(ordered[index - 1]?.value, standing.value);
      return { ...standing, rank: index + 1, tied: false, gap };
    });
  }
  let rank = 0;
  let above: Scaled | null | undefined;
  let own: Scaled | null | undefined;
  return ordered.map((standing, index) => {
    if (standing.value !== own) {
      rank = index + 1;
      above = own;
      own = standing.value;
    }
    const tied = [ordered[index - 1], ordered[index + 1]].some(
      (other) => other?.value === standing.value,
    );
    return { ...standing, rank, tied, gap: gapTo(above, standing.value) };
  });
}

/** Better values first, then whoever was there first, then the id: total, as ids differ. */
export function standingOrder(better: Better): (a: Standing, b: Standing) => number {
  return (a, b) => {
    if (a.value !== b.value) return isBetter(a.value, b.value, better) ? -1 : 1;
    if (a.value !== null && a.reachedAt !== b.reachedAt) return a.reachedAt - b.reachedAt;
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  };
}

/** Whether a value is strictly better than another; any is better than none. */
export function isBetter(a: Scaled | null, b: Scaled | null, better: Better): boolean {
  if (a === null || b === null) return a !== null && b === null;
  return better === 'higher' ? a > b : a < b;
}
