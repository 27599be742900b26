import type { Window } from '../calendar.ts';
import type { Credit } from '../credit.ts';
import type { Instant, Scaled } from '../types.ts';
import { chancesOf, type Chances } from './chances.ts';
import { priceOf } from './check-prizes.ts';
import type { ContestDefinition, EntrantId } from './definition.ts';
import type {
  Award,
  ContestFacts,
  ContestFrozen,
  ContestReader,
  ContestStanding,
  StandContest,
} from './standing.ts';

type Span = Pick<Window, 'from' | 'to'>;

/** How a contest is frozen and worked out; the same functions that run live ones. */
export interface ContestEngine {
  readonly freeze: (contest: ContestDefinition, reader: ContestReader) => ContestFrozen;
  readonly stand: StandContest;
}

/** Looks at a past window in so many steps. */
export const BACKTEST_STEPS = 12;
/** Windows that are replayed at most. */
export const BACKTEST_WINDOWS_MAX = 12;

/** One past window under the draft's rules. */
export interface BacktestWindow extends Span {
  readonly standing: ContestStanding;
  /** How far the winner was ahead of the second; `null` without a second. */
  readonly margin: Scaled | null;
  /** How often another one took the lead. */
  readonly leadChanges: number;
  /** Who could still win at half-time, of so many. */
  readonly inReach: number;
  readonly entrants: number;
  /** What money and things would have cost, in minor units of the organisation's currency. */
  readonly cost: Scaled;
  /** Places after each step, of those who came first to fifth. */
  readonly course: readonly { readonly entrant: EntrantId; readonly ranks: readonly number[] }[];
}

export interface Backtest {
  /** Oldest first. */
  readonly windows: readonly BacktestWindow[];
  /** Entrants who scored nothing in any window: the rules leave them without a chance. */
  readonly without: readonly EntrantId[];
  /** Entrants who won all of several windows. */
  readonly always: EntrantId | null;
  readonly chances: Chances | null;
  /** Single credits that were replayed. */
  readonly events: number;
}

/** The seed of draws that are only replayed: a backtest says the same every time it is asked. */
const REPLAY_SEED = '0'.repeat(64);

/** The facts of a contest in which nothing was said: nobody left, nothing is held up. */
export const plainFacts = (frozen: ContestFrozen, seed: string | null = null): ContestFacts => ({
  frozen,
  pauses: [],
  out: new Set(),
  withheld: new Set(),
  seed,
});

/** A floor as it was at an instant: what happened later is not there yet. */
export function readerUntil(reader: ContestReader, until: Instant): ContestReader {
  const cut = <S extends Span>(span: S): S =>
    span.to <= until ? span : { ...span, to: Math.max(span.from, until) };
  return {
    clock: until,
    calendar: reader.calendar,
    currency: reader.currency,
    metric: (id, filter) => reader.metric(id, filter),
    countedIn: (id, filter) => reader.countedIn(id, filter),
    value: (metric, filter, entity, span) => reader.value(metric, filter, entity, cut(span)),
    over: (metric, filter, entities, spans, without) =>
      reader.over(metric, filter, entities, spans.map(cut), without),
    credits: (metric, filter, entity, span) => reader.credits(metric, filter, entity, cut(span)),
    growth: (metric, filter, entity, span) => reader.growth(metric, filter, entity, cut(span)),
    staff: (at) => reader.staff(at),
    lineOf: (team) => reader.lineOf(team),
    teams: () => reader.teams(),
    target: (...asked) => reader.target(...asked),
  };
}

/** A draft's rules in another window. */
export function movedTo(contest: ContestDefinition, { from, to }: Span): ContestDefinition {
  return { ...contest, from, to };
}

/**
 * Replays rules over past windows, oldest first: who would have won, how close it was, what it
 * would have cost. It writes nothing, and a window that was a contest comes out as that contest
 * did.
 */
