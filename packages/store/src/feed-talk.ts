import type { Reaction } from '@ovation/protocol';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** A comment with the name of today. */
export interface CommentRow {
  readonly id: string;
  readonly item: string;
  readonly text: string;
  readonly at: Date;
  readonly userId: string;
  readonly byId: string;
  readonly byName: string | null;
  readonly byNames: Readonly<Record<string, string>>;
  readonly hiddenAt: Date | null;
  readonly hiddenReason: string | null;
}

/** Comments on a line, oldest first; hidden ones too for whoever moderates. */
export function readComments(
  sql: Sql,
  orgId: string,
  item: string,
  hidden: boolean,
): Promise<CommentRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<CommentRow[]>`
      select c.comment_id as id, c.item_id as item, c.text, c.at, c.user_id,
        coalesce(u.person_id, c.user_id) as by_id, coalesce(p.name, u.name) as by_name,
        coalesce(p.names, '{}') as by_names, c.hidden_at, c.hidden_reason
      from feed_comment c
      left join user_account u on u.org_id = c.org_id and u.user_id = c.user_id
      left join person p on p.org_id = u.org_id and p.person_id = u.person_id
      where c.org_id = ${orgId} and c.item_id = ${item} and c.deleted_at is null
        and (${hidden} or c.hidden_at is null)
      order by c.at, c.comment_id
      limit ${COMMENTS_MAX}`,
  );
}

/** Comments on one line at most. */
export const COMMENTS_MAX = 500;

/** Whether a line is there and shown, kept from change until the transaction ends. */
export async function lockFeedItem(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<{ readonly hidden: boolean; readonly reason: string | null } | undefined> {
  const [row] = await tx<{ hidden: boolean; reason: string | null }[]>`
    select hidden_at is not null as hidden, hidden_reason as reason from feed_item
    where org_id = ${orgId} and item_id = ${id} and withdrawn_at is null
    for update`;
  return row;
}

export async function countComments(tx: Tx, orgId: string, item: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from feed_comment
    where org_id = ${orgId} and item_id = ${item} and deleted_at is null`;
  return row?.count ?? 0;
}

export async function addComment(
  tx: Tx,
  orgId: string,
  comment: {
    readonly id: string;
    readonly item: string;
    readonly user: string;
    readonly text: string;
    readonly at: Date;
  },
): Promise<void> {
  await tx`
    insert into feed_comment (org_id, comment_id, item_id, user_id, text, at)
    values (${orgId}, ${comment.id}, ${comment.item}, ${comment.user}, ${comment.text},
      ${comment.at})`;
}

/** Whose comment it is, on what, and whether it is hidden; `undefined` when there is none. */
export async function lockComment(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<{ item: string; user: string; hidden: boolean; reason: string | null } | undefined> {
  const [row] = await tx<{ item: string; user: string; hidden: boolean; reason: string | null }[]>`
    select item_id as item, user_id as user, hidden_at is not null as hidden,
      hidden_reason as reason
    from feed_comment
    where org_id = ${orgId} and comment_id = ${id} and deleted_at is null
    for update`;
  return row;
}

/** The words of a comment that its author takes away are gone for good. */
export async function deleteComment(tx: Tx, orgId: string, id: string, at: Date): Promise<void> {
  await tx`
    update feed_comment set deleted_at = ${at}, text = ''
    where org_id = ${orgId} and comment_id = ${id}`;
}

/** Who hid something and why; `null` shows it again. */
export type Hiding = { readonly by: string; readonly reason: string; readonly at: Date } | null;

export async function hideComment(
  tx: Tx,
  orgId: string,
  id: string,
  hiding: Hiding,
): Promise<void> {
  await tx`
    update feed_comment set hidden_at = ${hiding?.at ?? null}, hidden_by = ${hiding?.by ?? null},
      hidden_reason = ${hiding?.reason ?? null}
    where org_id = ${orgId} and comment_id = ${id}`;
}

export async function hideFeedItem(
  tx: Tx,
  orgId: string,
  id: string,
  hiding: Hiding,
): Promise<void> {
  await tx`
    update feed_item set hidden_at = ${hiding?.at ?? null}, hidden_by = ${hiding?.by ?? null},
      hidden_reason = ${hiding?.reason ?? null}
    where org_id = ${orgId} and item_id = ${id}`;
}

/** Adds a reaction, or takes it away; saying it twice says it once. */
export async function setReaction(
  tx: Tx,
  orgId: string,
  reaction: {
    readonly item: string;
    readonly user: string;
    readonly reaction: Reaction;
    readonly at: Date;
  },
  on: boolean,
): Promise<void> {
  if (on) {
    await tx`
      insert into feed_reaction (org_id, item_id, user_id, reaction, at)
      values (${orgId}, ${reaction.item}, ${reaction.user}, ${reaction.reaction}, ${reaction.at})
      on conflict do nothing`;
    return;
  }
  await tx`
    delete from feed_reaction
    where org_id = ${orgId} and item_id = ${reaction.item} and user_id = ${reaction.user}
      and reaction = ${reaction.reaction}`;
}
