import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { orderOf, plainScore, type ContestKind } from '../kind.ts';
import { ruleValue } from '../play.ts';
import { ceilRatio, compareRatios, minusRatio, wholeRatio } from '../ratio.ts';

/** Everybody who reaches the goal wins; less is asked of what is better lower. */
export const allWhoReach: ContestKind<Extract<ContestRules, { kind: 'all_who_reach' }>> = {
  score(play, player) {
    const goal = orderOf(play, wholeRatio(ruleValue(play, play.rules.goal)))!;
    const count = countOf(play, player);
    const order = orderOf(play, count.value);
    const there = order !== null && count.credits > 0 && compareRatios(order, goal) >= 0;
    return plainScore(play, player, count, {
      reached: there ? 1 : 0,
      gap: there || order === null ? null : ceilRatio(minusRatio(goal, order)),
    });
  },
};
