export type { Bus } from './bus.ts';
export { LocalBus } from './local.ts';
export { RedisBus } from './redis.ts';
