import { Type, type Static } from 'typebox';

/** What may be sent about duels. */
export const DUEL_HOURS_MAX = 336;

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 100 });

export const PostDuel = Type.Object(
  {
    opponent: Id,
    metric: Id,
    hours: Type.Integer({
      minimum: 1,
      maximum: DUEL_HOURS_MAX,
      description: 'How long it lasts from when it is accepted; 14 days at most.',
    }),
    stake: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100_000,
        description: 'Points that each of the two puts in; none for honour.',
      }),
    ),
  },
  closed,
);
export type PostDuel = Static<typeof PostDuel>;

/** Whether one does not want to be challenged. */
export const PutDuelOptOut = Type.Object({ out: Type.Boolean() }, closed);
export type PutDuelOptOut = Static<typeof PutDuelOptOut>;
