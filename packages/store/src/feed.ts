import type { BadgeIcon, BadgeLevel } from '@ovation/domain';
import type { ContestNews, Emblem, FeedItem, Named, Reaction } from '@ovation/protocol';
import { inOrg, type Sql, type Tx } from './connect.ts';

/** A line of the internal news that is new. */
export interface NewFeedItem {
  /** Named once: the same is never told a second time. */
  readonly id: string;
  readonly kind: 'win' | 'badge' | 'contest' | 'kudos' | 'announcement';
  readonly at: Date;
  /** Whom it is about. */
  readonly person?: string | null;
  /** Which user wrote it. */
  readonly user?: string | null;
  readonly text?: string;
  /** What its kind says besides: see `feedItemOf`. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Adds news; what is known by its id is left out. Answers the ids that were new. */
export async function addFeedItems(
  tx: Tx,
  orgId: string,
  items: readonly NewFeedItem[],
): Promise<string[]> {
  if (items.length === 0) return [];
  const rows = await tx<{ id: string }[]>`
    insert into feed_item (org_id, item_id, kind, at, person_id, user_id, text, data)
    select ${orgId}, n.item_id, n.kind, n.at, n.person_id, n.user_id, n.text, n.data::jsonb
    from unnest(
      ${items.map((one) => one.id)}::text[], ${items.map((one) => one.kind)}::text[],
      ${items.map((one) => one.at.toISOString())}::timestamptz[],
      ${items.map((one) => one.person ?? null)}::text[],
      ${items.map((one) => one.user ?? null)}::text[],
      ${items.map((one) => one.text ?? '')}::text[],
      ${items.map((one) => JSON.stringify(one.data ?? {}))}::text[]
    ) with ordinality as n (item_id, kind, at, person_id, user_id, text, data, ordinal)
    order by n.ordinal
    on conflict (org_id, item_id) do nothing
    returning item_id as id`;
  return rows.map((row) => row.id);
}

/** What these told is no longer so. Answers the ids that were shown until now. */
export async function withdrawFeedItems(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
  at: Date,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx<{ id: string }[]>`
    update feed_item set withdrawn_at = ${at}
    where org_id = ${orgId} and item_id = any (${ids as string[]}::text[])
      and withdrawn_at is null
    returning item_id as id`;
  return rows.map((row) => row.id);
}

/** A line with the names of today and what others made of it. */
export interface FeedRow {
  readonly id: string;
  readonly place: bigint;
  readonly kind: NewFeedItem['kind'];
  readonly at: Date;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly personId: string | null;
  readonly personName: string | null;
  readonly personNames: Readonly<Record<string, string>> | null;
  readonly userId: string | null;
  readonly byId: string | null;
  readonly byName: string | null;
  readonly byNames: Readonly<Record<string, string>> | null;
  readonly badgeName: string | null;
  readonly badgeNames: Readonly<Record<string, string>> | null;
  readonly badgeIcon: BadgeIcon | null;
  readonly hiddenAt: Date | null;
  readonly hiddenReason: string | null;
}

export interface FeedQuery {
  /** Older than this place; the newest without it. */
  readonly before?: bigint;
  readonly limit: number;
  readonly kind?: string;
  /** News about this person. */
  readonly person?: string;
  /** Hidden ones too, for whoever moderates. */
  readonly hidden?: boolean;
  readonly ids?: readonly string[];
}

/** News, newest first. What was withdrawn is in none. */
export async function readFeed(
  sql: Sql | Tx,
  orgId: string,
  { before, limit, kind, person, hidden = false, ids }: FeedQuery,
): Promise<FeedRow[]> {
  const read = (tx: Tx) => tx<FeedRow[]>`
    select f.item_id as id, f.place, f.kind, f.at, f.text, f.data,
      f.person_id, p.name as person_name, p.names as person_names,
      f.user_id, coalesce(u.person_id, f.user_id) as by_id,
      coalesce(b.name, u.name) as by_name, coalesce(b.names, '{}') as by_names,
      a.name as badge_name, a.names as badge_names, a.definition ->> 'icon' as badge_icon,
      f.hidden_at, f.hidden_reason
    from feed_item f
    left join person p on p.org_id = f.org_id and p.person_id = f.person_id
    left join user_account u on u.org_id = f.org_id and u.user_id = f.user_id
    left join person b on b.org_id = u.org_id and b.person_id = u.person_id
    left join achievement a
      on a.org_id = f.org_id and a.achievement_id = f.data ->> 'achievement'
    where f.org_id = ${orgId} and f.withdrawn_at is null
      and (${hidden} or f.hidden_at is null)
      and (${before === undefined ? null : String(before)}::bigint is null
        or f.place < ${before === undefined ? null : String(before)}::bigint)
      and (${kind ?? null}::text is null or f.kind = ${kind ?? null})
      and (${person ?? null}::text is null or f.person_id = ${person ?? null})
      and (${(ids as string[] | undefined) ?? null}::text[] is null
        or f.item_id = any (${(ids as string[] | undefined) ?? null}::text[]))
    order by f.place desc
    limit ${limit}`;
  return 'reserve' in sql ? inOrg(sql, orgId, async (tx) => read(tx)) : read(sql);
}

/** What a row tells; `undefined` when whoever or whatever it is about is no more. */
export function feedItemOf(row: FeedRow): FeedItem | undefined {
  const { id, data, text } = row;
  const at = row.at.getTime();
  const person = namedOf(row.personId, row.personName, row.personNames);
  const by = namedOf(row.byId, row.byName, row.byNames);
  const base = { id, at };
  switch (row.kind) {
    case 'win': {
      const account = (data['account'] as string | null) ?? null;
      const amount = (data['amount'] as { value: string; currency: string } | null) ?? null;
      return person && { ...base, kind: 'win', person, account, amount };
    }
    case 'badge': {
      const badge = badgeOf(row);
      const level = data['level'] as BadgeLevel;
      return (
        person && badge && { ...base, kind: 'badge', person, badge, level, points: points(row) }
      );
    }
    case 'kudos': {
      const category = data['category'] as Emblem;
      const kudos = { kind: 'kudos' as const, category, text, points: points(row) };
      return person && by && { ...base, ...kudos, person, by };
    }
    case 'contest': {
      const { name, names = {} } = data as Partial<Named>;
      const contest = namedOf(String(data['contest']), name ?? '', names)!;
      const news = data['news'] as ContestNews;
      return { ...base, kind: 'contest', contest, news, person: person ?? null };
    }
    case 'announcement':
      return by && { ...base, kind: 'announcement', by, text };
  }
}

const points = ({ data }: FeedRow): number => Number(data['points'] ?? 0);

function namedOf(
  id: string | null,
  name: string | null,
  names: Readonly<Record<string, string>> | null,
): Named | undefined {
  if (id === null || name === null) return undefined;
  return Object.keys(names ?? {}).length > 0 ? { id, name, names: names! } : { id, name };
}

function badgeOf(row: FeedRow): Emblem | undefined {
  const badge = namedOf(String(row.data['achievement']), row.badgeName, row.badgeNames);
  return badge && row.badgeIcon ? { ...badge, icon: row.badgeIcon } : undefined;
}

/** What others made of a line. */
export interface Echo {
  readonly id: string;
  readonly comments: number;
  readonly reactions: Readonly<Partial<Record<Reaction, number>>>;
  /** Those of the user who asks. */
  readonly mine: readonly Reaction[];
}

/** What others made of these lines; `user` says whose own reactions are told apart. */
export async function readEchoes(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
  user: string | null,
): Promise<Map<string, Echo>> {
  if (ids.length === 0) return new Map();
  const rows = await tx<Echo[]>`
    select i.id,
      (select count(*)::int from feed_comment c
        where c.org_id = ${orgId} and c.item_id = i.id
          and c.deleted_at is null and c.hidden_at is null) as comments,
      (select coalesce(jsonb_object_agg(r.reaction, r.people), '{}') from (
        select reaction, count(*)::int as people from feed_reaction
        where org_id = ${orgId} and item_id = i.id group by reaction) r) as reactions,
      (select coalesce(jsonb_agg(reaction order by reaction), '[]') from feed_reaction
        where org_id = ${orgId} and item_id = i.id and user_id = ${user}) as mine
    from unnest(${ids as string[]}::text[]) as i (id)`;
  return new Map(rows.map((row) => [row.id, row]));
}
