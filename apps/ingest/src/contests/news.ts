import type { ContestNews } from '@ovation/protocol';
import { addFeedItems, inOrg, type ContestRow, type Tx } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { tellFeed } from '../feed/live.ts';

type Told = Pick<ContestRow, 'id' | 'name' | 'names'>;

const newsId = (id: string, news: ContestNews): string => `contest/${id}/${news}`;

/** A line of the internal news about a contest, once for each step of its life. */
export async function addContestNews(
  tx: Tx,
  orgId: string,
  { id, name, names }: Told,
  news: ContestNews,
  told: { readonly at: Date; readonly person?: string | null },
): Promise<void> {
  const data = { contest: id, name, names, news };
  const line = { id: newsId(id, news), kind: 'contest' as const, at: told.at, data };
  await addFeedItems(tx, orgId, [{ ...line, person: told.person ?? null }]);
}

/** Shows the line to everybody who looks. Call after it is committed. */
export const tellContestNews = (
  deps: IngestDeps,
  orgId: string,
  id: string,
  news: ContestNews,
): Promise<unknown> => tellFeed(deps, orgId, [newsId(id, news)]);

/** The same for a step that writes nothing else. */
export async function noteContestNews(
  deps: IngestDeps,
  orgId: string,
  row: Told,
  news: ContestNews,
): Promise<void> {
  const at = new Date(deps.clock.now());
  await inOrg(deps.sql, orgId, (tx) => addContestNews(tx, orgId, row, news, { at }));
  await tellContestNews(deps, orgId, row.id, news);
}
