import { newId } from '@ovation/host';
import type { PayHoldAnswer, PostPayHold, PostPayReason } from '@ovation/protocol';
import {
  addPayHold,
  isDeal,
  lockPayHold,
  readOrganisation,
  readPayEntries,
  readPayHolds,
  readPayPeriods,
  readPerson,
  releasePayHold,
  type PayEntryRow,
  type PayHoldRow,
  type Tx,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { isInCharge, mustBeInCharge, type Charge } from '../team-scope.ts';
import { entryAnswer } from './entries.ts';
import { readPayNames } from './names.ts';
import { mustNotBeOwn } from './scope.ts';
import { fault, minorFrom, moneyText, mustBeDate, todayOf } from './wire.ts';

/**
 * Holds of people and entries move no money: what was earned stays in the ledger, what is payable
 * on its statement, and payouts leave it out. What a held deal earns is not payable yet: it is
 * posted when the deal is released, as where a customer has not paid.
 */

/** Whether it holds on a date. */
const isOn = ({ releasedAt, until }: PayHoldRow, today: string): boolean =>
  releasedAt === null && (until === null || until > today);

/** Holds that are on, for one payout. */
export interface Held {
  /**
   * What of a sum (minor units) may be paid to somebody now, `entries` being the lines that it is
   * for. Never more than the sum and never below zero.
   */
  payable(person: string, minor: bigint, entries: readonly PayEntryRow[]): bigint;
}

export function heldOn(holds: readonly PayHoldRow[], today: string): Held {
  const on = holds.filter((hold) => isOn(hold, today));
  return {
    payable(person, minor, entries) {
      const own = on.filter((hold) => hold.person === person);
      if (own.some((hold) => hold.entry === null && hold.deal === null)) return 0n;
      const kept = entries.reduce((sum, entry) => {
        const of = own.filter((hold) => hold.entry === entry.id);
        if (of.length === 0 || entry.minor <= 0n) return sum;
        const parts = of.reduce((all, hold) => all + (hold.minor ?? entry.minor), 0n);
        return sum + (parts > entry.minor ? entry.minor : parts);
      }, 0n);
      const left = minor - kept;
      return left < 0n ? 0n : left;
    },
  };
}

/** Holds of those whom somebody looks after. */
export async function holdAnswers(
  deps: IngestDeps,
  orgId: string,
  charge: Charge,
  id?: string,
): Promise<PayHoldAnswer[]> {
  const rows = (await readPayHolds(deps.sql, orgId)).filter(
    (row) => isInCharge(charge, row.person) && (id === undefined || row.id === id),
  );
  const ids = rows.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  const entries = ids.length === 0 ? [] : await readPayEntries(deps.sql, orgId, { ids });
  const doers = rows.flatMap((row) => [row.by, row.releasedBy]);
  const names = await readPayNames(deps, orgId, [...doers, ...entries.map((one) => one.by)]);
  const organisation = await readOrganisation(deps.sql, orgId);
  const today = await todayOf(deps, orgId);
  return rows.map((row) => {
    const entry = entries.find((one) => one.id === row.entry);
    const currency = entry?.currency ?? organisation!.settings.currency;
    const minor = row.minor ?? entry?.minor ?? null;
    return {
      ...{ id: row.id, person: names.of(row.person), currency, reason: row.reason },
      entry: entry ? entryAnswer(entry, names) : null,
      deal: row.deal,
      amount: minor === null ? null : moneyText(minor, currency),
      ...{ until: row.until, on: isOn(row, today) },
      ...{ by: names.by(row.by), at: row.createdAt.toISOString() },
      releasedAt: row.releasedAt?.toISOString() ?? null,
      ...{ releasedBy: names.by(row.releasedBy), releaseReason: row.releaseReason },
    };
  });
}

/** Holds somebody's pay, or an entry of it, back; answers its id. */
export async function hold(
  deps: IngestDeps,
  caller: Caller,
  charge: Charge,
  sent: PostPayHold,
): Promise<string> {
  const { orgId, author } = caller;
  mustBeInCharge(charge, sent.person);
  mustNotBeOwn(caller, sent.person);
  const until = sent.until ? mustBeDate(sent.until, '/until') : null;
  if (until !== null && until <= (await todayOf(deps, orgId))) {
    throw fault('range', 'A hold ends on a later day than today.', '/until');
  }
  const id = newId('hld');
  return writeSettings(deps, orgId, author, async (tx) => {
    if (!(await readPerson(tx, orgId, sent.person))) {
      throw fault('unknown_person', 'There is no person with this id.', '/person');
    }
    const { entry = null, deal = null } = sent;
    await mustBeHoldable(tx, orgId, sent);
    const heldFrom = deal === null ? null : await firstOpen(deps, tx, orgId);
    const [line] = entry === null ? [] : await readPayEntries(tx, orgId, { ids: [entry] });
    const minor = partOf(sent, line);
    const row = { id, person: sent.person, entry, deal, heldFrom, minor, until };
    await addPayHold(tx, orgId, { ...row, reason: sent.reason, by: author.id });
    const now = { hold: id, entry, deal, until };
    const event = { type: 'pay.held' as const, subject: sent.person, now };
    return { value: id, events: [event] };
  });
}

async function mustBeHoldable(
  tx: Tx,
  orgId: string,
  { entry, deal, amount }: PostPayHold,
): Promise<void> {
  if (deal === undefined) return;
  if (entry !== undefined || amount !== undefined) {
    throw fault('not_both', 'A deal is held as a whole: leave "entry" and "amount" out.', '/deal');
  }
  if (!(await isDeal(tx, orgId, deal))) throw fault('unknown', 'There is no such deal.', '/deal');
}

/** The first date of what can still be paid otherwise: earlier periods are closed. */
async function firstOpen(deps: IngestDeps, tx: Tx, orgId: string): Promise<string> {
  const periods = await readPayPeriods(tx, orgId);
  return periods.find(({ state }) => state !== 'closed')?.key ?? todayOf(deps, orgId);
}

/** Minor units of the part that is held; `null`: all. Ends the request where it cannot be. */
function partOf(sent: PostPayHold, line: PayEntryRow | undefined): bigint | null {
  if (sent.entry === undefined) {
    if (sent.amount === undefined) return null;
    throw fault('missing', 'A part is of an entry: name it.', '/entry');
  }
  if (line?.person !== sent.person) {
    throw fault('unknown_line', 'The ledger of this person has no such entry.', '/entry');
  }
  if (line.minor <= 0n || line.type === 'payout') {
    throw fault('nothing', 'This entry pays nothing: there is nothing to hold.', '/entry');
  }
  if (sent.amount === undefined) return null;
  const minor = minorFrom(sent.amount, line.currency, '/amount');
  if (minor > 0n && minor <= line.minor) return minor;
  throw fault('too_much', 'Hold more than zero, and no more than the entry pays.', '/amount');
}

/** Releases what was held: the next payout of its period pays it. */
export async function release(
  deps: IngestDeps,
  caller: Caller,
  charge: Charge,
  id: string,
  { reason }: PostPayReason,
): Promise<void> {
  const { orgId, author } = caller;
  await writeSettings(deps, orgId, author, async (tx) => {
    const row = await lockPayHold(tx, orgId, id);
    if (!row || !isInCharge(charge, row.person)) {
      throw new ProblemError('not_found', 'There is no such hold.');
    }
    mustNotBeOwn(caller, row.person);
    if (row.releasedAt !== null) throw fault('already', 'It was released already.', '');
    const heldTo = row.deal === null ? null : await firstOpen(deps, tx, orgId);
    await releasePayHold(tx, orgId, { id, by: author.id, reason, heldTo });
    const now = { hold: id, released: true };
    return { value: undefined, events: [{ type: 'pay.held', subject: row.person, now }] };
  });
}
