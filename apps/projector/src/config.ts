import { Type } from 'typebox';

/** The variables of a projector on its own. */
export const ProjectorConfig = Type.Object({
  DATABASE_URL: Type.String(),
  REDIS_URL: Type.String(),
  LOG_LEVEL: Type.String({ default: 'info' }),
});
