import { may } from '@ovation/domain';
import { newId } from '@ovation/host';
import type {
  PaySums,
  PostStatements,
  StatementAnswer,
  StatementDetailAnswer,
  StatementLine,
  StatementsQuery,
} from '@ovation/protocol';
import {
  addPayApproval,
  addStatement,
  inOrg,
  lockPayPeriods,
  lockStatement,
  readDisputes,
  readPayApprovals,
  readPayEntries,
  readPayRules,
  readStatement,
  readStatements,
  setStatementState,
  type DisputeRow,
  type PayApproval,
  type PayEntryRow,
  type PayEntryType,
  type PayRules,
  type StatementRow,
  type Tx,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import { hashOf } from '../canonical.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { mustHaveFactor } from '../second-factor/factor.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { isInCharge, type Charge } from '../team-scope.ts';
import { noPeriod } from './calculate.ts';
import { disputeAnswer } from './disputes.ts';
import { entryAnswer } from './entries.ts';
import { readPayNames, type PayNames } from './names.ts';
import { reaches } from './rules.ts';
import { mustNotBeOwn } from './scope.ts';
import { payableOf } from './settle.ts';
import { fault, moneyText } from './wire.ts';

export const noStatement = (): ProblemError =>
  new ProblemError('not_found', 'There is no such statement.');

/** What a statement shows: entries of a period by their ids, in order, and what they come to. */
interface Snapshot {
  readonly entries: readonly string[];
}

/** What stands in somebody's ledger for a period. Payouts are of another time. */
const shownEntries = (entries: readonly PayEntryRow[]): PayEntryRow[] =>
  entries.filter(({ type }) => type !== 'payout');

const hashOfEntries = (entries: readonly PayEntryRow[]): string =>
  hashOf(
    entries.map(({ id, type, minor, origin, posting, currency }) => ({
      ...{ id, type, origin, posting, currency, minor: String(minor) },
    })),
  );

/**
 * Issues statements of a closed period, one for each who has entries in it. Whoever has one that
 * still says what the ledger says keeps it. Answers how many were issued.
 */
export async function issueStatements(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  charge: Charge,
  { period: key, people }: PostStatements,
): Promise<number> {
  return writeSettings(deps, orgId, author, async (tx) => {
    const period = (await lockPayPeriods(tx, orgId)).find((one) => one.key === key);
    if (!period) throw noPeriod();
    if (period.state !== 'closed') {
      throw fault('not_closed', 'Close the period first: until then its figures move.', '/period');
    }
    const before = await readStatements(tx, orgId, { period: key });
    const entries = shownEntries(await readPayEntries(tx, orgId, { posting: key }));
    const events = [];
    for (const person of new Set(entries.map((entry) => entry.person))) {
      if (!isInCharge(charge, person) || (people && !people.includes(person))) continue;
      const own = entries.filter((entry) => entry.person === person);
      const last = before.find((row) => row.person === person);
      const hash = hashOfEntries(own);
      if (last?.hash === hash) continue;
      const id = newId('sta');
      const number = (last?.number ?? 0) + 1;
      await addStatement(tx, orgId, {
        ...{ id, person, period: key, number, state: 'issued', hash },
        ...{ currency: own[0]!.currency, totalMinor: payableOf(own) },
        snapshot: { entries: own.map((entry) => entry.id) } satisfies Snapshot,
        ...{ issuedAt: new Date(deps.clock.now()), issuedBy: author.id },
      });
      await addPayApproval(tx, orgId, { kind: 'statement', subject: id, step: 0, by: author.id });
      const now = { state: 'issued', person, period: key, number, hash };
      events.push({ type: 'statement.changed' as const, subject: id, now });
    }
    return { value: events.length, events };
  });
}

/**
 * Somebody's word on a statement: another person than who issued it, and from a sum on a second
 * one; from a sum on only with a code. With the last word it is final.
 */
export async function approveStatement(
  deps: IngestDeps,
  caller: Caller,
  charge: Charge,
  id: string,
): Promise<void> {
  const { orgId, author } = caller;
  await writeSettings(deps, orgId, author, async (tx) => {
    const row = await mustLock(tx, orgId, charge, id);
    mustNotBeOwn(caller, row.person);
    if (row.state !== 'issued' && row.state !== 'approved') {
      const detail =
        row.state === 'disputed'
          ? 'A line of it is questioned: decide that first.'
          : 'It is final.';
      throw fault(row.state === 'disputed' ? 'disputed' : 'already', detail, '');
    }
    const newest = (await readStatements(tx, orgId, { ...row, period: row.period }))[0];
    if (newest && newest.id !== id) {
      throw fault('replaced', `Number ${newest.number} took its place: approve that one.`, '');
    }
    const own = await readPayEntries(tx, orgId, { person: row.person, posting: row.period });
    if (hashOfEntries(shownEntries(own)) !== row.hash) {
      throw fault('outdated', 'The ledger changed since: issue it again.', '');
    }
    const words = await readPayApprovals(tx, orgId, 'statement', [id]);
    if (words.some((word) => word.by === author.id)) {
      throw fault('another_person', 'It needs the word of somebody else.', '');
    }
    const { secondFrom, factorFrom } = await readPayRules(tx, orgId);
    const factor = reaches(factorFrom, row.totalMinor);
    if (factor) await mustHaveFactor(deps, tx, caller);
    const given = words.filter((word) => word.step > 0).length;
    const step = given === 0 ? 1 : 2;
    await addPayApproval(tx, orgId, { kind: 'statement', subject: id, step, by: author.id });
    const state = reaches(secondFrom, row.totalMinor) && step === 1 ? 'approved' : 'final';
    await setStatementState(tx, orgId, id, state);
    const now = { state, step, factor };
    const event = { type: 'statement.changed' as const, subject: id, now };
    return { value: undefined, events: [{ ...event, was: { state: row.state } }] };
  });
}

export async function mustLock(
  tx: Tx,
  orgId: string,
  charge: Charge,
  id: string,
): Promise<StatementRow> {
  const row = await lockStatement(tx, orgId, id);
  if (!row || !isInCharge(charge, row.person)) throw noStatement();
  return row;
}

interface Around {
  readonly names: PayNames;
  readonly words: readonly PayApproval[];
  readonly disputes: readonly DisputeRow[];
  readonly rules: PayRules;
  readonly newest: ReadonlyMap<string, number>;
  readonly hashes: ReadonlyMap<string, string>;
  readonly caller: Pick<Caller, 'role' | 'scopes' | 'author' | 'personId'>;
}

const placeOf = ({ person, period }: { person: string; period: string }) => `${person} ${period}`;

/** Statements of those whom somebody looks after. */
export async function statementAnswers(
  deps: IngestDeps,
  caller: Pick<Caller, 'orgId' | 'role' | 'scopes' | 'author' | 'personId'>,
  charge: Charge,
  query: StatementsQuery,
): Promise<StatementAnswer[]> {
  const rows = (await readStatements(deps.sql, caller.orgId, query)).filter((row) =>
    isInCharge(charge, row.person),
  );
  const around = await readAround(deps, caller, rows);
  return rows.map((row) => statementAnswer(row, around));
}

async function readAround(
  deps: IngestDeps,
  caller: Pick<Caller, 'orgId' | 'role' | 'scopes' | 'author' | 'personId'>,
  rows: readonly StatementRow[],
): Promise<Around> {
  const { orgId } = caller;
  const ids = rows.map((row) => row.id);
  const periods = [...new Set(rows.map((row) => row.period))];
  const read = await inOrg(deps.sql, orgId, async (tx) => ({
    words: await readPayApprovals(tx, orgId, 'statement', ids),
    disputes: await readDisputes(tx, orgId, ids),
    rules: await readPayRules(tx, orgId),
    all: (await Promise.all(periods.map((period) => readStatements(tx, orgId, { period })))).flat(),
    entries: (
      await Promise.all(periods.map((posting) => readPayEntries(tx, orgId, { posting })))
    ).flat(),
  }));
  const newest = new Map<string, number>();
  for (const row of read.all) {
    newest.set(placeOf(row), Math.max(row.number, newest.get(placeOf(row)) ?? 0));
  }
  const byPlace = new Map<string, PayEntryRow[]>();
  for (const entry of shownEntries(read.entries)) {
    const place = placeOf({ person: entry.person, period: entry.posting });
    const list = byPlace.get(place);
    if (list) list.push(entry);
    else byPlace.set(place, [entry]);
  }
  const hashes = new Map([...byPlace].map(([place, own]) => [place, hashOfEntries(own)]));
  const doers = [
    ...rows.map((row) => row.issuedBy),
    ...read.words.map((word) => word.by),
    ...read.disputes.flatMap((one) => [one.by, one.decidedBy]),
    ...read.entries.map((entry) => entry.by),
  ];
  const names = await readPayNames(deps, orgId, doers);
  return { ...read, names, newest, hashes, caller };
}

function statementAnswer(row: StatementRow, around: Around): StatementAnswer {
  const { names, caller } = around;
  const words = around.words.filter((word) => word.subject === row.id);
  const open = around.disputes.filter(
    (one) => one.statement === row.id && one.state === 'open',
  ).length;
  const replaced = around.newest.get(placeOf(row)) !== row.number;
  const outdated = around.hashes.get(placeOf(row)) !== row.hash;
  const waits = row.state === 'issued' || row.state === 'approved';
  const spoke = words.some((word) => word.by === caller.author.id);
  const mine = caller.personId === row.person;
  return {
    ...{ id: row.id, period: row.period, number: row.number, state: row.state, hash: row.hash },
    ...{ currency: row.currency, replaced, outdated, openDisputes: open },
    person: names.of(row.person),
    total: moneyText(row.totalMinor, row.currency),
    issuedAt: row.issuedAt?.toISOString() ?? null,
    issuedBy: names.by(row.issuedBy),
    approvals: words
      .filter((word) => word.step > 0)
      .map(({ step, by, at }) => ({ step, by: names.of(by), at: at.toISOString() })),
    needsSecond: reaches(around.rules.secondFrom, row.totalMinor),
    needsCode: reaches(around.rules.factorFrom, row.totalMinor),
    may: {
      approve: may(caller, 'pay:approve') && waits && !spoke && !mine && !replaced && !outdated,
      dispute: (mine || may(caller, 'pay:approve')) && row.state !== 'draft' && !replaced,
    },
  };
}

/** One statement with its lines and how they came about. */
export async function statementDetail(
  deps: IngestDeps,
  caller: Pick<Caller, 'orgId' | 'role' | 'scopes' | 'author' | 'personId'>,
  charge: Charge,
  id: string,
): Promise<StatementDetailAnswer> {
  const row = await readStatement(deps.sql, caller.orgId, id);
  if (!row || !isInCharge(charge, row.person)) throw noStatement();
  const ids = (row.snapshot as Snapshot).entries;
  const entries = await readPayEntries(deps.sql, caller.orgId, { ids, traces: true });
  const around = await readAround(deps, caller, [row]);
  const disputes = around.disputes.map((one) => disputeAnswer(one, around.names));
  const lines = entries.map((entry): StatementLine => ({
    ...entryAnswer(entry, around.names),
    trace: entry.trace as StatementLine['trace'],
    dispute: disputes.findLast((one) => one.line === entry.id) ?? null,
  }));
  const sums = sumsOf(entries, row.currency);
  return { ...statementAnswer(row, around), lines, sums, disputes };
}

const SUMS: Readonly<Record<Exclude<keyof PaySums, 'total'>, readonly PayEntryType[]>> = {
  earned: ['earning', 'spiff', 'reserve', 'reserve_release'],
  adjustments: ['adjustment'],
  prizes: ['prize'],
  clawbacks: ['clawback'],
  draws: ['draw_advance', 'draw_recovery'],
  carried: ['carry_in', 'carry_out'],
};

/** What entries come to, by what they are for. */
export function sumsOf(entries: readonly PayEntryRow[], currency: string): PaySums {
  const of = (types: readonly PayEntryType[]) =>
    moneyText(
      entries.reduce((sum, { type, minor }) => (types.includes(type) ? sum + minor : sum), 0n),
      currency,
    );
  return {
    earned: of(SUMS.earned),
    adjustments: of(SUMS.adjustments),
    prizes: of(SUMS.prizes),
    clawbacks: of(SUMS.clawbacks),
    draws: of(SUMS.draws),
    carried: of(SUMS.carried),
    total: moneyText(payableOf(entries), currency),
  };
}
