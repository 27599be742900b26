import { Type } from 'typebox';

/** The variables of the API on its own. */
export const IngestConfig = Type.Object({
  DATABASE_URL: Type.String(),
  REDIS_URL: Type.String(),
  OVATION_SECRET: Type.String({ minLength: 16 }),
  /** On a database without any organisation: creates one whose first API key this is. */
  OVATION_BOOTSTRAP_KEY: Type.Optional(Type.String({ minLength: 16, maxLength: 200 })),
  /** Requests a minute of one API key; people and screens have a hundredth of it, at least 60. */
  OVATION_RATE_LIMIT: Type.Integer({ default: 600_000, minimum: 1 }),
  OVATION_PUBLIC_URL: Type.Optional(Type.String()),
  PORT: Type.Integer({ default: 3001, minimum: 0, maximum: 65_535 }),
  HOST: Type.String({ default: '127.0.0.1' }),
  LOG_LEVEL: Type.String({ default: 'info' }),
});
