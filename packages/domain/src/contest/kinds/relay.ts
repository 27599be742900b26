import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';
import { NEVER, ruleValue, type Play, type Player } from '../play.ts';
import {
  ceilRatio,
  compareRatios,
  minusRatio,
  plusRatio,
  roundRatio,
  wholeRatio,
  type Ratio,
} from '../ratio.ts';
import { inside } from '../spans.ts';
import type { Instant } from '../../types.ts';
import { firstThrough } from './first-to.ts';

type Rules = Extract<ContestRules, { kind: 'relay' }>;

/**
 * Members run one after the other: each leg counts from after the instant in which the one before
 * was done, and what was more than a leg is not carried over. First squad through wins, then who
 * came farthest.
 */
export const relay: ContestKind<Rules> = {
  ties: 'earliest',
  score(play, player) {
    const leg = wholeRatio(ruleValue(play, play.rules.leg));
    const run = runOf(play, player, leg);
    const whole = wholeRatio(leg.n * BigInt(player.members.length));
    const through = run.legs > 0 && run.legs === player.members.length;
    // Who is through is ahead of whoever is not, be the other squad larger.
    const longest = Math.max(...play.players.map(({ members }) => members.length));
    const order = through ? wholeRatio(leg.n * BigInt(longest)) : run.way;
    return plainScore(play, player, countOf(play, player, { capped: false }), {
      order,
      score: roundRatio(run.way),
      raw: roundRatio(run.raw),
      reached: run.legs,
      reachedAt: run.at,
      gap: through ? null : ceilRatio(minusRatio(whole, run.way)),
    });
  },
  besides: (_, scores) => ({
    decidedAt: firstThrough(
      scores.filter(({ player, reached }) => reached === player.members.length),
    ),
  }),
};

interface Run {
  readonly legs: number;
  readonly way: Ratio;
  readonly raw: Ratio;
  readonly at: Instant;
}

const START: Run = { legs: 0, way: wholeRatio(0n), raw: wholeRatio(0n), at: NEVER };

function runOf(play: Play, player: Player, leg: Ratio): Run {
  let run = START;
  for (const member of player.members) {
    const from = run.legs === 0 ? play.contest.from : run.at + 1;
    const spans = inside(play.spans, { from, to: play.contest.to });
    const one = { ...player, members: [member] };
    const { value, raw, timeOf, reachedAt } = countOf(play, one, { spans, capped: false });
    if (value === null || raw === null) return run;
    const done = compareRatios(value, leg) >= 0;
    run = {
      legs: run.legs + (done ? 1 : 0),
      way: plusRatio(run.way, done ? leg : value),
      raw: plusRatio(run.raw, raw),
      at: Math.max(run.at, done ? timeOf(leg) : reachedAt),
    };
    if (!done) return run;
  }
  return run;
}
