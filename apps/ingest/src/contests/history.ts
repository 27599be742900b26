import type { ContestStep, PrizeAnswer } from '@ovation/protocol';
import { readContests, readContestSteps, readPrizes } from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { openBook } from '../figures/book.ts';
import { mustHave, notFound } from './drafts.ts';
import { moneyText } from './standing.ts';

/** What happened to a published contest, the newest first. */
export async function contestHistory(
  deps: IngestDeps,
  orgId: string,
  id: string,
): Promise<ContestStep[]> {
  const row = await mustHave(deps, orgId, id);
  if (row.publishedAt === null) throw notFound();
  const steps = await readContestSteps(deps.sql, orgId, id);
  return steps.map(({ seq, type, at, byName, reason }) => ({
    ...{ seq, type, by: byName, reason },
    at: at.toISOString(),
  }));
}

/** Lines of the ledger of prizes: of a contest, or one's own; managers see everybody's. */
export async function contestPrizes(
  deps: IngestDeps,
  caller: Pick<Caller, 'orgId' | 'role' | 'personId'>,
  { contest }: { contest?: string },
): Promise<PrizeAnswer[]> {
  const { orgId, role, personId } = caller;
  const all = role === 'owner' || role === 'manager' || role === 'machine';
  if (!all && personId === null) return [];
  const entries = await readPrizes(deps.sql, orgId, {
    ...(contest === undefined ? {} : { contest }),
    ...(all ? {} : { person: personId! }),
  });
  const [book, rows] = [await openBook(deps.sql, orgId), await readContests(deps.sql, orgId)];
  const people = new Map(book.people.map((one) => [one.id, one]));
  const contests = new Map(rows.map((row) => [row.id, row.name]));
  return entries.map(({ amount, currency, kind, item, at, person, ...entry }) => {
    const size = amount < 0n ? -amount : amount;
    const won =
      kind === 'money'
        ? { kind, amount: moneyText(size, currency!), currency: currency! }
        : kind === 'points'
          ? { kind, points: Number(size) }
          : { kind, ...item };
    const { name = person, names = {} } = people.get(person) ?? {};
    return {
      id: entry.id,
      contest: entry.contest,
      contestName: contests.get(entry.contest) ?? entry.contest,
      person: { id: person, name, names },
      prize: entry.prize,
      item: won as PrizeAnswer['item'],
      sign: amount < 0n ? -1 : 1,
      place: entry.place,
      at: at.toISOString(),
      reason: entry.reason,
    };
  });
}
