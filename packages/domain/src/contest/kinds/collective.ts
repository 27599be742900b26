import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, tiesOf, type ContestKind, type Score } from '../kind.ts';
import { ruleValue } from '../play.ts';
import { ranked } from '../ranking.ts';
import {
  ceilRatio,
  compareRatios,
  minusRatio,
  plusRatio,
  roundRatio,
  wholeRatio,
} from '../ratio.ts';
import type { Ratio } from '../ratio.ts';
import type { Instant } from '../../types.ts';

/** All together to one goal: everybody who took part wins, or nobody. */
export const collective: ContestKind<Extract<ContestRules, { kind: 'collective' }>> = {
  score(play, player) {
    const count = countOf(play, player);
    return plainScore(play, player, count, { value: count.value, growth: count.growth });
  },
  finish(play, scores) {
    const goal = wholeRatio(ruleValue(play, play.rules.goal));
    const total = scores.reduce((sum, { value }) => (value ? plusRatio(sum, value) : sum), NONE);
    const there = compareRatios(total, goal) >= 0;
    const gap = there ? null : ceilRatio(minusRatio(goal, total));
    const reached = scores.map((one) => ({ ...one, gap, reached: there && one.placed ? 1 : 0 }));
    return {
      lines: ranked(reached, tiesOf(play, collective)),
      total: roundRatio(total),
      decidedAt: there ? reachedTogether(scores, goal) : null,
    };
  },
};

const NONE = wholeRatio(0n);

/** From when the sum of all was at least the goal, for the first time. */
function reachedTogether(scores: readonly Score[], goal: Ratio): Instant | null {
  const steps = scores
    .flatMap((score, owner) => (score.growth?.() ?? []).map((grown) => ({ owner, ...grown })))
    .sort((a, b) => a.at - b.at);
  const own = new Map<number, Ratio>();
  let sum = NONE;
  for (const [index, { at, owner, value }] of steps.entries()) {
    sum = plusRatio(sum, minusRatio(value, own.get(owner) ?? NONE));
    own.set(owner, value);
    const over = steps[index + 1]?.at !== at;
    if (over && compareRatios(sum, goal) >= 0) return at;
  }
  return null;
}
