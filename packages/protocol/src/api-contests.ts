import { CONTEST_OF, CONTEST_TIES } from '@ovation/domain';
import { Type, type Static } from 'typebox';
import { ConditionSchema } from './api-metrics.ts';

/** What may be sent about contests. Decimals are in the unit that is counted. */
const LIMITS = {
  name: 120,
  text: 2_000,
  entrants: 2_000,
  prizes: 50,
  steps: 50,
  conditions: 20,
  id: 100,
} as const;

const closed = { additionalProperties: false } as const;
const optional = Type.Optional;
const Id = Type.String({ minLength: 1, maxLength: LIMITS.id });
const Ids = Type.Array(Id, { maxItems: LIMITS.entrants });
const Name = Type.String({ minLength: 1, maxLength: LIMITS.name });
const Text = Type.String({ maxLength: LIMITS.text });
const Language = Type.String({ pattern: '^[a-z]{2}$' });
const Names = Type.Record(Language, Name, { maxProperties: 8 });
const Texts = Type.Record(Language, Text, { maxProperties: 8 });
const Decimal = Type.String({ pattern: '^\\d{1,15}(\\.\\d{1,6})?$' });
const Instant = Type.String({ maxLength: 40, description: 'RFC 3339 with an offset.' });
const whole = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
const Reason = Type.String({ minLength: 3, maxLength: 500 });

const Squad = Type.Object(
  { id: Id, name: Name, members: Type.Array(Id, { minItems: 1, maxItems: 200 }) },
  closed,
);

const Who = Type.Object(
  {
    teams: optional(Ids),
    people: optional(Ids),
    except: optional(Ids),
    roles: optional(Type.Array(Type.Enum(['owner', 'manager', 'rep']), { maxItems: 3 })),
    minDays: optional(whole(0, 36_500)),
    maxDays: optional(whole(0, 36_500)),
    squads: optional(Type.Array(Squad, { maxItems: 200 })),
  },
  closed,
);

const narrowed = {
  where: optional(Type.Array(ConditionSchema, { maxItems: LIMITS.conditions })),
  cap: optional(Decimal),
};
const ScoringSchema = Type.Union([
  Type.Object({ metric: Id, ...narrowed }, closed),
  Type.Object(
    {
      points: Type.Array(
        Type.Object({ metric: Id, weight: Decimal, cap: optional(Decimal) }, closed),
        { minItems: 1, maxItems: 20 },
      ),
      ...narrowed,
    },
    closed,
  ),
]);

const HandicapSchema = Type.Union([
  Type.Object({ by: Type.Literal('hand'), factors: Type.Record(Id, Decimal) }, closed),
  Type.Object({ by: Type.Literal('history'), windows: whole(1, 26), cap: Decimal }, closed),
]);

const kind = <K extends string>(name: K) => ({ kind: Type.Literal(name) });
const Seeding = Type.Enum(['hand', 'history', 'draw']);
const Goal = Decimal;

export const ContestRulesSchema = Type.Union([
  Type.Object({ ...kind('highest') }, closed),
  Type.Object({ ...kind('first_to'), goal: Goal }, closed),
  Type.Object({ ...kind('all_who_reach'), goal: Goal }, closed),
  Type.Object(
    {
      ...kind('tiers'),
      steps: Type.Array(Goal, { minItems: 1, maxItems: LIMITS.steps }),
      each: optional(Type.Boolean()),
    },
    closed,
  ),
  Type.Object({ ...kind('every'), step: Goal, most: optional(whole(1, 1_000)) }, closed),
  Type.Object(
    {
      ...kind('percent_of_target'),
      period: Type.Enum(['day', 'week', 'month', 'quarter', 'half', 'year']),
    },
    closed,
  ),
  Type.Object(
    {
      ...kind('most_improved'),
      windows: whole(1, 26),
      by: Type.Enum(['percent', 'amount']),
    },
    closed,
  ),
  Type.Object({ ...kind('teams'), by: Type.Enum(['sum', 'average']) }, closed),
  Type.Object({ ...kind('collective'), goal: Goal }, closed),
  Type.Object(
    {
      ...kind('power_hour'),
      hours: Type.Array(Type.Object({ from: whole(0, 1_439), to: whole(1, 1_440) }, closed), {
        minItems: 1,
        maxItems: 12,
      }),
      weekdays: optional(Type.Array(whole(1, 7), { maxItems: 7 })),
    },
    closed,
  ),
  Type.Object({ ...kind('duel') }, closed),
  Type.Object({ ...kind('bracket'), seeding: Seeding, thirdPlace: Type.Boolean() }, closed),
  Type.Object(
    {
      ...kind('league'),
      divisions: whole(1, 20),
      rounds: whole(1, 60),
      move: whole(0, 20),
      seeding: Seeding,
    },
    closed,
  ),
  Type.Object(
    { ...kind('elimination'), rounds: whole(1, 60), out: whole(1, 100), left: whole(1, 100) },
    closed,
  ),
  Type.Object({ ...kind('raffle'), ticket: Goal, most: optional(whole(1, 10_000)) }, closed),
  Type.Object(
    {
      ...kind('wheel'),
      faces: Type.Array(Type.Object({ factor: Decimal, weight: whole(1, 1_000) }, closed), {
        minItems: 2,
        maxItems: 24,
      }),
    },
    closed,
  ),
  Type.Object(
    {
      ...kind('bingo'),
      size: Type.Enum([3, 4, 5]),
      cells: Type.Array(Type.Object({ metric: Id, goal: Goal }, closed), {
        minItems: 9,
        maxItems: 25,
      }),
      win: Type.Enum(['first_line', 'most_lines']),
    },
    closed,
  ),
  Type.Object({ ...kind('streak'), daily: Goal }, closed),
  Type.Object({ ...kind('relay'), leg: Goal }, closed),
  Type.Object({ ...kind('pot'), start: Decimal, per: Decimal, most: optional(Decimal) }, closed),
]);

