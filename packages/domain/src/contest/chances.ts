import type { Window } from '../calendar.ts';
import { parseScaled } from '../decimal.ts';
import { randomOf } from '../random.ts';
import { COUNT_SCALE, unitOf, type MetricId } from '../metric.ts';
import type { ContestEngine } from './backtest.ts';
import type { ContestDefinition, ContestKindName, EntrantId } from './definition.ts';
import type { ContestReader, FrozenEntrant } from './standing.ts';

type Span = Pick<Window, 'from' | 'to'>;

/** How likely each one is to win, from their own past days. To look at, never to pay by. */
export interface Chances {
  readonly runs: number;
  /** In how many runs each came first (or reached the goal), the likeliest first. */
  readonly wins: readonly (readonly [EntrantId, number])[];
  /** How many won at least one run in fifty. */
  readonly contenders: number;
}

/** More change a chance by less than a percent. */
const RUNS = 1_000;
/** Somebody who wins less often than in every so many runs is no contender. */
const CONTENDS_OF = 50;

/** Kinds whose result is what whole days add up to, in any order of the days. */
const BY_DAYS: ReadonlySet<ContestKindName> = new Set([
  'highest',
  'teams',
  'duel',
  'percent_of_target',
  'most_improved',
  'all_who_reach',
]);

/**
 * Draws as many days as the contest lasts from each one's own days of the past windows, a thousand
 * times, and counts who wins. The seed is the contest's, so that it says the same every time.
 * `null` for kinds that days alone do not decide, and without any past.
 */
export function chancesOf(
  contest: ContestDefinition,
  windows: readonly Span[],
  reader: ContestReader,
  { freeze }: Pick<ContestEngine, 'freeze'>,
): Chances | null {
  const newest = windows.at(-1);
  if (!BY_DAYS.has(contest.rules.kind) || newest === undefined) return null;
  const days = windows.flatMap((window) => reader.calendar.windowsIn(window, 'day'));
  const length = reader.calendar.windowsIn(newest, 'day').length;
  const { entrants } = freeze(contest, reader);
  const pasts = entrants.map((one) => daysOf(contest, one, days, reader));
  const goal = goalOf(contest, reader);
  const starts = entrants.map((one) => startOf(contest.rules, one));
  const wins = new Map<EntrantId, number>(entrants.map(({ id }) => [id, 0]));
  const random = randomOf(`${contest.id}|${newest.from}|${newest.to}`);
  for (let run = 0; run < RUNS; run += 1) {
    let best = 0;
    let winner: EntrantId | undefined;
    pasts.forEach((past, index) => {
      let sum = starts[index]!;
      for (let day = 0; day < length; day += 1) {
        sum += past[Math.floor(random() * past.length)] ?? 0;
      }
      const { id } = entrants[index]!;
      if (goal !== undefined) {
        if (sum >= goal) wins.set(id, wins.get(id)! + 1);
      } else if (sum > best) [best, winner] = [sum, id];
    });
    if (winner !== undefined) wins.set(winner, wins.get(winner)! + 1);
  }
  const ordered = [...wins].sort(([a, won], [b, alsoWon]) => alsoWon - won || (a < b ? -1 : 1));
  const contenders = ordered.filter(([, won]) => won * CONTENDS_OF >= RUNS).length;
  return { runs: RUNS, wins: ordered, contenders };
}

/** What an entrant's days brought, made comparable the way the rules do. */
function daysOf(
  contest: ContestDefinition,
  entrant: FrozenEntrant,
  days: readonly Span[],
  reader: ContestReader,
): readonly number[] {
  const { scoring, rules } = contest;
  const filter = (scoring.where?.length ?? 0) > 0 ? contest.id : null;
  const parts: readonly (readonly [MetricId, number])[] =
    'metric' in scoring
      ? [[scoring.metric, 1]]
      : scoring.points.map(({ metric, weight }) => [metric, Number(weight)] as const);
  const over = shareOf(rules, entrant);
  if (over <= 0) return [];
  const valueOf = (metric: MetricId, day: Span) =>
    entrant.members.reduce(
      (sum, member) => sum + Number(reader.value(metric, filter, member, day).value ?? 0n),
      0,
    );
  const factor = fractionOf(entrant.factor) / over;
  return days.map((day) =>
    parts.reduce((sum, [metric, weight]) => sum + valueOf(metric, day) * weight * factor, 0),
  );
}

/** What a day is divided by: the own target or usual, or the heads of a team. */
function shareOf(rules: ContestDefinition['rules'], entrant: FrozenEntrant): number {
  if (rules.kind === 'percent_of_target') return Number(entrant.target ?? 0);
  if (rules.kind === 'most_improved' && rules.by === 'percent')
    return Number(entrant.baseline ?? 0);
  if (rules.kind === 'teams' && rules.by === 'average') return entrant.members.length;
  return 1;
}

/** What is taken off before anybody has anything: the own usual, where gains are compared. */
function startOf(rules: ContestDefinition['rules'], entrant: FrozenEntrant): number {
  const gains = rules.kind === 'most_improved' && rules.by === 'amount';
  return gains ? -Number(entrant.baseline ?? 0) : 0;
}

function goalOf({ rules, scoring }: ContestDefinition, reader: ContestReader): number | undefined {
  if (rules.kind !== 'all_who_reach') return undefined;
  const metric = 'metric' in scoring ? reader.metric(scoring.metric) : undefined;
  const scale = metric ? unitOf(metric, reader.currency).scale : COUNT_SCALE;
  const goal = parseScaled(rules.goal, scale);
  return goal.ok ? Number(goal.value) : undefined;
}

function fractionOf(text: string): number {
  const [top, bottom = '1'] = text.split('/');
  return Number(top) / Number(bottom);
}
