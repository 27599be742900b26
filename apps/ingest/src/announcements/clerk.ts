import type { IngestDeps } from '../deps.ts';
import { putInFeed } from './news.ts';
import { announce, readStanding } from './publish.ts';

/** A gateway that has just begun hears what stands within this time. */
const TELL_EVERY_MS = 5_000;

/**
 * Tells gateways what stands, again and again: rows say what, the clock says when. So a schedule
 * survives every restart, and any number of clerks may tell the same.
 */
export function startAnnouncements(
  deps: IngestDeps,
  organisations: () => Promise<readonly string[]>,
): () => void {
  let telling = false;
  const tellAll = async () => {
    if (telling) return;
    telling = true;
    try {
      for (const orgId of await organisations()) {
        await tellStanding(deps, orgId);
      }
    } finally {
      telling = false;
    }
  };
  const timer = setInterval(() => {
    tellAll().catch((error: unknown) => deps.logger.warn({ err: error }, 'nothing announced'));
  }, TELL_EVERY_MS);
  return () => clearInterval(timer);
}

/** Tells what stands now, or will within a minute. */
export async function tellStanding(deps: IngestDeps, orgId: string): Promise<void> {
  const rows = await readStanding(deps, orgId);
  for (const row of rows) await announce(deps, orgId, row);
  await putInFeed(deps, orgId, rows);
}
