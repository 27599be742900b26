import { PERIODS, type FixedPeriod } from '../calendar.ts';
import type { MetricId } from '../metric.ts';
import type { Instant, PersonId, Scaled } from '../types.ts';
import type { AchievementDefinition, BadgeStep } from './definition.ts';
import { askOf, evidenceOf } from './earned.ts';
import { scaledAt, type AchievementReader, type Ask } from './kind.ts';
import { achievementKind } from './kinds.ts';
import { runsOf, streakNow, type StreakNow } from './streak.ts';

/** How near somebody is to the next step of a badge in the window that is open. */
export interface BadgeProgress {
  readonly step: BadgeStep;
  /** In what the kind counts, with its digits. */
  readonly amount: Scaled;
  readonly needed: Scaled;
  readonly scale: number;
}

/**
 * The next step that is not passed in the open window. `undefined` where there is none, or where
 * nothing can be measured: a record and a first are there or not.
 */
export function progressOf(
  definition: AchievementDefinition,
  person: PersonId,
  reader: AchievementReader,
  at: Instant,
): BadgeProgress | undefined {
  const { rules } = definition;
  if (rules.kind === 'record' || rules.kind === 'first' || definition.paused) return undefined;
  const ask = askOf(definition, person, reader);
  if (!ask) return undefined;
  const streak = rules.kind === 'streak';
  const scale = streak ? 0 : achievementKind(rules.kind).scale(ask);
  const amount = streak ? BigInt(streakOf(ask, at).days) : amountNow(ask, at);
  for (const step of definition.steps) {
    const needed = scaledAt(step.at, scale);
    if (needed !== undefined && needed > amount) return { step, amount, needed, scale };
  }
  return undefined;
}

function amountNow(ask: Ask, at: Instant): Scaled {
  const kind = achievementKind(ask.rules.kind);
  const window = ask.reader.calendar.windowOf(kind.window(ask.rules), at);
  return kind.amount(ask, window)?.amount ?? 0n;
}

/** The row of days that goes on now, and the longest there was. */
export interface StreakShown extends StreakNow {
  readonly longest: number;
}

/** Of a badge for streaks; `undefined` of others. */
export function streakShown(
  definition: AchievementDefinition,
  person: PersonId,
  reader: AchievementReader,
  at: Instant,
): StreakShown | undefined {
  if (definition.rules.kind !== 'streak') return undefined;
  const ask = askOf(definition, person, reader);
  return ask && streakOf(ask, at);
}

function streakOf(ask: Ask, at: Instant): StreakShown {
  const freeze = ask.rules.kind === 'streak' ? ask.rules.freeze : 0;
  const evidence = [...evidenceOf(ask).values()].sort((a, b) => a.window.from - b.window.from);
  const runs = runsOf(evidence, ask.reader.calendar, freeze);
  const longest = Math.max(0, ...runs.map((run) => run.days.length));
  return { ...streakNow(runs, ask.reader.calendar, { freeze, at }), longest };
}

/** The best day, week or month that somebody had. */
export interface PersonalRecord {
  readonly metric: MetricId;
  readonly period: FixedPeriod;
  /** Key of the window. */
  readonly window: string;
  readonly value: Scaled;
}

const RECORD_PERIODS = PERIODS.filter((one) => one === 'day' || one === 'week' || one === 'month');

/** Somebody's best day, week and month in a metric; of equals the first. */
export function recordsOf(
  metric: MetricId,
  person: PersonId,
  reader: AchievementReader,
): PersonalRecord[] {
  const found = reader.metric(metric);
  if (!found || found.better !== 'higher') return [];
  return RECORD_PERIODS.flatMap((period) => {
    const best = bestWindow(recordAsk(metric, person, reader, period));
    return best ? [{ metric, period, window: best.window.key, value: best.amount }] : [];
  });
}

const recordAsk = (
  metric: MetricId,
  person: PersonId,
  reader: AchievementReader,
  window: 'day' | 'week' | 'month',
): Ask | undefined =>
  askOf(
    {
      id: '',
      icon: 'star',
      rules: { kind: 'record', metric, window, after: 0 },
      steps: [],
      repeat: 'window',
    },
    person,
    reader,
  );

function bestWindow(ask: Ask | undefined) {
  if (!ask) return undefined;
  const all = [...evidenceOf(ask).values()].sort((a, b) => a.window.from - b.window.from);
  return all.reduce<(typeof all)[number] | undefined>(
    (best, one) => (best && best.amount >= one.amount ? best : one),
    undefined,
  );
}
