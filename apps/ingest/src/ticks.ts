import { createCalendar, type LogEvent } from '@ovation/domain';
import { appendEvents, readOrganisation, SETTINGS_SOURCE } from '@ovation/store';
import type { IngestDeps } from './deps.ts';
import { hashOf } from './canonical.ts';
import { ringFor } from './lane.ts';

const TICK_EVERY_MS = 10_000;

/**
 * Time enters the log as data: one tick at each organisation's midnight, so boards roll over without
 * anybody selling. Its id is made from the date, so any number of tickers may try.
 */
export function startTicks(
  deps: IngestDeps,
  organisations: () => Promise<readonly string[]>,
): () => void {
  const ticked = new Map<string, string>();
  const tickAll = async () => {
    for (const orgId of await organisations()) {
      const organisation = await readOrganisation(deps.sql, orgId);
      if (!organisation) continue;
      const { key } = createCalendar(organisation.settings).windowOf('day', deps.clock.now());
      if (ticked.get(orgId) === key) continue;
      await tickOnce(deps, orgId, key);
      ticked.set(orgId, key);
    }
  };
  const timer = setInterval(() => {
    tickAll().catch((error: unknown) => deps.logger.warn({ err: error }, 'no tick'));
  }, TICK_EVERY_MS);
  return () => clearInterval(timer);
}

/** Tells the log what time it is; once for each name. */
export async function tickOnce(deps: IngestDeps, orgId: string, name: string): Promise<void> {
  const eventId = `tick-${name}`;
  const [receipt] = await appendEvents(deps.sql, [
    {
      orgId,
      sourceId: SETTINGS_SOURCE,
      eventId,
      type: 'tick',
      occurredAt: null,
      body: '{}',
      bodyHash: hashOf({}),
    },
  ]);
  if (!receipt || receipt.duplicate) return;
  const at = +receipt.recordedAt;
  const event: LogEvent = {
    type: 'tick',
    seq: receipt.seq,
    key: `${SETTINGS_SOURCE}/${eventId}`,
    occurredAt: at,
    recordedAt: at,
  };
  ringFor(deps.bus, orgId, [event]);
}
