import { newId } from '@ovation/host';
import type { PayoutAnswer } from '@ovation/protocol';
import {
  addPayEntries,
  addPayout,
  inOrg,
  lockPayPeriods,
  readOrganisation,
  readPayEntries,
  readPayHolds,
  readPayRules,
  readPayouts,
  readStatements,
  saveExport,
  type PayEntry,
  type PayoutRow,
  type StatementRow,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { mustHaveFactor } from '../second-factor/factor.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { noPeriod } from './calculate.ts';
import { csvOf, sha256 } from './csv.ts';
import { heldOn } from './holds.ts';
import { readPayNames, type PayNames } from './names.ts';
import { EMPTY_ENTRY, postingFor } from './post.ts';
import { reaches } from './rules.ts';
import { fault, moneyText, todayOf } from './wire.ts';

/**
 * Pays a closed period out: everybody whose statement is final and who was not paid for it yet, but
 * for what is held. Each payout is an entry, so that the ledger knows what was paid.
 */
export async function addPayoutOf(deps: IngestDeps, caller: Caller, key: string): Promise<string> {
  const { orgId, author } = caller;
  const today = await todayOf(deps, orgId);
  return writeSettings(deps, orgId, author, async (tx) => {
    const periods = await lockPayPeriods(tx, orgId);
    const period = periods.find((one) => one.key === key);
    if (!period) throw noPeriod();
    if (period.state !== 'closed') throw fault('not_closed', 'Close the period first.', '/period');
    const paid = (await readPayEntries(tx, orgId, { origin: key })).filter(
      ({ type }) => type === 'payout',
    );
    const statements = newestOf(await readStatements(tx, orgId, { period: key }));
    const lines = await readPayEntries(tx, orgId, { posting: key });
    const held = heldOn(await readPayHolds(tx, orgId), today);
    const due = statements
      .filter(({ state }) => state === 'final')
      .map((row) => {
        const already = paid.filter(({ person }) => person === row.person);
        const own = lines.filter(({ person }) => person === row.person);
        const payable = held.payable(row.person, row.totalMinor, own);
        return { row, minor: already.reduce((left, one) => left + one.minor, payable) };
      })
      .filter(({ minor }) => minor > 0n)
      .sort((a, b) => (a.row.person < b.row.person ? -1 : 1));
    if (due.length === 0) {
      const detail = 'Nobody is to be paid: statements are final once they are approved.';
      throw fault('nothing', detail, '/period');
    }
    const total = due.reduce((sum, { minor }) => sum + minor, 0n);
    const factor = reaches((await readPayRules(tx, orgId)).factorFrom, total);
    if (factor) await mustHaveFactor(deps, tx, caller);
    const posting = postingFor(periods, key).key;
    const id = newId('pob');
    const entries: PayEntry[] = due.map(({ row, minor }) => ({
      ...{ ...EMPTY_ENTRY, id: newId('pay'), person: row.person, currency: row.currency },
      ...{ type: 'payout' as const, minor: -minor, origin: key, posting, by: author.id },
      cause: `payout/${id}/${row.person}`,
    }));
    await addPayEntries(tx, orgId, entries);
    const paidLines = entries.map((entry) => ({
      ...{ person: entry.person, entry: entry.id, minor: -entry.minor, currency: entry.currency },
    }));
    await addPayout(tx, orgId, { id, period: key, createdBy: author.id, lines: paidLines });
    const now = { state: 'draft', period: key, people: paidLines.length, factor };
    return { value: id, events: [{ type: 'payout.changed' as const, subject: id, now }] };
  });
}

function newestOf(rows: readonly StatementRow[]): StatementRow[] {
  const newest = new Map<string, StatementRow>();
  for (const row of rows) {
    if ((newest.get(row.person)?.number ?? 0) < row.number) newest.set(row.person, row);
  }
  return [...newest.values()];
}

export const noPayout = (): ProblemError =>
  new ProblemError('not_found', 'There is no such payout.');

/** The file of a payout. It is made once and kept: again it is the same to the last byte. */
export async function exportPayout(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
): Promise<string> {
  const names = await readPayNames(deps, orgId);
  return writeSettings(deps, orgId, author, async (tx) => {
    const [batch] = await readPayouts(tx, orgId, id);
    if (!batch) throw noPayout();
    if (batch.export !== null) return { value: batch.export, events: [] };
    const text = fileOf(batch, names);
    const hash = sha256(text);
    await saveExport(tx, orgId, id, { text, hash });
    const now = { state: 'exported', hash };
    return { value: text, events: [{ type: 'payout.changed' as const, subject: id, now }] };
  });
}

const fileOf = ({ id, period, lines }: PayoutRow, names: PayNames): string =>
  csvOf([
    ['payout', 'period', 'person', 'name', 'amount', 'currency', 'entry'],
    ...lines.map(({ person, minor, currency, entry }) => [
      ...[id, period, person, names.of(person).name],
      ...[moneyText(minor, currency), currency, entry],
    ]),
  ]);

/** Payouts, the newest first, or the one that is named. */
export async function payoutAnswers(
  deps: IngestDeps,
  orgId: string,
  id?: string,
): Promise<PayoutAnswer[]> {
  const rows = await inOrg(deps.sql, orgId, (tx) => readPayouts(tx, orgId, id ?? null));
  const organisation = await readOrganisation(deps.sql, orgId);
  const names = await readPayNames(
    deps,
    orgId,
    rows.map((row) => row.createdBy),
  );
  return rows.map((row) => {
    const currency = row.lines[0]?.currency ?? organisation!.settings.currency;
    const total = row.lines.reduce((sum, { minor }) => sum + minor, 0n);
    return {
      ...{ id: row.id, period: row.period, state: row.state, currency },
      total: moneyText(total, currency),
      lines: row.lines.map(({ person, minor, entry }) => ({
        ...{ person: names.of(person), amount: moneyText(minor, currency), entry },
      })),
      createdAt: row.createdAt.toISOString(),
      createdBy: names.by(row.createdBy),
      exportedAt: row.exportedAt?.toISOString() ?? null,
      exportHash: row.exportHash,
    };
  });
}