export function backtestContest(
  contest: ContestDefinition,
  windows: readonly Span[],
  reader: ContestReader,
  engine: ContestEngine,
): Backtest {
  const scored = new Set<EntrantId>();
  const all = new Set<EntrantId>();
  const replayed = windows.slice(-BACKTEST_WINDOWS_MAX).map((window) => {
    const one = replay(movedTo(contest, window), reader, engine);
    for (const line of one.standing.lines) {
      all.add(line.entrant);
      if (line.raw !== 0n) scored.add(line.entrant);
    }
    return one;
  });
  const winners = new Set(replayed.map(({ standing }) => winnerOf(standing)));
  const [only] = winners;
  return {
    windows: replayed,
    without: [...all].filter((entrant) => !scored.has(entrant)).sort(),
    always: replayed.length > 1 && winners.size === 1 && only !== undefined ? only : null,
    chances: chancesOf(contest, windows, reader, engine),
    events: countEvents(contest, windows, reader),
  };
}

/** Who is first; `undefined` when nobody is, or several are. */
export function winnerOf({ lines }: ContestStanding): EntrantId | undefined {
  const first = lines.filter((line) => line.rank === 1);
  return first.length === 1 ? first[0]!.entrant : undefined;
}

function replay(
  contest: ContestDefinition,
  reader: ContestReader,
  { freeze, stand }: ContestEngine,
): BacktestWindow {
  const { from, to } = contest;
  const facts = plainFacts(freeze(contest, readerUntil(reader, from)), REPLAY_SEED);
  const at = (until: Instant) => stand(contest, facts, readerUntil(reader, until));
  const standing = at(to);
  const steps = Array.from({ length: BACKTEST_STEPS - 1 }, (_, step) =>
    at(from + Math.floor(((to - from) * (step + 1)) / BACKTEST_STEPS)),
  );
  const course = [...steps, standing];
  const half = steps[BACKTEST_STEPS / 2 - 1]!;
  const [first, second] = standing.lines.filter((line) => line.rank !== null);
  return {
    from,
    to,
    standing,
    margin: first && second ? first.score - second.score : null,
    leadChanges: leadChanges(course),
    inReach: inReachAt(half, standing),
    entrants: standing.lines.length,
    cost: costOf(standing.awards, reader.currency),
    course: courseOf(course),
  };
}

/** How often the lead went to another one; a shared lead is nobody's. */
function leadChanges(course: readonly ContestStanding[]): number {
  const leaders = course.flatMap((standing) => {
    const leader = winnerOf(standing);
    const scored = standing.lines.some(({ entrant, raw }) => entrant === leader && raw !== 0n);
    return leader === undefined || !scored ? [] : [leader];
  });
  return leaders.filter((leader, step) => step > 0 && leader !== leaders[step - 1]).length;
}

/** Who could catch the leader of half-time with the best second half that anybody had. */
function inReachAt(half: ContestStanding, end: ContestStanding): number {
  const then = new Map(half.lines.map((line) => [line.entrant, line.score]));
  const gains = end.lines.map(({ entrant, score }) => score - (then.get(entrant) ?? 0n));
  const most = gains.reduce((best, gain) => (gain > best ? gain : best), 0n);
  const lead = half.lines.reduce((best, { score }) => (score > best ? score : best), 0n);
  return half.lines.filter(({ score, outIn }) => outIn === undefined && lead - score <= most)
    .length;
}

function courseOf(course: readonly ContestStanding[]): BacktestWindow['course'] {
  const best = course.at(-1)!.lines.filter((line) => line.rank !== null);
  const ranks = course.map(
    ({ lines }) => new Map(lines.map((line, place) => [line.entrant, place])),
  );
  return best.slice(0, COURSE_SHOWN).map(({ entrant }) => ({
    entrant,
    ranks: ranks.map((places) => (places.get(entrant) ?? best.length) + 1),
  }));
}
const COURSE_SHOWN = 5;

/** What awards come to in money, with the price of things where it is known. */
export function costOf(awards: readonly Award[], currency: string): Scaled {
  return awards.reduce((sum, { item }) => {
    if (item.kind === 'money') return item.currency === currency ? sum + item.minor : sum;
    return sum + priceOf(item, currency);
  }, 0n);
}

function countEvents(
  contest: ContestDefinition,
  windows: readonly Span[],
  reader: ContestReader,
): number {
  const { scoring } = contest;
  const filter = (scoring.where?.length ?? 0) > 0 ? contest.id : null;
  const metrics = 'metric' in scoring ? [scoring.metric] : scoring.points.map((one) => one.metric);
  const facts = new Set<Credit['fact']>();
  for (const metric of metrics) {
    for (const window of windows) {
      for (const credit of reader.credits(metric, filter, '*', window)) facts.add(credit.fact);
    }
  }
  return facts.size;
}
