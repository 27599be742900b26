import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';
import { ruleValue } from '../play.ts';
import { ceilRatio, compareRatios, minusRatio, wholeRatio } from '../ratio.ts';

/** Rising steps; `reached` is the number of the last one that was passed. */
export const tiers: ContestKind<Extract<ContestRules, { kind: 'tiers' }>> = {
  score(play, player) {
    const steps = play.rules.steps.map((step) => wholeRatio(ruleValue(play, step)));
    const count = countOf(play, player);
    const value = count.value ?? wholeRatio(0n);
    const next = steps.findIndex((step) => compareRatios(value, step) < 0);
    return plainScore(play, player, count, {
      reached: next < 0 ? steps.length : next,
      gap: next < 0 ? null : ceilRatio(minusRatio(steps[next]!, value)),
    });
  },
};
