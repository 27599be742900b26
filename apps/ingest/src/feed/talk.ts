import { newId } from '@ovation/host';
import type { FeedComment, Reaction } from '@ovation/protocol';
import {
  addComment,
  COMMENTS_MAX,
  countComments,
  deleteComment,
  hideComment,
  hideFeedItem,
  inOrg,
  lockComment,
  lockFeedItem,
  setReaction,
  type Tx,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { commentsOf } from './read.ts';
import { tellChange, tellFeed } from './live.ts';

/** The signed-in user of a request; ends it for machines and screens, who have nothing to say. */
export function mustBeUser(caller: Caller): string {
  if (caller.userId !== null) return caller.userId;
  throw new ProblemError('forbidden', 'This is for somebody who is signed in.');
}

export async function comment(
  deps: IngestDeps,
  caller: Caller,
  item: string,
  text: string,
): Promise<FeedComment> {
  const { orgId } = caller;
  const user = mustBeUser(caller);
  const id = newId('cmt');
  const at = new Date(deps.clock.now());
  await inOrg(deps.sql, orgId, async (tx) => {
    await mustBeShown(tx, orgId, item);
    if ((await countComments(tx, orgId, item)) >= COMMENTS_MAX) {
      throw new ProblemError('refused', `There are ${COMMENTS_MAX} comments, and no more fit.`);
    }
    await addComment(tx, orgId, { id, item, user, text: wordsOf(text), at });
  });
  await tellChange(deps, orgId, item);
  return (await commentsOf(deps, caller, item)).find((one) => one.id === id)!;
}

/** Takes one's own comment away. */
export async function uncomment(deps: IngestDeps, caller: Caller, id: string): Promise<void> {
  const { orgId } = caller;
  const user = mustBeUser(caller);
  const item = await inOrg(deps.sql, orgId, async (tx) => {
    const found = await lockComment(tx, orgId, id);
    if (!found) throw new ProblemError('not_found', 'There is no such comment.');
    if (found.user !== user) {
      throw new ProblemError('forbidden', 'Only who wrote a comment takes it away.');
    }
    await deleteComment(tx, orgId, id, new Date(deps.clock.now()));
    return found.item;
  });
  await tellChange(deps, orgId, item);
}

export async function react(
  deps: IngestDeps,
  caller: Caller,
  {
    item,
    reaction,
    on,
  }: { readonly item: string; readonly reaction: Reaction; readonly on: boolean },
): Promise<void> {
  const { orgId } = caller;
  const user = mustBeUser(caller);
  const at = new Date(deps.clock.now());
  await inOrg(deps.sql, orgId, async (tx) => {
    await mustBeShown(tx, orgId, item);
    await setReaction(tx, orgId, { item, user, reaction, at }, on);
  });
  await tellChange(deps, orgId, item);
}

/** Hides a line with a reason, or with `null` shows it again; on the record. */
export async function moderateItem(
  deps: IngestDeps,
  caller: Caller,
  id: string,
  reason: string | null,
): Promise<void> {
  const { orgId, author } = caller;
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await lockFeedItem(tx, orgId, id);
    if (!was) throw noItem();
    await hideFeedItem(tx, orgId, id, hidingOf(deps, caller, reason));
    return { value: undefined, events: moderated(id, was.hidden, reason !== null) };
  });
  await tellChange(deps, orgId, id, reason !== null);
  if (reason === null) await tellFeed(deps, orgId, [id]);
}

/** The same of a comment. */
export async function moderateComment(
  deps: IngestDeps,
  caller: Caller,
  id: string,
  reason: string | null,
): Promise<void> {
  const { orgId, author } = caller;
  const item = await writeSettings(deps, orgId, author, async (tx) => {
    const was = await lockComment(tx, orgId, id);
    if (!was) throw new ProblemError('not_found', 'There is no such comment.');
    await hideComment(tx, orgId, id, hidingOf(deps, caller, reason));
    return { value: was.item, events: moderated(id, was.hidden, reason !== null) };
  });
  await tellChange(deps, orgId, item);
}

const hidingOf = (deps: IngestDeps, caller: Caller, reason: string | null) =>
  reason === null ? null : { by: caller.author.id, reason, at: new Date(deps.clock.now()) };

/** The reason is a text and so is in the row; who did it, when and to what is in the log. */
const moderated = (subject: string, was: boolean, hidden: boolean) =>
  was === hidden
    ? []
    : [{ type: 'feed.moderated' as const, subject, now: { hidden }, was: { hidden: was } }];

async function mustBeShown(tx: Tx, orgId: string, id: string): Promise<void> {
  const found = await lockFeedItem(tx, orgId, id);
  if (!found || found.hidden) throw noItem();
}

const noItem = () => new ProblemError('not_found', 'There is no such line in the feed.');

/** What somebody wrote, without what is around it. */
export function wordsOf(text: string): string {
  const words = text.trim();
  if (words !== '') return words;
  const detail = 'Write something.';
  throw new ProblemError('refused', detail, [{ code: 'empty', detail, pointer: '/text' }]);
}
