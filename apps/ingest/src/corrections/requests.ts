import { isFact, may, refuse, type FactBody, type LogEvent } from '@ovation/domain';
import { newId } from '@ovation/host';
import type {
  CorrectionChange,
  CorrectionPreviewAnswer,
  PostCorrection,
  PostCorrectionPreview,
  PostDecision,
} from '@ovation/protocol';
import {
  addCorrection,
  inOrg,
  lockCorrection,
  readCredited,
  readEventsByKey,
  settleCorrection,
  SETTINGS_SOURCE,
  type CorrectionRow,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import { hashOf } from '../canonical.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import { mustSayWhy } from '../entries/decide.ts';
import { openBook, type Book } from '../figures/book.ts';
import { eventLine } from '../figures/event-line.ts';
import type { LaneEvent } from '../lane.ts';
import { orRefuse, ProblemError } from '../problem.ts';
import { caughtUp } from '../routes/boards.ts';
import { writeSettings, type Written } from '../settings-writer.ts';
import { chargeOf, isInCharge, type Charge } from '../team-scope.ts';
import { correctionBody, kindsFor } from './change.ts';
import { foretell, type Foretold } from './effects.ts';

/** What is known when somebody asks for a correction, or decides about one. */
interface Asking {
  readonly book: Book;
  readonly event: LogEvent;
  /** The first whom it credits and whom the caller may speak for. */
  readonly person: string | null;
}

/** What a correction would do to the event, and to every board that it is on. */
export async function previewCorrection(
  deps: IngestDeps,
  door: Door,
  caller: Caller,
  { event: key, change }: PostCorrectionPreview,
): Promise<CorrectionPreviewAnswer> {
  const { book, event } = await asking(deps, caller, key);
  const correction = change && (await checked(deps, door, book, event, change));
  const foretold = await foretell(book, event, correction, deps.clock.now());
  return { event: eventLine(event), kinds: kindsFor(event), ...foretold };
}

/** Keeps a request until a manager decides, or (with `approve`) decides at once. */
export async function requestCorrection(
  deps: IngestDeps,
  door: Door,
  caller: Caller,
  input: PostCorrection,
): Promise<CorrectionRow> {
  const { orgId, author } = caller;
  if (input.approve === true && !may(caller, 'corrections:write')) {
    throw new ProblemError('forbidden', 'This needs the right "corrections:write".');
  }
  const { book, event, person } = await asking(deps, caller, input.event);
  await checked(deps, door, book, event, input.change);
  const id = newId('cor');
  const { change, reason } = input;
  const row = { id, eventKey: event.key, personId: person, byId: author.id, change, reason };
  const added = await inOrg(deps.sql, orgId, (tx) => addCorrection(tx, orgId, row));
  if (!added) {
    const detail = 'You have asked about this event already. Wait, or take that back first.';
    throw new ProblemError('conflict', detail, [
      { code: 'asked_already', detail, pointer: '/event' },
    ]);
  }
  if (input.approve === true) {
    return decideCorrection(deps, door, caller, id, { decision: 'approve' });
  }
  return (await inOrg(deps.sql, orgId, (tx) => lockCorrection(tx, orgId, id)))!;
}

/**
 * Approves or declines a request, once: the same decision again is answered with the request as it
 * stands. Approved, the correction is an event, and what it did is kept with the request.
 */
export async function decideCorrection(
  deps: IngestDeps,
  door: Door,
  caller: Caller,
  id: string,
  { decision, reason }: PostDecision,
): Promise<CorrectionRow> {
  const wanted = decision === 'approve' ? 'approved' : 'declined';
  if (wanted === 'declined') mustSayWhy(reason);
  const before = await mustFind(deps, caller.orgId, id);
  const { book, event } = await asking(deps, caller, before.eventKey);
  const change = before.change as CorrectionChange;
  const waits = wanted === 'approved' && before.state === 'waiting';
  const correction = waits ? await checked(deps, door, book, event, change) : undefined;
  const foretold = waits ? await foretell(book, event, correction, deps.clock.now()) : undefined;
  const fact = correction && laneEvent(caller, id, correction);
  const outcome = {
    state: wanted,
    answer: wanted === 'declined' ? (reason ?? null) : null,
  } as const;
  return settle(deps, caller, id, outcome, { fact, effects: foretold?.effects ?? null });
}

/** Takes back one's own request. */
export async function withdrawCorrection(
  deps: IngestDeps,
  caller: Caller,
  id: string,
  reason: string,
): Promise<CorrectionRow> {
  const row = await mustFind(deps, caller.orgId, id);
  if (row.byId !== caller.author.id) {
    throw new ProblemError('forbidden', 'A request is taken back by whoever made it.');
  }
  const outcome = { state: 'withdrawn', answer: reason } as const;
  return settle(deps, caller, id, outcome, { fact: undefined, effects: null });
}

async function settle(
  deps: IngestDeps,
  { orgId, author }: Caller,
  id: string,
  outcome: Pick<CorrectionRow, 'state' | 'answer'>,
  done: { fact: LaneEvent | undefined; effects: Foretold['effects'] | null },
): Promise<CorrectionRow> {
  return writeSettings(deps, orgId, author, async (tx) => {
    const row = (await lockCorrection(tx, orgId, id))!;
    if (row.state === outcome.state) return { value: row, events: [] };
    if (row.state !== 'waiting') {
      const detail = `It was decided already: the request is ${row.state}.`;
      throw new ProblemError('conflict', detail, [{ code: 'decided', detail, pointer: '' }]);
    }
    const { effects } = done;
    await settleCorrection(tx, orgId, id, { ...outcome, decidedBy: author.id, effects });
    const now = { correction: id, event: row.eventKey, state: outcome.state };
    const subject = row.personId ?? id;
    const events: Written[] = [
      { type: 'correction.decided', subject, now, was: { state: row.state } },
    ];
    const value = (await lockCorrection(tx, orgId, id))!;
    return { value, events, facts: done.fact ? [done.fact] : [] };
  });
}

export async function mustFind(
  deps: IngestDeps,
  orgId: string,
  id: string,
): Promise<CorrectionRow> {
  const row = await inOrg(deps.sql, orgId, (tx) => lockCorrection(tx, orgId, id));
  if (row) return row;
  throw new ProblemError('not_found', 'There is no such request.');
}

/** The event, if the caller may ask for it to be corrected; ends the request otherwise. */
async function asking(deps: IngestDeps, caller: Caller, key: string): Promise<Asking> {
  const seq = await caughtUp(deps.sql, caller.orgId);
  const [event] = await readEventsByKey(deps.sql, caller.orgId, [key], seq);
  if (!event || !isFact(event)) {
    throw new ProblemError('not_found', 'There is no such event, or it is none that counts.');
  }
  const book = await openBook(deps.sql, caller.orgId);
  const people = await readCredited(deps.sql, caller.orgId, key);
  const decides = may(caller, 'corrections:write');
  const charge: Charge = decides ? chargeOf(caller, book) : new Set([caller.personId ?? '']);
  const person = people.find((one) => isInCharge(charge, one)) ?? null;
  if (charge !== null && person === null) {
    throw new ProblemError(
      'forbidden',
      decides
        ? 'This event belongs to a team that you do not look after.'
        : 'You can ask about the events that credit you.',
    );
  }
  return { book, event, person };
}

async function checked(
  deps: IngestDeps,
  door: Door,
  book: Book,
  event: LogEvent,
  change: CorrectionChange,
): Promise<FactBody> {
  const rules = await door.rules.of(book.orgId);
  const people = new Set(book.people.map((person) => person.id));
  const now = deps.clock.now();
  const body = orRefuse(correctionBody(event, change, { rules, now, people }));
  if ('amount' in body && 'amount' in event && sameMoney(body.amount, event.amount)) {
    const detail = 'The amount is what it is already.';
    orRefuse(refuse('nothing_changed', detail, '/change/amount'));
  }
  return body;
}

const sameMoney = (one: unknown, other: unknown): boolean => hashOf(one) === hashOf(other);

/** The correction as an event of its own, named by the request, so that it is there once. */
function laneEvent({ orgId, author }: Caller, id: string, correction: FactBody): LaneEvent {
  const { type, ...rest } = correction;
  const body = { ...rest, by: author };
  const row = {
    orgId,
    sourceId: SETTINGS_SOURCE,
    eventId: id,
    type,
    occurredAt: null,
    body: JSON.stringify(body),
    bodyHash: hashOf(rest),
  };
  return { row, body };
}
