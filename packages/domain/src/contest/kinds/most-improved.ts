import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';
import { PERCENT_SCALE } from '../../metric.ts';
import type { Play, Player } from '../play.ts';
import { minusRatio, roundRatio, wholeRatio, type Ratio } from '../ratio.ts';
import { percent } from './percent-of-target.ts';

type Rules = Extract<ContestRules, { kind: 'most_improved' }>;

/**
 * What each one has beyond the own usual, as an amount or in percent of it. Who has no usual, or
 * is no better than it, has no place.
 */
export const mostImproved: ContestKind<Rules> = {
  unit: ({ rules, counted }) =>
    rules.by === 'percent' ? { kind: 'percent', scale: PERCENT_SCALE } : counted.unit,
  score(play, player) {
    const count = countOf(play, player);
    const order = gainOf(play, player, count.value);
    const plain = plainScore(play, player, count, {
      order,
      score: order === null ? 0n : roundRatio(order),
    });
    return { ...plain, placed: plain.placed && order !== null && order.n > 0n };
  },
};

function gainOf(play: Play<Rules>, { baseline }: Player, value: Ratio | null): Ratio | null {
  if (value === null || baseline === null) return null;
  const usual = wholeRatio(baseline);
  const lower = play.counted.better === 'lower';
  const gain = lower ? minusRatio(usual, value) : minusRatio(value, usual);
  if (play.rules.by === 'amount') return gain;
  return baseline > 0n ? percent(gain, baseline) : null;
}
