import { Type, type Static } from 'typebox';

/** What may be sent about somebody's own second factor. */
const closed = { additionalProperties: false } as const;

/** Asks for a new secret; whoever has a password says it once more. */
export const PostSecondFactor = Type.Object(
  { password: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) },
  closed,
);
export type PostSecondFactor = Static<typeof PostSecondFactor>;

export const PostFactorCode = Type.Object(
  {
    code: Type.String({
      minLength: 6,
      maxLength: 40,
      description: 'Six digits of the authenticator, or a recovery code; spaces do not matter.',
    }),
  },
  closed,
);
export type PostFactorCode = Static<typeof PostFactorCode>;
