import { currencyExponent, formatScaled, type ActivityClass } from '@ovation/domain';
import type { EntryAnswer, Named } from '@ovation/protocol';
import {
  inOrg,
  readDuplicates,
  readNamesOf,
  readPeople,
  SETTINGS_SOURCE,
  type DuplicateRow,
  type EntryRow,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';

interface SentEvent {
  readonly type: 'deal.won' | 'activity.logged';
  readonly activity?: string;
  readonly class?: ActivityClass;
  readonly amount?: { readonly amount: string; readonly currency: string };
  readonly attributes?: { readonly account?: string };
}

/** Entries with the names of today, and what looks like those that wait. */
export async function entryAnswers(
  deps: IngestDeps,
  door: Door,
  orgId: string,
  rows: readonly EntryRow[],
): Promise<EntryAnswer[]> {
  const { timeZone } = await door.settingsOf(orgId);
  const waiting = rows.filter((row) => row.state === 'waiting').map((row) => row.id);
  const alike = await readDuplicates(deps.sql, orgId, waiting, timeZone);
  const nameOf = await namesFor(deps, orgId, rows);
  return rows.map((row) => {
    const event = row.event as unknown as SentEvent;
    return {
      id: row.id,
      kind: event.type === 'deal.won' ? 'deal' : 'activity',
      person: nameOf.person(row.personId),
      activity: event.activity ?? null,
      class: event.class ?? null,
      account: event.attributes?.account ?? null,
      amount: event.amount ? shown(event.amount) : null,
      occurredAt: row.occurredAt.toISOString(),
      createdAt: row.createdAt.toISOString(),
      state: row.state,
      by: nameOf.user(row.byId),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      decidedBy: row.decidedBy === null ? null : nameOf.user(row.decidedBy),
      reason: row.reason,
      event: row.state === 'counted' ? `${SETTINGS_SOURCE}/${row.id}` : null,
      duplicates: alike.filter((one) => one.entryId === row.id).map(duplicateAnswer),
    };
  });
}

/** With all the decimals of its currency, however it was sent. */
function shown({ amount, currency }: { amount: string; currency: string }) {
  const scale = currencyExponent(currency) ?? 2;
  const [whole = '0', rest = ''] = amount.split('.');
  return { amount: formatScaled(BigInt(whole + rest.padEnd(scale, '0')), scale, scale), currency };
}

const duplicateAnswer = (row: DuplicateRow): EntryAnswer['duplicates'][number] => ({
  event: row.eventKey,
  entry: row.otherEntry,
  occurredAt: row.occurredAt.toISOString(),
  account: row.account,
});

/** Names of people as they are shown, and of users and keys that acted. */
export async function namesFor(
  deps: IngestDeps,
  orgId: string,
  rows: readonly { readonly byId: string; readonly decidedBy: string | null }[],
): Promise<{ person(id: string): Named; user(id: string): string | null }> {
  const people = new Map((await readPeople(deps.sql, orgId)).map((one) => [one.id, one]));
  const ids = [...new Set(rows.flatMap((row) => [row.byId, row.decidedBy ?? []].flat()))];
  const users = await inOrg(deps.sql, orgId, (tx) => readNamesOf(tx, orgId, ids));
  return {
    person: (id) => {
      const found = people.get(id);
      return found ? { id, name: found.name, names: found.names } : { id, name: id };
    },
    user: (id) => users.get(id) ?? null,
  };
}
