import { Type } from 'typebox';

/** The variables of a gateway on its own. */
export const GatewayConfig = Type.Object({
  REDIS_URL: Type.String(),
  OVATION_SECRET: Type.String({ minLength: 16 }),
  PORT: Type.Integer({ default: 3002, minimum: 0, maximum: 65_535 }),
  HOST: Type.String({ default: '127.0.0.1' }),
  LOG_LEVEL: Type.String({ default: 'info' }),
});
