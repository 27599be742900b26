import { BADGE_ICONS } from '@ovation/domain';
import { Type, type Static } from 'typebox';

/** What may be sent about points and what they are exchanged for. */
const LIMITS = { name: 80, text: 400, reason: 300, id: 100, points: 1_000_000 } as const;

const closed = { additionalProperties: false } as const;
const optional = Type.Optional;
const Id = Type.String({ minLength: 1, maxLength: LIMITS.id });
const Language = Type.String({ pattern: '^[a-z]{2}$' });
const Name = Type.String({ minLength: 1, maxLength: LIMITS.name });
const Text = Type.String({ maxLength: LIMITS.text });
const Names = Type.Record(Language, Name, { maxProperties: 8 });
const Texts = Type.Record(Language, Text, { maxProperties: 8 });
const Points = Type.Integer({ minimum: 1, maximum: LIMITS.points });
const Reason = Type.String({ minLength: 3, maxLength: LIMITS.reason });
const NextCursor = Type.String({
  maxLength: 1_000,
  description: 'Where a former answer said that its list goes on.',
});

const reward = {
  name: Name,
  names: optional(Names),
  description: optional(Text),
  descriptions: optional(Texts),
  icon: Type.Enum([...BADGE_ICONS]),
  price: Points,
  cost: optional(
    Type.String({
      pattern: '^\\d{1,12}(\\.\\d{1,4})?$',
      description: 'What one costs, a decimal in the organisation’s currency.',
    }),
  ),
  stock: optional(
    Type.Union([Type.Integer({ minimum: 0, maximum: 100_000 }), Type.Null()], {
      description: 'How many there are; null for as many as are wanted.',
    }),
  ),
  perPerson: optional(Type.Union([Type.Integer({ minimum: 1, maximum: 1_000 }), Type.Null()])),
  active: optional(Type.Boolean()),
};
export const PostReward = Type.Object(reward, closed);
export type PostReward = Static<typeof PostReward>;
/** What is left out stays. */
export const PatchReward = Type.Partial(PostReward, closed);
export type PatchReward = Static<typeof PatchReward>;

/** Why a wish is not granted. */
export const PostDecline = Type.Object({ reason: Reason }, closed);
export type PostDecline = Static<typeof PostDecline>;

export const RedemptionsQuery = Type.Object({
  open: optional(
    Type.Enum(['true', 'false'], { description: 'Only those that wait for something.' }),
  ),
  mine: optional(Type.Enum(['true', 'false'], { description: 'Only the caller’s own.' })),
});
export type RedemptionsQuery = Static<typeof RedemptionsQuery>;

export const CostsQuery = Type.Object({
  months: optional(Type.String({ pattern: '^\\d{1,2}$', description: 'At most 24; 6 without.' })),
});
export type CostsQuery = Static<typeof CostsQuery>;

export const WalletQuery = Type.Object({
  person: optional(Id),
  cursor: optional(NextCursor),
  limit: optional(Type.String({ pattern: '^\\d{1,3}$', description: 'At most 100; 30 without.' })),
});
export type WalletQuery = Static<typeof WalletQuery>;

/** Points for somebody, out of the giver’s month. */
export const PostGrant = Type.Object({ person: Id, points: Points, reason: Reason }, closed);
export type PostGrant = Static<typeof PostGrant>;

/** Points a month that somebody may grant. */
export const PutBudget = Type.Object(
  { user: Id, points: Type.Integer({ minimum: 0, maximum: LIMITS.points }) },
  closed,
);
export type PutBudget = Static<typeof PutBudget>;

const upTo = (maximum: number) => Type.Integer({ minimum: 0, maximum });
export const PatchPlayRules = Type.Object(
  {
    kudosPointsMost: optional(upTo(10_000)),
    kudosPointsMonth: optional(upTo(100_000)),
    grantPointsMonth: optional(upTo(LIMITS.points)),
    duels: optional(Type.Boolean()),
    duelStakeMost: optional(upTo(100_000)),
  },
  closed,
);
export type PatchPlayRules = Static<typeof PatchPlayRules>;
