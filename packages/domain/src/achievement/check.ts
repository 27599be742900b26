import { definitionOf } from '../measure.ts';
import type { Metric } from '../metric.ts';
import type { Fault } from '../result.ts';
import { parseScaled } from '../decimal.ts';
import type { AchievementDefinition, AchievementRules } from './definition.ts';

/** What has to be mended in a badge before it can be saved; pointers are into the definition. */
export function achievementFaults(
  definition: AchievementDefinition,
  metric: Metric | undefined,
  /** Digits of the metric's numbers. */
  scale: number,
): Fault[] {
  const { rules } = definition;
  if (!metric) return [fault('unknown_metric', 'There is no such metric.', '/rules/metric')];
  return [
    ...metricFaults(rules, metric),
    ...rulesFaults(rules, scale),
    ...stepFaults(definition, scaleOf(rules, scale)),
  ];
}

const fault = (code: string, detail: string, pointer: string): Fault => ({ code, detail, pointer });

function metricFaults(rules: AchievementRules, metric: Metric): Fault[] {
  const { kind } = definitionOf(metric);
  const at = '/rules/metric';
  if (metric.better === 'lower') {
    return [fault('better_lower', 'A badge needs a metric of which more is better.', at)];
  }
  if (rules.kind === 'event' && kind !== 'sum') {
    return [fault('not_a_sum', 'One large event needs a metric that adds up amounts.', at)];
  }
  if (rules.kind === 'time' && kind !== 'sum' && kind !== 'count') {
    return [fault('not_counted', 'A time of day needs a metric that counts or adds up.', at)];
  }
  return [];
}

function rulesFaults(rules: AchievementRules, scale: number): Fault[] {
  if (rules.kind === 'target' && rules.window === 'all') {
    return [
      fault('no_target', 'Targets are for a day, week, month, quarter or year.', '/rules/window'),
    ];
  }
  if (rules.kind === 'record' && rules.window === 'all') {
    return [fault('no_record', 'All time has nothing before it to beat.', '/rules/window')];
  }
  if (rules.kind === 'time' && rules.hours.from >= rules.hours.to) {
    return [fault('bad_hours', 'Let the hours begin before they end.', '/rules/hours')];
  }
  if (rules.kind === 'streak') return positive(rules.daily, scale, '/rules/daily');
  return [];
}

/** Digits of what the steps count. */
const scaleOf = ({ kind }: AchievementRules, scale: number): number | undefined => {
  if (kind === 'record' || kind === 'first') return undefined;
  if (kind === 'streak') return 0;
  return kind === 'target' || kind === 'time' ? 3 : scale;
};

function stepFaults({ steps, rules }: AchievementDefinition, scale: number | undefined): Fault[] {
  const levels = steps.map((step) => step.level);
  if (steps.length > 1 && (levels.includes('plain') || !inOrder(levels))) {
    const detail = 'Several steps are bronze, silver and gold, in this order.';
    return [fault('bad_levels', detail, '/steps')];
  }
  if (scale === undefined) {
    const detail = `A ${rules.kind} is there or not: give it one step.`;
    return steps.length === 1 ? [] : [fault('one_step', detail, '/steps')];
  }
  let before = 0n;
  return steps.flatMap(({ at }, index) => {
    const pointer = `/steps/${index}/at`;
    const parsed = parseScaled(at, scale);
    if (!parsed.ok) return [{ ...parsed.fault, pointer }];
    const rises = parsed.value > before;
    before = parsed.value;
    return rises ? [] : [fault('not_rising', 'Each step is more than the one before.', pointer)];
  });
}

const inOrder = (levels: readonly string[]): boolean =>
  levels.join() === 'bronze,silver,gold'.split(',').slice(0, levels.length).join();

function positive(text: string, scale: number, pointer: string): Fault[] {
  const parsed = parseScaled(text, scale);
  if (!parsed.ok) return [{ ...parsed.fault, pointer }];
  return parsed.value > 0n ? [] : [fault('not_positive', 'Give more than nothing.', pointer)];
}
