import type { Tx } from './connect.ts';

/** What a manager wrote down about somebody. */
export interface NoteRow {
  readonly id: string;
  readonly personId: string;
  readonly authorId: string;
  /** The author's name today; `null` when they are gone. */
  readonly author: string | null;
  readonly text: string;
  readonly createdAt: Date;
}

/** Newest first. */
export function readNotes(
  tx: Tx,
  orgId: string,
  personId: string,
  limit: number,
): Promise<NoteRow[]> {
  return tx<NoteRow[]>`
    select n.note_id as id, n.person_id, n.author_id, u.name as author, n.text, n.created_at
    from note n
    left join user_account u on u.org_id = n.org_id and u.user_id = n.author_id
    where n.org_id = ${orgId} and n.person_id = ${personId}
    order by n.created_at desc, n.note_id
    limit ${limit}`;
}

export async function readNote(tx: Tx, orgId: string, id: string): Promise<NoteRow | undefined> {
  const [row] = await tx<NoteRow[]>`
    select n.note_id as id, n.person_id, n.author_id, u.name as author, n.text, n.created_at
    from note n
    left join user_account u on u.org_id = n.org_id and u.user_id = n.author_id
    where n.org_id = ${orgId} and n.note_id = ${id}`;
  return row;
}

export async function saveNote(
  tx: Tx,
  orgId: string,
  note: Pick<NoteRow, 'id' | 'personId' | 'authorId' | 'text'>,
): Promise<void> {
  await tx`
    insert into note (org_id, note_id, person_id, author_id, text)
    values (${orgId}, ${note.id}, ${note.personId}, ${note.authorId}, ${note.text})`;
}

/** Erases a note; nothing of its text is kept anywhere. */
export async function eraseNote(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx`delete from note where org_id = ${orgId} and note_id = ${id}`;
}
