import { LocalBus } from '@ovation/bus';
import { createLogger, systemClock } from '@ovation/host';
import { connect } from '@ovation/store';
import { buildIngest, type Ingest } from './app.ts';
import type { IngestDeps } from './deps.ts';

/** The API without a database behind it: for what it says of itself. */
export async function ingestWithoutFloor(deps: Partial<IngestDeps> = {}): Promise<Ingest> {
  const sql = connect('postgres://nobody@127.0.0.1:1/none', {
    role: 'ovation_app',
    max: 1,
    name: 'none',
  });
  return buildIngest({
    sql,
    lanes: [],
    bus: new LocalBus(),
    clock: systemClock,
    logger: createLogger('test', 'silent'),
    secret: 'test secret',
    ...deps,
  });
}
