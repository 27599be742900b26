import { RedisBus } from '@ovation/bus';
import { createLogger, Lifecycle, readConfig } from '@ovation/host';
import { connect } from '@ovation/store';
import { ProjectorConfig } from './config.ts';
import { startProjector } from './projector.ts';

/** Runs a projector alone; any number of them share the organisations. */
export async function runProjector(): Promise<{ url: string; stop(): Promise<void> }> {
  const config = readConfig(ProjectorConfig);
  const lifecycle = new Lifecycle();
  const sql = connect(config.DATABASE_URL, {
    role: 'ovation_projector',
    max: 4,
    name: 'ovation projector',
  });
  lifecycle.add('database', () => sql.end({ timeout: 5 }));
  const bus = RedisBus.open(config.REDIS_URL);
  lifecycle.add('bus', () => bus.close());
  const logger = createLogger('projector', config.LOG_LEVEL);
  const projector = await startProjector({ sql, bus, logger });
  lifecycle.add('projector', () => projector.stop());
  return { url: 'no address: it listens to the bus', stop: () => lifecycle.stop() };
}
