import { newId } from '@ovation/host';
import type { DisputeAnswer, PostDispute, PostDisputeDecision } from '@ovation/protocol';
import {
  addDispute,
  isPayCorrection,
  lockDispute,
  lockPayPeriods,
  readDisputes,
  setStatementState,
  settleDispute,
  type DisputeRow,
  type PayEntry,
  type StatementRow,
  type Tx,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import type { Charge } from '../team-scope.ts';
import { addByHand } from './entries.ts';
import type { PayNames } from './names.ts';
import { EMPTY_ENTRY, postingFor } from './post.ts';
import { mustNotBeOwn } from './scope.ts';
import { mustLock } from './statements.ts';
import { fault, minorFrom } from './wire.ts';

const DISPUTES_MAX = 50;

export function disputeAnswer(row: DisputeRow, names: PayNames): DisputeAnswer {
  const { id, line, text, state, answer, entry, correction } = row;
  return {
    ...{ id, line, text, state, answer, entry, correction },
    by: names.by(row.by),
    at: row.createdAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: names.by(row.decidedBy),
  };
}

/** Questions a line of a statement, or that something is missing in it. */
export async function dispute(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  charge: Charge,
  statement: string,
  { line, text }: PostDispute,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const row = await mustLock(tx, orgId, charge, statement);
    const { entries } = row.snapshot as { entries: readonly string[] };
    if (line !== undefined && !entries.includes(line)) {
      throw fault('unknown_line', 'The statement has no such line.', '/line');
    }
    const known = await readDisputes(tx, orgId, [statement]);
    if (known.length >= DISPUTES_MAX) {
      throw new ProblemError('refused', `A statement has at most ${DISPUTES_MAX} disputes.`);
    }
    if (known.some((one) => one.state === 'open' && one.line === (line ?? null))) {
      throw fault('already', 'It is questioned already.', '/line');
    }
    const id = newId('dsp');
    await addDispute(tx, orgId, { id, statement, line: line ?? null, by: author.id, text });
    if (row.state !== 'final') await setStatementState(tx, orgId, statement, 'disputed');
    const now = {
      dispute: id,
      line: line ?? null,
      state: row.state === 'final' ? 'final' : 'disputed',
    };
    return { value: undefined, events: [{ type: 'statement.changed', subject: statement, now }] };
  });
}

/**
 * Decides a dispute. Yes is an entry in the earliest open period, or the event by which a fact was
 * corrected; the statement itself stays as it was issued.
 */
export async function decideDispute(
  deps: IngestDeps,
  caller: Caller,
  charge: Charge,
  place: { readonly statement: string; readonly id: string },
  decision: PostDisputeDecision,
): Promise<void> {
  const { orgId, author } = caller;
  await writeSettings(deps, orgId, author, async (tx) => {
    const row = await mustLock(tx, orgId, charge, place.statement);
    mustNotBeOwn(caller, row.person);
    const open = await lockDispute(tx, orgId, place.id);
    if (!open || open.statement !== row.id) {
      throw new ProblemError('not_found', 'There is no such dispute.');
    }
    if (open.state !== 'open') throw fault('already', 'It is decided.', '');
    const entry = await entryFor(tx, orgId, { row, open, decision, author });
    await settleDispute(tx, orgId, {
      ...{ id: open.id, state: decision.decision, decidedBy: author.id },
      ...{ answer: decision.answer, entry, correction: decision.correction ?? null },
    });
    const others = await readDisputes(tx, orgId, [row.id]);
    if (row.state === 'disputed' && !others.some((one) => one.state === 'open')) {
      await setStatementState(tx, orgId, row.id, 'issued');
    }
    const now = { state: decision.decision, entry, correction: decision.correction ?? null };
    return { value: undefined, events: [{ type: 'dispute.decided', subject: open.id, now }] };
  });
}

interface Deciding {
  readonly row: StatementRow;
  readonly open: DisputeRow;
  readonly decision: PostDisputeDecision;
  readonly author: Author;
}

async function entryFor(
  tx: Tx,
  orgId: string,
  { row, open, decision, author }: Deciding,
): Promise<string | null> {
  const { amount, correction } = decision;
  if (decision.decision === 'declined') {
    if (amount === undefined && correction === undefined) return null;
    throw fault(
      'not_both',
      'A no changes nothing: leave "amount" and "correction" out.',
      '/amount',
    );
  }
  if ((amount === undefined) === (correction === undefined)) {
    const detail = 'Give the "amount" of an entry, or the event that is the "correction".';
    throw fault('missing', detail, '/amount');
  }
  if (correction !== undefined && !(await isPayCorrection(tx, orgId, correction))) {
    throw fault('unknown', 'The log has no such correction.', '/correction');
  }
  if (amount === undefined) return null;
  const minor = minorFrom(amount, row.currency, '/amount');
  if (minor === 0n) throw fault('nothing', 'An entry of nothing moves nothing.', '/amount');
  const posting = postingFor(await lockPayPeriods(tx, orgId), row.period);
  const entry: PayEntry = {
    ...{ ...EMPTY_ENTRY, id: newId('pay'), person: row.person, currency: row.currency, minor },
    ...{ type: 'adjustment', origin: row.period, posting: posting.key, by: author.id },
    ...{ reason: decision.answer, cause: `dispute/${open.id}` },
  };
  await addByHand(tx, orgId, entry);
  return entry.id;
}
