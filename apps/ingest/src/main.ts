import { RedisBus } from '@ovation/bus';
import { createLogger, Lifecycle, readConfig, systemClock } from '@ovation/host';
import { connect, migrate, readHeads } from '@ovation/store';
import { startAnnouncements } from './announcements/clerk.ts';
import { startRecounts } from './pay/recount.ts';
import { buildIngest } from './app.ts';
import { bootstrap } from './bootstrap.ts';
import { IngestConfig } from './config.ts';
import type { IngestDeps } from './deps.ts';
import { Clerk } from './contests/clerk.ts';
import { startTicks } from './ticks.ts';

/** Runs the API alone, against `DATABASE_URL` and `REDIS_URL`. */
export async function runIngest(
  appVersion = '0.0.0',
): Promise<{ url: string; stop(): Promise<void> }> {
  const config = readConfig(IngestConfig);
  const lifecycle = new Lifecycle();
  await migrate(config.DATABASE_URL);
  const pool = (role: 'ovation_app' | 'ovation_projector', max: number, name: string) => {
    const sql = connect(config.DATABASE_URL, { role, max, name });
    lifecycle.add(name, () => sql.end({ timeout: 5 }));
    return sql;
  };
  const bus = RedisBus.open(config.REDIS_URL);
  lifecycle.add('bus', () => bus.close());
  const deps: IngestDeps = {
    sql: pool('ovation_app', 8, 'ovation ingest'),
    lanes: [pool('ovation_app', 1, 'ovation lane 0'), pool('ovation_app', 1, 'ovation lane 1')],
    bus,
    clock: systemClock,
    logger: createLogger('ingest', config.LOG_LEVEL),
    secret: config.OVATION_SECRET,
    appVersion,
    requestsAMinute: config.OVATION_RATE_LIMIT,
    ...(config.OVATION_PUBLIC_URL ? { publicUrl: config.OVATION_PUBLIC_URL } : {}),
  };
  const overseer = pool('ovation_projector', 1, 'ovation ticks');
  const key = config.OVATION_BOOTSTRAP_KEY;
  if (key !== undefined && (await readHeads(overseer)).length === 0) {
    await bootstrap(deps, { name: 'Ovation', key, demo: false });
  }
  const organisations = async () => (await readHeads(overseer)).map((h) => h.orgId);
  const stopTicks = startTicks(deps, organisations);
  lifecycle.add('ticks', () => Promise.resolve(stopTicks()));
  const clerk = new Clerk(deps);
  clerk.start(organisations);
  lifecycle.add('clerk', () => clerk.stop());
  lifecycle.add('recounts of pay', startRecounts(deps, organisations));
  const stopAnnouncements = startAnnouncements(deps, organisations);
  lifecycle.add('announcements', () => Promise.resolve(stopAnnouncements()));
  const ingest = await buildIngest(deps);
  lifecycle.add('ingest', () => ingest.close());
  const url = await ingest.app.listen({ host: config.HOST, port: config.PORT });
  return { url, stop: () => lifecycle.stop() };
}
