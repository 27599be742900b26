import { BEGINNING } from '@ovation/domain';
import type { AuditAnswer } from '@ovation/protocol';
import { readNamesOf, type ChangeRow, type Tx } from '@ovation/store';

type Body = Readonly<Record<string, unknown>>;

/** Changes in one shape, with the names of today. */
export async function auditOf(
  tx: Tx,
  orgId: string,
  rows: readonly ChangeRow[],
): Promise<AuditAnswer[]> {
  const ids = rows.flatMap(({ subject, body }) => [subject, body.by?.id]);
  const names = await readNamesOf(tx, orgId, [
    ...new Set(ids.filter((id) => typeof id === 'string')),
  ]);
  return rows.map((row) => {
    const { kind = 'system', id = '' } = row.body.by ?? {};
    const name = names.get(id) ?? (kind === 'system' ? 'Ovation' : id);
    return {
      seq: row.seq,
      at: row.at.toISOString(),
      by: { kind, id, name },
      type: row.type,
      subject: row.subject,
      subjectName: (row.subject === null ? undefined : names.get(row.subject)) ?? null,
      ...wasAndNow(row),
    };
  });
}

/** What was and what is, in the same form, so that they can be compared. */
function wasAndNow({ type, body }: ChangeRow): { was: unknown; now: unknown } {
  const { by: _by, was = null, ...rest } = body;
  switch (type) {
    case 'person.changed': {
      const { person: _person, since, ...now } = rest;
      const { fields, ...before } = (was ?? {}) as Body;
      const from = dated(since);
      const changed = fields === undefined ? {} : { fields };
      return { was: was && before, now: { ...now, since: from, ...changed } };
    }
    case 'team.changed': {
      const { fields, ...before } = (was ?? {}) as Body;
      const changed = fields === undefined ? {} : { fields };
      return { was: was && before, now: { parent: rest['parent'], ...changed } };
    }
    case 'target.set': {
      const { value, entity: _entity, ...of } = rest;
      const before = was === null || typeof was === 'object' ? was : { ...of, value: was };
      return { was: before, now: value === null ? null : { ...of, value } };
    }
    case 'person.matched':
      return { was, now: rest['person'] };
    case 'subject.placed':
      return { was, now: rest['team'] };
    case 'board.saved':
      return { was, now: rest['board'] };
    case 'board.removed':
      return { was, now: null };
    case 'achievement.saved':
      return { was, now: rest['achievement'] };
    case 'achievement.removed':
      return { was, now: null };
    case 'metric.retired':
      return { was, now: { retired: rest['retired'] } };
    case 'organisation.changed':
    case 'metric.published':
      return { was, now: rest };
    default:
      return { was, now: rest['now'] ?? null };
  }
}

/** Instants of the log as text; the beginning of time as `null`, like everywhere else. */
const dated = (since: unknown): string | null =>
  typeof since === 'number' && since > BEGINNING ? new Date(since).toISOString() : null;
