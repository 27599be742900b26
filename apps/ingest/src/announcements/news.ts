import { addFeedItems, inOrg, lockAnnouncement, type AnnouncementRow } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { tellFeed } from '../feed/live.ts';

/** What has begun and is meant for everybody stands in the feed too: once, whoever says so. */
export async function putInFeed(
  deps: IngestDeps,
  orgId: string,
  rows: readonly AnnouncementRow[],
): Promise<void> {
  const news = rows.filter((row) => isNews(row, deps.clock.now()));
  if (news.length === 0) return;
  const added = await inOrg(deps.sql, orgId, async (tx) => {
    const items = [];
    for (const { id, startsAt, byId, text } of news) {
      const held = await lockAnnouncement(tx, orgId, id);
      if (!held || held.cancelledAt !== null) continue;
      items.push({ id, kind: 'announcement' as const, at: startsAt, user: byId, text });
    }
    return addFeedItems(tx, orgId, items);
  });
  if (added.length > 0) await tellFeed(deps, orgId, added);
}

const isNews = ({ startsAt, teams, people }: AnnouncementRow, now: number): boolean =>
  teams === null && people === null && startsAt.getTime() <= now;
