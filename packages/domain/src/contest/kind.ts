import { END } from '../calendar.ts';
import type { Unit } from '../metric.ts';
import type { EventKey, Instant, Scaled } from '../types.ts';
import { countOf, type Count } from './counting.ts';
import type { ContestRules, ContestTies } from './definition.ts';
import { isOut, NEVER, type Play, type Player } from './play.ts';
import { compareRatios, roundRatio, wholeRatio, type Ratio } from './ratio.ts';
import type { ContestStanding } from './standing.ts';
import { graceEnd } from './state.ts';

/** What one entrant made of a round. */
export interface RoundScore {
  /** What it is ranked by: more is better. `null`: nothing. */
  readonly order: Ratio | null;
  readonly score: Scaled;
  readonly reachedAt: Instant;
}

/** What one entrant has, worked out from its own credits alone. */
export interface Score {
  readonly player: Player;
  /** What the ranking goes by, exactly: more is better. `null`: there is nothing to rank by. */
  readonly order: Ratio | null;
  /** The order as a plain number, where it is whole: tells most apart and is quick to compare. */
  readonly near: number;
  /** The same as it is shown, in the kind's unit. */
  readonly score: Scaled;
  readonly raw: Scaled;
  readonly reachedAt: Instant;
  /** When it first scored after the end, where sudden death decides; else the end of time. */
  readonly again: Instant;
  readonly reached: number;
  /** Whether it may have a place: it has something, qualifies, and did not leave. */
  readonly placed: boolean;
  /** What is missing to the goal or the next step; left out, to the next better place. */
  readonly gap?: Scaled | null;
  readonly marks?: readonly string[];
  readonly rounds?: readonly RoundScore[];
  readonly spins?: readonly (readonly [EventKey, string])[];
  /** What goes into a sum of all, and how it came there. */
  readonly value?: Ratio | null;
  readonly growth?: Count['growth'];
}

/** What there is to tell besides who is where. */
export type Besides = Partial<
  Pick<
    ContestStanding,
    'total' | 'totalUnit' | 'decidedAt' | 'rounds' | 'bracket' | 'draw' | 'spins'
  >
>;

/** What a kind makes of all scores together. */
export type Outcome = Pick<ContestStanding, 'lines'> & Besides;

/**
 * One way to win. `score` looks at one entrant alone, so that a live contest works out again only
 * whom an event touched. Most kinds are ranked by their scores and have at most something to tell
 * `besides`; a kind that pairs or draws to make its lines has `finish` instead. Both go by scores
 * and the clock alone.
 */
export interface ContestKind<R extends ContestRules = ContestRules> {
  /** What scores are in; left out, what is counted. */
  readonly unit?: (play: Play<R>) => Unit;
  /** What `raw` is in; left out, what is counted too. */
  readonly rawUnit?: (play: Play<R>) => Unit;
  readonly score: (play: Play<R>, player: Player) => Score;
  readonly besides?: (play: Play<R>, scores: readonly Score[]) => Besides;
  readonly finish?: (play: Play<R>, scores: readonly Score[]) => Outcome;
  /** Instants at which it changes although nothing happened: rounds end, days pass. */
  readonly turns?: (play: Play<R>) => readonly Instant[];
  /** Ties are broken so, whatever the contest says. */
  readonly ties?: ContestTies;
  /** Places are paid only to who reached the goal. */
  readonly placesNeedGoal?: (rules: R) => boolean;
}

/** A score that goes by what was counted; kinds change what is different. */
export function plainScore(
  play: Play,
  player: Player,
  count: Count = countOf(play, player),
  more: Partial<Score> = {},
): Score {
  const { value, raw } = count;
  const order = more.order === undefined ? orderOf(play, value) : more.order;
  return {
    player,
    order,
    near: order?.d === 1n ? Number(order.n) : NaN,
    score: value === null ? 0n : roundRatio(value),
    raw: raw === null ? 0n : roundRatio(raw),
    reachedAt: count.reachedAt,
    again: againOf(play, player),
    reached: 0,
    ...more,
    placed: more.placed ?? mayBePlaced(play, player, count, order),
  };
}

/** A value so that more of it is better. */
export function orderOf({ counted }: Play, value: Ratio | null): Ratio | null {
  return value !== null && counted.better === 'lower' ? { n: -value.n, d: value.d } : value;
}

/** Nothing, or less, is no place; a small number may be the best where less is better. */
function mayBePlaced(
  { counted, qualify }: Play,
  player: Player,
  { credits, raw }: Count,
  order: Ratio | null,
): boolean {
  if (isOut(player) || credits === 0 || raw === null || order === null) return false;
  if (counted.better === 'higher' && order.n <= 0n) return false;
  return qualify === null || compareRatios(raw, wholeRatio(qualify)) >= 0;
}

/** When somebody first scored between the end and the end of the grace window. */
function againOf(play: Play, player: Player): Instant {
  const { contest } = play;
  if (contest.ties !== 'sudden_death' || !play.counted.addsUp) return END;
  const spans = [{ from: contest.to, to: graceEnd(contest) }];
  const after = countOf(play, player, { spans });
  const first = after.timeOf(SMALLEST);
  return first === NEVER || after.value === null || after.value.n <= 0n ? END : first;
}
const SMALLEST: Ratio = { n: 1n, d: 10n ** 18n };

/** The rules' `ties`, unless the kind has its own. */
export const tiesOf = (play: Play, kind: Pick<ContestKind, 'ties'>): ContestTies =>
  kind.ties ?? play.contest.ties;
