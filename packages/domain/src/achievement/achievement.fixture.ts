import type { EventBody, LogEvent } from '../event.ts';
import { Floor } from '../floor.ts';
import { fold } from '../floor.fixture.ts';
import type { AchievementDefinition } from './definition.ts';
import { achievementReader, achievementsOf } from './earned.ts';

/** A floor of three people in two teams, in UTC, working Monday to Friday, told in plain lines. */

type Said = EventBody & { readonly at: string };

const STAFF: Said[] = [
  ...['t_north', 't_south'].map((team) => ({ type: 'team.changed', team, parent: null }) as const),
  ...(['ada', 'bo', 'cy'] as const).map((name) => ({
    type: 'person.changed' as const,
    person: `p_${name}`,
    team: name === 'cy' ? 't_south' : 't_north',
    since: null,
    active: true,
  })),
].map((body) => ({ ...body, at: '2026-01-01T00:00:00Z' }));

/** `won('ada', '2026-11-02T10:00Z', 500)`: a deal of 500.00. */
export const won = (name: string, at: string, amount = 100, deal = `s/${name}${at}`): Said => ({
  type: 'deal.won',
  deal,
  credits: [{ person: `p_${name}`, share: '1' }],
  amount: { minor: String(amount * 100), currency: 'USD' },
  at,
});

export const called = (name: string, at: string): Said => ({
  type: 'activity.logged',
  activity: 'call',
  class: 'sourcing',
  credits: [{ person: `p_${name}`, share: '1' }],
  at,
});

export const reversed = (deal: string, at: string): Said => ({ type: 'deal.reversed', deal, at });

export const aimed = (name: string, window: string, units: number): Said => ({
  type: 'target.set',
  scope: 'person',
  entity: `p_${name}`,
  metric: 'revenue',
  period: 'month',
  window,
  value: String(units * 100),
  at: '2026-01-02T00:00:00Z',
});

export function floorOf(...told: readonly Said[]): Floor {
  const events = [...STAFF, ...told].map(({ at, ...body }, n) => ({
    ...body,
    seq: n + 1,
    key: `s/e${n}`,
    occurredAt: Date.parse(at),
    recordedAt: Date.parse(at),
  })) as LogEvent[];
  return fold(events).floor;
}

/** A badge with the steps `at` (one is plain, three are bronze, silver, gold), 10 points each. */
export function badge(
  rules: AchievementDefinition['rules'],
  at: readonly string[] = ['1'],
  more: Partial<AchievementDefinition> = {},
): AchievementDefinition {
  const levels = at.length === 1 ? (['plain'] as const) : (['bronze', 'silver', 'gold'] as const);
  return {
    id: 'bdg_1',
    icon: 'star',
    rules,
    steps: at.map((one, index) => ({ level: levels[index]!, at: one, points: 10 })),
    repeat: 'window',
    ...more,
  };
}

/** `plain 2026-11-01` of everything that somebody earned. */
export const earnedBy = (floor: Floor, definition: AchievementDefinition, name: string): string[] =>
  achievementsOf(definition, `p_${name}`, achievementReader(floor)).map(
    ({ level, window }) => `${level} ${window}`,
  );
