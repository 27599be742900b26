import type { Window } from '../../calendar.ts';
import { ONE } from '../../measure.ts';
import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';
import { NEVER, ruleValue, type Play, type Player } from '../play.ts';
import { compareRatios, wholeRatio } from '../ratio.ts';
import { inside, type Span } from '../spans.ts';
import type { Instant } from '../../types.ts';
import { COUNT } from './bingo.ts';

type Rules = Extract<ContestRules, { kind: 'streak' }>;

/**
 * The longest run of working days with at least so much. Closed days neither count nor break it;
 * nor does a day of which a part was paused, unless it has enough. `marks` are the days that have.
 */
export const streak: ContestKind<Rules> = {
  unit: () => COUNT,
  score(play, player) {
    const days = workDaysOf(play).flatMap((day) => dayOf(play, player, day) ?? []);
    const { length, reachedAt } = longest(days);
    const score = BigInt(length) * ONE;
    return plainScore(play, player, countOf(play, player, { capped: false }), {
      order: wholeRatio(score),
      score,
      reached: length,
      reachedAt,
      marks: days.flatMap(({ date, at }) => (at === null ? [] : [date])),
    });
  },
};

const daysIn = new WeakMap<Play, readonly Window[]>();

/** The working days that a contest touches. */
function workDaysOf(play: Play): readonly Window[] {
  const known = daysIn.get(play);
  if (known) return known;
  const { calendar } = play.reader;
  const days = calendar
    .windowsIn(play.contest, 'day')
    .filter((day) => calendar.workDays(day).length > 0);
  daysIn.set(play, days);
  return days;
}

interface Day {
  readonly date: string;
  /** When it had enough; `null`: never. */
  readonly at: Instant | null;
}

function dayOf(play: Play<Rules>, player: Player, day: Window): Day | null {
  const goal = wholeRatio(ruleValue(play, play.rules.daily));
  const spans = inside(play.spans, day);
  const { value, timeOf } = countOf(play, player, { spans, capped: false });
  const enough = value !== null && compareRatios(value, goal) >= 0;
  if (enough) return { date: day.key, at: timeOf(goal) };
  return lasting(spans) < lasting(inside([play.contest], day)) ? null : { date: day.key, at: null };
}

const lasting = (spans: readonly Span[]): number =>
  spans.reduce((sum, { from, to }) => sum + to - from, 0);

/** The longest run; of equal ones the first. */
function longest(days: readonly Day[]): { length: number; reachedAt: Instant } {
  let best = { length: 0, reachedAt: NEVER };
  let run = 0;
  for (const { at } of days) {
    run = at === null ? 0 : run + 1;
    if (at !== null && run > best.length) best = { length: run, reachedAt: at };
  }
  return best;
}
