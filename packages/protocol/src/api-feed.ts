import { BADGE_ICONS } from '@ovation/domain';
import { Type, type Static } from 'typebox';

/** What may be sent to the feed. */
const LIMITS = { text: 500, reason: 300, id: 100, name: 60, categories: 20 } as const;

const closed = { additionalProperties: false } as const;
const optional = Type.Optional;
const Id = Type.String({ minLength: 1, maxLength: LIMITS.id });
const Text = Type.String({ minLength: 1, maxLength: LIMITS.text });
const Name = Type.String({ minLength: 1, maxLength: LIMITS.name });
const Names = Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), Name, { maxProperties: 8 });

export const FeedQuery = Type.Object({
  cursor: optional(
    Type.String({
      maxLength: 1_000,
      description: 'Where a former answer said that its list goes on.',
    }),
  ),
  limit: optional(Type.String({ pattern: '^\\d{1,3}$', description: 'At most 100; 20 without.' })),
  kind: optional(Type.Enum(['win', 'badge', 'contest', 'kudos', 'announcement'])),
  person: optional(Id),
  hidden: optional(
    Type.Enum(['true', 'false'], { description: 'Hidden lines too; for those who moderate.' }),
  ),
});
export type FeedQuery = Static<typeof FeedQuery>;

export const PostComment = Type.Object({ text: Text }, closed);
export type PostComment = Static<typeof PostComment>;

/** Why a line or comment is hidden. */
export const PostHidden = Type.Object(
  { reason: Type.String({ minLength: 3, maxLength: LIMITS.reason }) },
  closed,
);
export type PostHidden = Static<typeof PostHidden>;

export const PostKudos = Type.Object(
  {
    person: Id,
    category: Id,
    text: Text,
    points: optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  },
  closed,
);
export type PostKudos = Static<typeof PostKudos>;

/** What kudos may be for, in this order; an id that is known stays. */
export const PutKudosCategories = Type.Object(
  {
    categories: Type.Array(
      Type.Object(
        {
          id: optional(Id),
          name: Name,
          names: optional(Names),
          icon: Type.Enum([...BADGE_ICONS]),
        },
        closed,
      ),
      { minItems: 1, maxItems: LIMITS.categories },
    ),
  },
  closed,
);
export type PutKudosCategories = Static<typeof PutKudosCategories>;
