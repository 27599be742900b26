import { liveChannel, type FeedItem } from '@ovation/protocol';
import { feedItemOf, inOrg, readEchoes, readFeed } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';

/** Tells everybody who looks of lines that are new or back. Call after they are committed. */
export async function tellFeed(
  deps: IngestDeps,
  orgId: string,
  ids: readonly string[],
): Promise<FeedItem[]> {
  const rows = await readFeed(deps.sql, orgId, { ids, limit: ids.length });
  const items = rows.flatMap((row) => feedItemOf(row) ?? []);
  if (items.length > 0) {
    void deps.bus.publish(liveChannel(orgId), { kind: 'feed', items, whole: false });
  }
  return items;
}

/** Tells everybody who looks what became of a line. Call after it is committed. */
export async function tellChange(
  deps: IngestDeps,
  orgId: string,
  id: string,
  gone = false,
): Promise<void> {
  const echoes = await inOrg(deps.sql, orgId, (tx) => readEchoes(tx, orgId, [id], null));
  const { comments = 0, reactions = {} } = echoes.get(id) ?? {};
  const change = { id, gone, comments, reactions };
  void deps.bus.publish(liveChannel(orgId), { kind: 'feed_change', change });
}
