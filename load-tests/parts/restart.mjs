import { LocalBus } from '@ovation/bus';
import { startPostgres } from '@ovation/embedded';
import { createLogger } from '@ovation/host';
import { bootstrap } from '@ovation/ingest';
import { startProjector } from '@ovation/projector';
import { appendEvents, connect, migrate, readProjectedSeq, readHead } from '@ovation/store';
import { rounded, sleep } from '../lib/figures.mjs';
import { temporaryFolder } from '../lib/house.mjs';
import { win } from './made-up.mjs';

const PEOPLE = 200;
const BATCH = 2_000;

/** A projector over a log of so many events: from the first event, and from what it has written. */
export async function restart(events = 100_000) {
  const { folder, remove } = await temporaryFolder();
  const postgres = await startPostgres({ folder });
  const bus = new LocalBus();
  const logger = createLogger('restart', 'error');
  await migrate(postgres.url);
  const app = connect(postgres.url, { role: 'ovation_app', max: 4, name: 'restart' });
  const own = connect(postgres.url, { role: 'ovation_projector', max: 4, name: 'restart' });
  try {
    const deps = { sql: app, lanes: [], bus, logger, secret: '', clock: { now: () => Date.now() } };
    const { orgId } = await bootstrap(deps, { name: 'Restart', key: 'ovk_restart', demo: false });
    for (let at = 0; at < events; at += BATCH) {
      await appendEvents(
        app,
        Array.from({ length: BATCH }, (_, n) => rowOf(orgId, at + n + 1)),
      );
    }
    const caughtUp = async () => {
      const from = performance.now();
      const projector = await startProjector({ sql: own, bus, logger });
      while ((await readProjectedSeq(app, orgId)) < (await readHead(app, orgId))) await sleep(20);
      const ms = performance.now() - from;
      await projector.stop();
      return ms;
    };
    const replayMs = await caughtUp();
    const restartMs = await caughtUp();
    return {
      events,
      replayMs: rounded(replayMs, 0),
      restartMs: rounded(restartMs, 0),
      replayToRestart: rounded(replayMs / restartMs),
    };
  } finally {
    await app.end({ timeout: 1 });
    await own.end({ timeout: 1 });
    await postgres.stop();
    await remove();
  }
}

function rowOf(orgId, n) {
  const { type, occurredAt, deal, amount, credits } = win(n, PEOPLE);
  const body = JSON.stringify({ deal, amount, credits });
  return {
    orgId,
    sourceId: 'src_load',
    eventId: `e${n}`,
    type,
    occurredAt: new Date(occurredAt).toISOString(),
    body,
    bodyHash: String(n),
  };
}
