import { may } from '@ovation/domain';
import type { FeedAnswer, FeedComment, FeedEntry, FeedQuery } from '@ovation/protocol';
import {
  feedItemOf,
  inOrg,
  readComments,
  readEchoes,
  readFeed,
  type Echo,
  type FeedRow,
} from '@ovation/store';
import { Type } from 'typebox';
import { readCursor, writeCursor } from '../api/cursor.ts';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';

const LINES = 20;
const LINES_MAX = 100;
const LIST = 'feed';

/** A page of the feed, newest first. */
export async function feedPage(
  deps: IngestDeps,
  caller: Caller,
  { cursor, limit, kind, person, hidden }: FeedQuery,
): Promise<FeedAnswer> {
  const { orgId, userId } = caller;
  const place = readCursor(LIST, cursor, Type.String({ pattern: '^\\d{1,18}$' }));
  const most = Math.min(Math.max(1, Number(limit ?? LINES)), LINES_MAX);
  return inOrg(deps.sql, orgId, async (tx) => {
    const rows = await readFeed(tx, orgId, {
      limit: most,
      hidden: hidden === 'true' && may(caller, 'feed:moderate'),
      ...(place === undefined ? {} : { before: BigInt(place) }),
      ...(kind === undefined ? {} : { kind }),
      ...(person === undefined ? {} : { person }),
    });
    const ids = rows.map((row) => row.id);
    const echoes = await readEchoes(tx, orgId, ids, userId);
    const entries = rows.flatMap((row) => entryOf(row, echoes.get(row.id)) ?? []);
    const last = rows.length === most ? rows.at(-1) : undefined;
    return { entries, next: last ? writeCursor(LIST, String(last.place)) : null };
  });
}

/** One line; `undefined` when it is not there, or nothing can be said of it any more. */
export async function feedEntry(
  deps: IngestDeps,
  { orgId, userId }: Caller,
  id: string,
): Promise<FeedEntry | undefined> {
  return inOrg(deps.sql, orgId, async (tx) => {
    const [row] = await readFeed(tx, orgId, { ids: [id], limit: 1, hidden: true });
    const echoes = await readEchoes(tx, orgId, [id], userId);
    return row && entryOf(row, echoes.get(id));
  });
}

function entryOf(row: FeedRow, echo: Echo | undefined): FeedEntry | undefined {
  const item = feedItemOf(row);
  if (!item) return undefined;
  const { comments = 0, reactions = {}, mine = [] } = echo ?? {};
  const hidden = row.hiddenAt === null ? null : { reason: row.hiddenReason ?? '' };
  return { item, comments, reactions, mine, hidden };
}

/** What was said to a line, oldest first. */
export async function commentsOf(
  deps: IngestDeps,
  caller: Caller,
  item: string,
): Promise<FeedComment[]> {
  const rows = await readComments(deps.sql, caller.orgId, item, may(caller, 'feed:moderate'));
  return rows.map((row) => ({
    id: row.id,
    by: { id: row.byId, name: row.byName ?? '', names: row.byNames },
    text: row.text,
    at: row.at.toISOString(),
    mine: row.userId === caller.userId,
    hidden: row.hiddenAt === null ? null : { reason: row.hiddenReason ?? '' },
  }));
}
