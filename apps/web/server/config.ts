import { Type } from 'typebox';

/** The variables of the pages on their own. */
export const WebConfig = Type.Object({
  DATABASE_URL: Type.String(),
  PORT: Type.Integer({ default: 3003, minimum: 0, maximum: 65_535 }),
  HOST: Type.String({ default: '127.0.0.1' }),
});
