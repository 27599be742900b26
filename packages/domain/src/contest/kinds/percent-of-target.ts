import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';
import { PERCENT_SCALE } from '../../metric.ts';
import { compareRatios, roundRatio, wholeRatio, type Ratio } from '../ratio.ts';
import type { Scaled } from '../../types.ts';

/** What each one has of the own target, in percent. Who has no target has no place. */
export const percentOfTarget: ContestKind<Extract<ContestRules, { kind: 'percent_of_target' }>> = {
  unit: () => ({ kind: 'percent', scale: PERCENT_SCALE }),
  score(play, player) {
    const count = countOf(play, player);
    const { target } = player;
    const { value } = count;
    const order = value === null || target === null || target <= 0n ? null : percent(value, target);
    const there = value !== null && target !== null && target > 0n;
    return plainScore(play, player, count, {
      order,
      score: order === null ? 0n : roundRatio(order),
      reached: there && compareRatios(value, wholeRatio(target)) >= 0 ? 1 : 0,
    });
  },
};

/** A part of a whole in thousandths of a percent, exactly. */
export const percent = ({ n, d }: Ratio, whole: Scaled): Ratio => ({
  n: n * 100n * 10n ** BigInt(PERCENT_SCALE),
  d: d * whole,
});
