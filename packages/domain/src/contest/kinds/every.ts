import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';
import { ruleValue } from '../play.ts';
import { ceilRatio, floorRatio, minusRatio, wholeRatio, type Ratio } from '../ratio.ts';
import type { Scaled } from '../../types.ts';

/** Every so much pays once; `reached` is how often. */
export const every: ContestKind<Extract<ContestRules, { kind: 'every' }>> = {
  score(play, player) {
    const step = ruleValue(play, play.rules.step);
    const count = countOf(play, player);
    return plainScore(play, player, count, timesIn(count.value, step, play.rules.most));
  },
};

/** How often a step is in a value, at most so often, and what is missing to the next time. */
export function timesIn(
  value: Ratio | null,
  step: Scaled,
  most: number = Infinity,
): { reached: number; gap: Scaled | null } {
  const own = value ?? wholeRatio(0n);
  const times = own.n <= 0n ? 0n : floorRatio({ n: own.n, d: own.d * step });
  if (Number(times) >= most) return { reached: most, gap: null };
  const next = wholeRatio((times + 1n) * step);
  return { reached: Number(times), gap: ceilRatio(minusRatio(next, own)) };
}
