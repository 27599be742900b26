/**
 * The servers that a machine without any service still needs: a real Postgres from npm binaries, and
 * a private Redis where one is installed. This package promises that nothing it starts listens
 * beyond 127.0.0.1, that data survives a killed parent, and that no signal handler is installed:
 * whoever starts a server stops it, last, after its own drain.
 */
export { freePort } from './port.ts';
export { startPostgres, type EmbeddedPostgres, type PostgresOptions } from './postgres.ts';
export { startRedis, type EmbeddedRedis } from './redis.ts';
