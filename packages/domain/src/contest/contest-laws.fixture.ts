import fc from 'fast-check';
import type { Instant } from '../types.ts';
import { prizesFitting } from './check-prizes.ts';
import {
  contestOf,
  DAY,
  inTeam,
  MONDAY,
  money,
  STAFF as FOUR,
  WEEK_END,
  type Said,
} from './contest.fixture.ts';
import { CONTEST_TIES, type ContestDefinition, type ContestKindName } from './definition.ts';
import type { ContestRules, Handicap, Prize, Scoring } from './definition.ts';

/** Contests of every kind and stories for them, for what must hold of all of them. */

/** Somebody who sells like the others and never takes part. */
export const OUTSIDER = 'p_zed';
export const PLAYERS = ['p_ada', 'p_bo', 'p_cy', 'p_di'];
export const STAFF: readonly Said[] = [...FOUR, inTeam(OUTSIDER, 't_south')];
/** When everything is told that will ever be told. */
export const AFTERWARDS = WEEK_END + 2 * DAY;
export const SEED = 'dada'.repeat(16);

/** Rules of every kind; one that is missing does not compile. */
const RULES: {
  readonly [K in ContestKindName]: readonly Extract<ContestRules, { kind: K }>[];
} = {
  highest: [{ kind: 'highest' }],
  first_to: [{ kind: 'first_to', goal: '20' }],
  all_who_reach: [{ kind: 'all_who_reach', goal: '15' }],
  tiers: [
    { kind: 'tiers', steps: ['5', '10', '30'] },
    { kind: 'tiers', steps: ['5', '10', '30'], each: true },
  ],
  every: [{ kind: 'every', step: '3', most: 6 }],
  percent_of_target: [{ kind: 'percent_of_target', period: 'week' }],
  most_improved: [
    { kind: 'most_improved', windows: 2, by: 'percent' },
    { kind: 'most_improved', windows: 1, by: 'amount' },
  ],
  teams: [
    { kind: 'teams', by: 'sum' },
    { kind: 'teams', by: 'average' },
  ],
  collective: [{ kind: 'collective', goal: '40' }],
  power_hour: [{ kind: 'power_hour', hours: [{ from: 480, to: 900 }], weekdays: [1, 2, 4] }],
  duel: [{ kind: 'duel' }],
  bracket: [
    { kind: 'bracket', seeding: 'history', thirdPlace: true },
    { kind: 'bracket', seeding: 'draw', thirdPlace: false },
  ],
  league: [{ kind: 'league', divisions: 2, rounds: 3, move: 1, seeding: 'history' }],
  elimination: [{ kind: 'elimination', rounds: 4, out: 1, left: 1 }],
  raffle: [{ kind: 'raffle', ticket: '2', most: 7 }],
  wheel: [
    {
      kind: 'wheel',
      faces: [
        { factor: '1', weight: 3 },
        { factor: '2.5', weight: 1 },
      ],
    },
  ],
  bingo: (['first_line', 'most_lines'] as const).map((win) => ({
    kind: 'bingo',
    size: 3,
    win,
    cells: [1, 2, 3].flatMap((goal) => [
      { metric: 'revenue', goal: String(goal * 5) },
      { metric: 'deals', goal: String(goal) },
      { metric: 'calls', goal: String(goal) },
    ]),
  })),
  streak: [{ kind: 'streak', daily: '2' }],
  relay: [{ kind: 'relay', leg: '8' }],
  pot: [{ kind: 'pot', start: '10', per: '0.37' }],
};
export const KINDS = Object.keys(RULES) as readonly ContestKindName[];

const SQUADS = [
  { id: 'sqd_a', name: 'A', members: ['p_di', 'p_ada'] },
  { id: 'sqd_b', name: 'B', members: ['p_bo', 'p_cy'] },
];

/** Prizes of each sort that fits a kind, some for several places, in amounts that do not split. */
function prizesOf(kind: ContestKindName): Prize[] {
  return prizesFitting(kind).flatMap((to): Prize[] => {
    switch (to) {
      case 'ranks':
        return [
          { id: 'first', for: { to, from: 1, until: 1 }, item: money('10.01') },
          { id: 'more', for: { to, from: 1, until: 3 }, item: money('5.55') },
          { id: 'points', for: { to, from: 2, until: 4 }, item: { kind: 'points', points: 7 } },
          { id: 'badge', for: { to, from: 2, until: 2 }, item: { kind: 'badge', badge: 'b' } },
        ];
      case 'reached':
        return kind === 'tiers'
          ? [1, 3].map((step) => ({ id: `s${step}`, for: { to, step }, item: money(`${step}.01`) }))
          : [{ id: 'reached', for: { to }, item: money('1.01') }];
      case 'each_time':
        return [{ id: 'each', for: { to }, item: money('0.33') }];
      case 'drawn':
        return [{ id: 'drawn', for: { to, winners: 3 }, item: money('4') }];
      case 'pot':
        return [{ id: 'pot', for: { to, percents: [61, 29, 10] } }];
    }
  });
}

