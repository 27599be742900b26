import { inOrg, type Sql, type Tx } from './connect.ts';

/** A text on walls and pages for a while. */
export interface AnnouncementRow {
  readonly id: string;
  readonly text: string;
  /** The text in other languages, by language code. */
  readonly texts: Readonly<Record<string, string>>;
  readonly level: 'info' | 'important';
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Ids; `null`: all of them. */
  readonly screens: readonly string[] | null;
  readonly teams: readonly string[] | null;
  readonly people: readonly string[] | null;
  readonly byId: string;
  readonly by: string | null;
  readonly createdAt: Date;
  readonly cancelledAt: Date | null;
}

const columns = (tx: Tx) => tx`
  a.announcement_id as id, a.text, a.texts, a.level, a.starts_at, a.ends_at, a.screens,
  a.teams, a.people, a.by_id, u.name as by, a.created_at, a.cancelled_at`;

/** Those that end after an instant, or all: what is newest first. */
export function readAnnouncements(
  sql: Sql,
  orgId: string,
  query: { readonly endAfter: Date | null; readonly limit: number },
): Promise<AnnouncementRow[]> {
  return inOrg(
    sql,
    orgId,
    (tx) => tx<AnnouncementRow[]>`
      select ${columns(tx)} from announcement a
      left join user_account u on u.org_id = a.org_id and u.user_id = a.by_id
      where a.org_id = ${orgId}
        and (${query.endAfter}::timestamptz is null or a.ends_at > ${query.endAfter})
      order by a.starts_at desc, a.announcement_id
      limit ${query.limit}`,
  );
}

export async function readAnnouncement(
  sql: Sql,
  orgId: string,
  id: string,
): Promise<AnnouncementRow | undefined> {
  const [row] = await inOrg(
    sql,
    orgId,
    (tx) => tx<AnnouncementRow[]>`
      select ${columns(tx)} from announcement a
      left join user_account u on u.org_id = a.org_id and u.user_id = a.by_id
      where a.org_id = ${orgId} and a.announcement_id = ${id}`,
  );
  return row;
}

/** One by its id, held until the transaction ends. */
export async function lockAnnouncement(
  tx: Tx,
  orgId: string,
  id: string,
): Promise<Pick<AnnouncementRow, 'id' | 'startsAt' | 'endsAt' | 'cancelledAt'> | undefined> {
  const [row] = await tx<Pick<AnnouncementRow, 'id' | 'startsAt' | 'endsAt' | 'cancelledAt'>[]>`
    select announcement_id as id, starts_at, ends_at, cancelled_at from announcement
    where org_id = ${orgId} and announcement_id = ${id} for update`;
  return row;
}

export async function saveAnnouncement(
  tx: Tx,
  orgId: string,
  row: Omit<AnnouncementRow, 'by' | 'createdAt' | 'cancelledAt'>,
): Promise<void> {
  const list = (ids: readonly string[] | null) => ids as string[] | null;
  await tx`
    insert into announcement
      (org_id, announcement_id, text, texts, level, starts_at, ends_at, screens, teams, people,
        by_id)
    values (
      ${orgId}, ${row.id}, ${row.text}, ${tx.json(row.texts as never)}, ${row.level},
      ${row.startsAt}, ${row.endsAt}, ${list(row.screens)}, ${list(row.teams)},
      ${list(row.people)}, ${row.byId}
    )`;
}

export async function cancelAnnouncement(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx`
    update announcement set cancelled_at = clock_timestamp()
    where org_id = ${orgId} and announcement_id = ${id} and cancelled_at is null`;
}
