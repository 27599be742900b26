import { describe, expect, test } from 'vitest';
import { STARTER_METRICS } from '../starter-metrics.ts';
import { unitOf } from '../metric.ts';
import { achievementFaults } from './check.ts';
import type { AchievementDefinition } from './definition.ts';
import { badge } from './achievement.fixture.ts';
import { levelOf } from './levels.ts';
import { ACHIEVEMENT_TEMPLATES } from './templates.ts';

const faultsOf = (definition: AchievementDefinition): string[] => {
  const metric = STARTER_METRICS.find((one) => one.id === definition.rules.metric);
  const scale = metric ? unitOf(metric, 'USD').scale : 0;
  return achievementFaults(definition, metric, scale).map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );
};

describe('a badge that cannot be saved', () => {
  test.each<[string, AchievementDefinition, string[]]>([
    [
      'an unknown metric',
      badge({ kind: 'sum', metric: 'met_1', window: 'day' }),
      ['unknown_metric /rules/metric'],
    ],
    [
      'a metric of which less is better',
      badge({ kind: 'sum', metric: 'cycle-length', window: 'month' }),
      ['better_lower /rules/metric'],
    ],
    [
      'one large event of a count',
      badge({ kind: 'event', metric: 'deals', window: 'day' }),
      ['not_a_sum /rules/metric'],
    ],
    [
      'a target of all time',
      badge({ kind: 'target', metric: 'deals', window: 'all' }),
      ['no_target /rules/window'],
    ],
    [
      'steps that do not rise',
      badge({ kind: 'sum', metric: 'deals', window: 'day' }, ['2', '2']),
      ['not_rising /steps/1/at'],
    ],
    [
      'half a day in a row',
      badge({ kind: 'streak', metric: 'deals', daily: '1', freeze: 0 }, ['1.5']),
      ['too_precise /steps/0/at'],
    ],
    [
      'a record in steps',
      badge({ kind: 'record', metric: 'revenue', window: 'month', after: 1 }, ['1', '2']),
      ['one_step /steps'],
    ],
    [
      'hours that end before they begin',
      badge({ kind: 'time', metric: 'deals', window: 'day', hours: { from: 600, to: 600 } }),
      ['bad_hours /rules/hours'],
    ],
    [
      'nothing a day',
      badge({ kind: 'streak', metric: 'deals', daily: '0', freeze: 0 }),
      ['not_positive /rules/daily'],
    ],
  ])('%s', (_, definition, faults) => {
    expect(faultsOf(definition)).toEqual(faults);
  });
});

test.each(ACHIEVEMENT_TEMPLATES.map((one) => [one.key, one] as const))(
  'the template %s can be saved as it is, in both languages',
  (_, { definition, names, descriptions }) => {
    expect(faultsOf({ ...definition, id: 'bdg_t' })).toEqual([]);
    expect(names['fa']).toMatch(/[آ-ی]/);
    expect(descriptions['fa']).toMatch(/[آ-ی]/);
  },
);

test.each([
  [0, 1, 0, 100],
  [99, 1, 0, 100],
  [100, 2, 100, 300],
  [299, 2, 100, 300],
  [300, 3, 300, 600],
  [1_000, 5, 1_000, 1_500],
])('%i points are level %i', (points, level, from, next) => {
  expect(levelOf(points)).toEqual({ level, from, next });
});
