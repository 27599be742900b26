import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind, type Score } from '../kind.ts';
import { ruleValue } from '../play.ts';
import { ceilRatio, compareRatios, minusRatio, roundRatio, wholeRatio } from '../ratio.ts';
import type { Instant } from '../../types.ts';

/** A race: who has reached the goal is placed by when, the others follow by how far they are. */
export const firstTo: ContestKind<Extract<ContestRules, { kind: 'first_to' }>> = {
  ties: 'earliest',
  placesNeedGoal: () => true,
  score(play, player) {
    const goal = wholeRatio(ruleValue(play, play.rules.goal));
    const count = countOf(play, player);
    const value = count.value ?? wholeRatio(0n);
    const there = compareRatios(value, goal) >= 0;
    const order = there ? goal : value;
    return plainScore(play, player, count, {
      order,
      score: roundRatio(order),
      reached: there ? 1 : 0,
      reachedAt: there ? count.timeOf(goal) : count.reachedAt,
      gap: there ? null : ceilRatio(minusRatio(goal, value)),
    });
  },
  besides: (_, scores) => ({ decidedAt: firstThrough(scores) }),
};

/** When the first one got there; `null` while nobody has. */
export function firstThrough(scores: readonly Score[]): Instant | null {
  const times = scores.flatMap((one) => (one.placed && one.reached > 0 ? [one.reachedAt] : []));
  return times.length === 0 ? null : Math.min(...times);
}
