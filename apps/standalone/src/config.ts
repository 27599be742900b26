import { Type } from 'typebox';

/** The variables of the one-process house. */
export const StandaloneConfig = Type.Object({
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65_535 }),
  HOST: Type.String({ default: '127.0.0.1' }),
  OVATION_DATA: Type.String({ default: '.ovation' }),
  DATABASE_URL: Type.Optional(Type.String()),
  REDIS_URL: Type.Optional(Type.String()),
  OVATION_BOOTSTRAP_KEY: Type.Optional(Type.String({ minLength: 16, maxLength: 200 })),
  OVATION_RATE_LIMIT: Type.Integer({ default: 600_000, minimum: 1 }),
  OVATION_PUBLIC_URL: Type.Optional(Type.String()),
  LOG_LEVEL: Type.String({ default: 'warn' }),
});