const ItemSchema = Type.Union([
  Type.Object(
    { ...kind('money'), amount: Decimal, currency: Type.String({ pattern: '^[A-Z]{3}$' }) },
    closed,
  ),
  Type.Object({ ...kind('points'), points: whole(1, 1_000_000) }, closed),
  Type.Object({ ...kind('badge'), badge: Id }, closed),
  Type.Object(
    { ...kind('thing'), name: Name, names: optional(Names), cost: optional(Decimal) },
    closed,
  ),
]);

const goes = <K extends string>(to: K) => ({ to: Type.Literal(to) });
const PrizeForSchema = Type.Union([
  Type.Object({ ...goes('ranks'), from: whole(1, 2_000), until: whole(1, 2_000) }, closed),
  Type.Object({ ...goes('reached'), step: optional(whole(1, LIMITS.steps)) }, closed),
  Type.Object({ ...goes('each_time') }, closed),
  Type.Object({ ...goes('drawn'), winners: whole(1, 1_000) }, closed),
  Type.Object(
    {
      ...goes('pot'),
      percents: Type.Union([
        Type.Array(whole(1, 100), { minItems: 1, maxItems: 50 }),
        Type.Literal('by_score'),
      ]),
    },
    closed,
  ),
]);

const PrizeSchema = Type.Object(
  {
    id: Id,
    for: PrizeForSchema,
    item: optional(ItemSchema),
    members: optional(Type.Enum(['each', 'split'])),
  },
  closed,
);

const GuardSchema = Type.Object(
  {
    duplicateMinutes: optional(whole(1, 10_080)),
    burst: optional(whole(1, 1_000)),
    lateMinutes: optional(whole(1, 10_080)),
    lastHourPercent: optional(whole(1, 100)),
  },
  closed,
);

const ShowSchema = Type.Object(
  {
    pin: optional(Type.Boolean()),
    winner: optional(Type.Enum(['takeover', 'banner', 'quiet'])),
    screens: optional(Ids),
    topN: optional(whole(1, 100)),
  },
  closed,
);

const SeriesSchema = Type.Object(
  { every: Type.Enum(['day', 'week', 'month']), until: Instant },
  closed,
);

const rules = {
  of: Type.Enum([...CONTEST_OF]),
  scoring: ScoringSchema,
  rules: ContestRulesSchema,
  who: Who,
  from: Instant,
  to: Instant,
  graceHours: whole(0, 24 * 60),
  ties: Type.Enum([...CONTEST_TIES]),
  prizes: Type.Array(PrizeSchema, { maxItems: LIMITS.prizes }),
};
const more = {
  qualify: optional(Decimal),
  handicap: optional(HandicapSchema),
  budget: optional(Decimal),
  entry: optional(Type.Enum(['everybody', 'leave', 'join'])),
  guard: optional(GuardSchema),
  show: optional(ShowSchema),
  series: optional(SeriesSchema),
  parent: optional(Id),
};

/** The whole rules of a contest, as they are published. */
export const ContestRulesBody = Type.Object({ ...rules, ...more }, closed);
export type ContestRulesBody = Static<typeof ContestRulesBody>;

/** Rules that are being written: anything may still be missing. */
export const ContestDraftBody = Type.Partial(ContestRulesBody, closed);
export type ContestDraftBody = Static<typeof ContestDraftBody>;

const words = {
  names: optional(Names),
  description: optional(Text),
  descriptions: optional(Texts),
};

export const PostContest = Type.Object(
  { name: Name, ...words, definition: optional(ContestDraftBody), copyOf: optional(Id) },
  closed,
);
export type PostContest = Static<typeof PostContest>;

export const PatchContest = Type.Object(
  { name: optional(Name), ...words, definition: optional(ContestDraftBody) },
  closed,
);
export type PatchContest = Static<typeof PatchContest>;

/** Other rules for a contest that is published: all of them, with the reason that is announced. */
export const PostContestAmendment = Type.Object(
  { definition: ContestRulesBody, reason: Reason },
  closed,
);
export type PostContestAmendment = Static<typeof PostContestAmendment>;

/** Nothing has to be said. */
export const PostContestPublish = Type.Object({}, closed);
export const PostContestReason = Type.Object({ reason: Reason }, closed);
export const PostContestExtension = Type.Object({ to: Instant, reason: Reason }, closed);
export const PostContestEntry = Type.Object({ person: optional(Id), in: Type.Boolean() }, closed);
export const PostContestReview = Type.Object(
  {
    fact: Type.String({ maxLength: 500 }),
    verdict: Type.Enum(['counts', 'excluded']),
    reason: Reason,
  },
  closed,
);
export const PostContestDecision = Type.Object(
  { decision: Type.Enum(['keep', 'restate']), reason: Reason },
  closed,
);
export const PostContestCheck = Type.Object({ definition: ContestDraftBody }, closed);
export const PostContestBacktest = Type.Object(
  { definition: optional(ContestDraftBody), windows: optional(whole(1, 12)) },
  closed,
);