const scorings: readonly Scoring[] = [
  { metric: 'revenue' },
  { metric: 'calls', cap: '9' },
  { metric: 'activity-points' },
  {
    points: [
      { metric: 'revenue', weight: '0.7', cap: '20' },
      { metric: 'calls', weight: '1.5' },
    ],
  },
];
const handicaps: readonly (Handicap | undefined)[] = [
  undefined,
  { by: 'hand', factors: { p_ada: '1.3', t_north: '0.7', sqd_b: '2' } },
  { by: 'history', windows: 2, cap: '2' },
];

/** Any contest of a kind. */
export function contestsOf(kind: ContestKindName): fc.Arbitrary<ContestDefinition> {
  const sides = kind === 'relay' ? ['squads'] : kind === 'teams' ? ['teams', 'squads'] : SIDES;
  return fc
    .record({
      rules: fc.constantFrom<ContestRules>(...RULES[kind]),
      of: fc.constantFrom(...(sides as ContestDefinition['of'][])),
      scoring: fc.constantFrom(...(kind === 'percent_of_target' ? scorings.slice(0, 1) : scorings)),
      ties: fc.constantFrom(...CONTEST_TIES),
      handicap: fc.constantFrom(...handicaps),
      qualify: fc.constantFrom(undefined, '2'),
      members: fc.constantFrom(undefined, 'split' as const),
    })
    .map(({ rules, of, scoring, ties, handicap, qualify, members }) =>
      contestOf(rules, {
        of,
        scoring,
        ties,
        who: { except: [OUTSIDER], ...(of === 'squads' ? { squads: SQUADS } : {}) },
        ...(handicap === undefined ? {} : { handicap }),
        ...(qualify === undefined ? {} : { qualify }),
        prizes: prizesOf(kind).map((one) => (members === undefined ? one : { ...one, members })),
      }),
    );
}
const SIDES: readonly string[] = ['people', 'people', 'teams', 'squads'];

/** A contest of any kind, every kind as often as the other. */
export const contests: fc.Arbitrary<ContestDefinition> = fc
  .constantFrom(...KINDS)
  .chain(contestsOf);

const OLDEST = MONDAY - 16 * DAY;
const instants = (from: Instant, to: Instant) =>
  // Minutes, so that two people sometimes get there in one instant.
  fc.integer({ min: 0, max: (to - from) / 60_000 - 1 }).map((minute) => from + minute * 60_000);
const anybody = fc.constantFrom(...PLAYERS, OUTSIDER);
const credits = fc.oneof(
  { weight: 4, arbitrary: anybody.map((person) => [{ person, share: '1' }]) },
  fc
    .shuffledSubarray([...PLAYERS, OUTSIDER], { minLength: 3, maxLength: 3 })
    .map((three) => three.map((person) => ({ person, share: '1/3' }))),
);
const minor = fc.oneof(fc.constantFrom(0, 500, 1_000), fc.integer({ min: 1, max: 1_500 }));
const moment = fc.oneof(
  { weight: 3, arbitrary: instants(MONDAY, WEEK_END) },
  instants(OLDEST, MONDAY),
  instants(WEEK_END, AFTERWARDS),
);

const deed = fc.oneof(
  fc.record({ credits, minor, at: moment, amended: fc.option(minor, { freq: 6 }) }),
  fc.record({ credits, at: moment }),
);

/** What happened: wins, some of them amended, and calls. */
export const stories: fc.Arbitrary<readonly Said[]> = fc
  .array(deed, { maxLength: 30 })
  .map((all) => all.flatMap((one, n): Said[] => ('minor' in one ? sale(one, n) : call(one, n))));

function sale(
  one: { credits: readonly { person: string; share: string }[]; minor: number; at: number } & {
    amended: number | null;
  },
  n: number,
): Said[] {
  const dollars = (amount: number) => ({ minor: String(amount), currency: 'USD' });
  const deal = `s/d${n}`;
  const win: Said = {
    type: 'deal.won',
    deal,
    credits: one.credits,
    amount: dollars(one.minor),
    at: one.at,
    name: `w${n}`,
  };
  if (one.amended === null) return [win];
  const amount = dollars(one.amended);
  return [win, { type: 'deal.amended', deal, amount, at: one.at + 1, name: `a${n}` }];
}

const call = (
  { credits: who, at }: { credits: readonly { person: string; share: string }[]; at: number },
  n: number,
): Said[] => [
  {
    type: 'activity.logged',
    activity: n % 3 === 0 ? 'meeting' : 'call',
    class: 'sourcing',
    credits: who,
    at,
    name: `c${n}`,
  },
];

/** Targets for all but one. */
export const TARGETS: readonly Said[] = PLAYERS.slice(0, 3).map((entity, n) => ({
  type: 'target.set',
  scope: 'person',
  entity,
  metric: 'revenue',
  period: 'week',
  window: '2026-11-02',
  value: String(700 + n * 333),
  at: 0,
}));
