import { contestFaults, createCalendar, DEFAULT_SETTINGS, STARTER_METRICS } from '@ovation/domain';
import { expect, test } from 'vitest';
import { bumpChart } from './bump-chart.ts';
import { canReplay, isStepWhole, stepOf } from './steps.ts';
import { CONTEST_TEMPLATES, templateRules } from './templates.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const calendar = createCalendar(DEFAULT_SETTINGS);
const context = {
  metrics: new Map(STARTER_METRICS.map((metric) => [metric.id, metric])),
  people: new Set<string>(),
  teams: new Set<string>(),
  currency: 'USD',
  now: NOW,
};

test.each(CONTEST_TEMPLATES)('the template $key can be published as it is', (template) => {
  const rules = templateRules(template, calendar, NOW);
  const draft = {
    ...rules,
    id: 'con_1',
    from: Date.parse(rules.from!),
    to: Date.parse(rules.to!),
  } as unknown as Parameters<typeof contestFaults>[0];
  const faults = contestFaults(draft, context).map(({ code }) => code);
  // Only who runs in a relay has to be said.
  expect(faults).toEqual(template.key === 'team_relay' ? ['needs_squads'] : []);
  expect(canReplay(rules)).toBe(true);
});

test('a template lasts its whole days from the next midnight on', () => {
  const rules = templateRules(CONTEST_TEMPLATES[0]!, calendar, NOW);
  expect([rules.from, rules.to]).toEqual(['2026-11-30T00:00:00.000Z', '2026-12-05T00:00:00.000Z']);
});

test('a finding leads to the step that mends it', () => {
  expect(stepOf({ pointer: '/prizes/0/item/amount' })).toBe('prizes');
  expect(stepOf({ pointer: '/graceHours' })).toBe('when');
  expect(stepOf({ pointer: '' })).toBe('publish');
});

test('a step is whole when it has been answered', () => {
  expect(isStepWhole('goal', {})).toBe(false);
  expect(isStepWhole('goal', { scoring: { metric: 'deals' } })).toBe(true);
  expect(isStepWhole('prizes', { prizes: [] })).toBe(false);
});

test('lines of places run from start to end, the first on top', () => {
  const { lines, half } = bumpChart(
    [
      { id: 'ana', ranks: [2, 1, 1] },
      { id: 'bo', ranks: [1, 2, 2] },
    ],
    { width: 100, height: 50 },
  );
  expect(lines.map(({ id, end }) => [id, end])).toEqual([
    ['ana', 0],
    ['bo', 50],
  ]);
  expect(half).toBe(50);
});
