import type { CorrectionAnswer, CorrectionChange, EffectAnswer, Named } from '@ovation/protocol';
import { readEventsByKey, type CorrectionRow } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { namesFor } from '../entries/answer.ts';
import { eventLine } from '../figures/event-line.ts';
import { peopleIn } from './change.ts';

/** Requests with their events and the names of today; those whose event is gone are left out. */
export async function correctionAnswers(
  deps: IngestDeps,
  orgId: string,
  rows: readonly CorrectionRow[],
): Promise<CorrectionAnswer[]> {
  const keys = [...new Set(rows.map((row) => row.eventKey))];
  const events = await readEventsByKey(deps.sql, orgId, keys, Number.MAX_SAFE_INTEGER);
  const byKey = new Map(events.map((event) => [event.key, event]));
  const nameOf = await namesFor(deps, orgId, rows);
  return rows.flatMap((row) => {
    const event = byKey.get(row.eventKey);
    if (!event) return [];
    const change = row.change as CorrectionChange;
    const named: Named[] = peopleIn(change).map((id) => nameOf.person(id));
    return [
      {
        id: row.id,
        event: eventLine(event),
        person: row.personId === null ? null : nameOf.person(row.personId),
        change,
        named,
        reason: row.reason,
        state: row.state,
        by: nameOf.user(row.byId),
        createdAt: row.createdAt.toISOString(),
        decidedAt: row.decidedAt?.toISOString() ?? null,
        decidedBy: row.decidedBy === null ? null : nameOf.user(row.decidedBy),
        answer: row.answer,
        effects: row.effects as readonly EffectAnswer[] | null,
      },
    ];
  });
}
