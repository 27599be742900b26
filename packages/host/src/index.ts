export * from './clock.ts';
export * from './config.ts';
export * from './logger.ts';
export * from './lifecycle.ts';
export * from './secrets.ts';
