import type { Calendar, Instant } from '@ovation/domain';
import type { ContestDraftBody } from '@ovation/protocol';

/** Rules to begin with; dates are made for the day on which one begins. */
export interface ContestTemplate {
  readonly key: (typeof TEMPLATE_KEYS)[number];
  readonly rules: ContestDraftBody;
  /** When it begins and ends: from the next working hours on, so many whole days. */
  readonly days: number;
}

export const TEMPLATE_KEYS = [
  'sprint',
  'first_to',
  'raffle',
  'team_relay',
  'improvement',
  'streak',
  'bracket',
] as const;

const points = (place: number, amount: number) => ({
  id: `place-${place}`,
  for: { to: 'ranks' as const, from: place, until: place },
  item: { kind: 'points' as const, points: amount },
});
const BASE = { of: 'people', who: {}, graceHours: 24, ties: 'earliest' } as const;
const PODIUM = [points(1, 300), points(2, 150), points(3, 75)];

export const CONTEST_TEMPLATES: readonly ContestTemplate[] = [
  {
    key: 'sprint',
    days: 5,
    rules: {
      ...BASE,
      scoring: { metric: 'deals' },
      rules: { kind: 'highest' },
      prizes: PODIUM,
    },
  },
  {
    key: 'first_to',
    days: 14,
    rules: {
      ...BASE,
      scoring: { metric: 'deals' },
      rules: { kind: 'first_to', goal: '10' },
      prizes: [points(1, 300)],
    },
  },
  {
    key: 'raffle',
    days: 7,
    rules: {
      ...BASE,
      scoring: { metric: 'activities' },
      rules: { kind: 'raffle', ticket: '5', most: 20 },
      prizes: [
        {
          id: 'drawn',
          for: { to: 'drawn', winners: 3 },
          item: { kind: 'points', points: 200 },
        },
      ],
    },
  },
  {
    key: 'team_relay',
    days: 10,
    rules: {
      ...BASE,
      of: 'squads',
      who: { squads: [] },
      scoring: { metric: 'activities' },
      rules: { kind: 'relay', leg: '20' },
      prizes: [{ ...points(1, 200), members: 'each' }],
    },
  },
  {
    key: 'improvement',
    days: 7,
    rules: {
      ...BASE,
      ties: 'split',
      scoring: { metric: 'activities' },
      rules: { kind: 'most_improved', windows: 4, by: 'percent' },
      qualify: '5',
      prizes: PODIUM,
    },
  },
  {
    key: 'streak',
    days: 21,
    rules: {
      ...BASE,
      ties: 'shared',
      scoring: { metric: 'activities' },
      rules: { kind: 'streak', daily: '5' },
      prizes: PODIUM,
    },
  },
  {
    key: 'bracket',
    days: 12,
    rules: {
      ...BASE,
      scoring: { metric: 'revenue' },
      rules: { kind: 'bracket', seeding: 'history', thirdPlace: true },
      prizes: [points(1, 500), points(2, 250)],
    },
  },
];

/** A template's rules from tomorrow's first hour on, for whole days of the organisation. */
export function templateRules(
  { rules, days }: ContestTemplate,
  calendar: Calendar,
  now: Instant,
): ContestDraftBody {
  let day = calendar.windowOf('day', now);
  const from = day.to;
  for (let left = days; left > 0; left -= 1) day = calendar.next(day);
  return { ...rules, from: new Date(from).toISOString(), to: new Date(day.to).toISOString() };
}
