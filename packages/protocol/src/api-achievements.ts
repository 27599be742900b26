import { BADGE_ICONS, BADGE_LEVELS, BADGE_WINDOWS } from '@ovation/domain';
import { Type, type Static } from 'typebox';
import { ConditionSchema } from './api-metrics.ts';

/** What may be sent about badges. Decimals are in what the kind counts. */
const LIMITS = {
  name: 60,
  text: 300,
  conditions: 20,
  teams: 200,
  points: 10_000,
  id: 100,
} as const;

const closed = { additionalProperties: false } as const;
const optional = Type.Optional;
const Id = Type.String({ minLength: 1, maxLength: LIMITS.id });
const Language = Type.String({ pattern: '^[a-z]{2}$' });
const Name = Type.String({ minLength: 1, maxLength: LIMITS.name });
const Text = Type.String({ maxLength: LIMITS.text });
const Names = Type.Record(Language, Name, { maxProperties: 8 });
const Texts = Type.Record(Language, Text, { maxProperties: 8 });
const Decimal = Type.String({ pattern: '^\\d{1,15}(\\.\\d{1,6})?$' });
const whole = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });

const kind = <K extends string>(name: K) => ({ kind: Type.Literal(name) });
const windowed = { metric: Id, window: Type.Enum([...BADGE_WINDOWS]) };

export const AchievementRulesSchema = Type.Union([
  Type.Object({ ...kind('event'), ...windowed }, closed),
  Type.Object({ ...kind('sum'), ...windowed }, closed),
  Type.Object({ ...kind('record'), ...windowed, after: whole(1, 100) }, closed),
  Type.Object({ ...kind('first'), ...windowed, of: Type.Enum(['own', 'everybody']) }, closed),
  Type.Object({ ...kind('streak'), metric: Id, daily: Decimal, freeze: whole(0, 30) }, closed),
  Type.Object({ ...kind('target'), ...windowed }, closed),
  Type.Object(
    {
      ...kind('time'),
      ...windowed,
      hours: Type.Object({ from: whole(0, 1_439), to: whole(1, 1_440) }, closed),
    },
    closed,
  ),
  Type.Object(
    { ...kind('team'), ...windowed, teams: optional(Type.Array(Id, { maxItems: LIMITS.teams })) },
    closed,
  ),
]);

const StepSchema = Type.Object(
  { level: Type.Enum([...BADGE_LEVELS]), at: Decimal, points: whole(0, LIMITS.points) },
  closed,
);

export const AchievementBody = Type.Object(
  {
    icon: Type.Enum([...BADGE_ICONS]),
    rules: AchievementRulesSchema,
    where: optional(Type.Array(ConditionSchema, { maxItems: LIMITS.conditions })),
    steps: Type.Array(StepSchema, { minItems: 1, maxItems: 3 }),
    repeat: Type.Enum(['once', 'window']),
    paused: optional(Type.Boolean({ description: 'No longer given; who has it keeps it.' })),
    since: optional(
      Type.String({
        maxLength: 40,
        description: 'RFC 3339 with an offset: what happened before does not count.',
      }),
    ),
  },
  closed,
);
export type AchievementBody = Static<typeof AchievementBody>;

/** A badge with its words. */
export const PostAchievement = Type.Object(
  {
    name: Name,
    names: optional(Names),
    description: optional(Text),
    descriptions: optional(Texts),
    definition: AchievementBody,
  },
  closed,
);
export type PostAchievement = Static<typeof PostAchievement>;

/** Who would have a badge; with the `id` of one, also who would lose it. */
export const PostAchievementPreview = Type.Object(
  { id: optional(Id), definition: AchievementBody },
  closed,
);
export type PostAchievementPreview = Static<typeof PostAchievementPreview>;
