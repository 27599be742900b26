import { countOf, type Growth } from '../counting.ts';
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
  const all = scores.flatMap((score) => score.growth?.() ?? []);
  const steps = all.map((growth) => growth.steps);
  return all.every(({ rises }) => rises) ? bisected(steps, goal) : followed(steps, goal);
}

type Steps = Growth['steps'];

/** Where nothing is ever taken off, the first instant is found by halves. */
function bisected(all: readonly Steps[], goal: Ratio): Instant | null {
  const reached = (at: Instant) => {
    const sum = all.reduce((total, growth) => plusRatio(total, valueAt(growth, at)), NONE);
    return compareRatios(sum, goal) >= 0;
  };
  const ends = all.flatMap((growth) => [growth[0]?.at ?? [], growth.at(-1)?.at ?? []].flat());
  let [low, high] = [Math.min(...ends), Math.max(...ends)];
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return ends.length === 0 ? null : high;
}

function valueAt(growth: Steps, at: Instant): Ratio {
  let [low, high] = [0, growth.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (growth[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return growth[low - 1]?.value ?? NONE;
}

/** Refunds may take it below the goal again: every step is looked at. */
function followed(all: readonly Steps[], goal: Ratio): Instant | null {
  const steps = all
    .flatMap((growth, owner) => growth.map((grown) => ({ owner, ...grown })))
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
