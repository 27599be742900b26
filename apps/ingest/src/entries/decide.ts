import { may, refuse } from '@ovation/domain';
import type { PostDecision } from '@ovation/protocol';
import {
  inOrg,
  lockEntry,
  SETTINGS_SOURCE,
  settleEntry,
  type EntryRow,
  type EntryState,
  type Tx,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import type { LaneEvent } from '../lane.ts';
import { orRefuse, ProblemError } from '../problem.ts';
import { writeSettings, type Written } from '../settings-writer.ts';
import { mustBeInCharge, readCharge } from '../team-scope.ts';

/**
 * Approves or declines an entry, once: the same decision again is answered with the entry as it
 * stands. Approved, it goes into the log with the time at which it happened.
 */
export async function decideEntry(
  deps: IngestDeps,
  door: Door,
  caller: Caller,
  id: string,
  { decision, reason }: PostDecision,
): Promise<EntryRow> {
  const { orgId, author } = caller;
  const charge = await readCharge(deps, caller);
  const wanted: EntryState = decision === 'approve' ? 'counted' : 'declined';
  if (wanted === 'declined') mustSayWhy(reason);
  // Prepared before the entry is held: that reads with a connection of its own.
  const fact = await factOf(deps, door, orgId, id, wanted);
  return writeSettings(deps, orgId, author, async (tx) => {
    const entry = await mustFind(tx, orgId, id);
    mustBeInCharge(charge, entry.personId);
    if (entry.state === wanted) return { value: entry, events: [] };
    mustWait(entry);
    if (entry.byId === author.id && caller.role !== 'owner') {
      const detail = 'Somebody else decides about what you entered.';
      throw new ProblemError('forbidden', detail);
    }
    const said = wanted === 'declined' ? (reason ?? null) : null;
    return { ...(await settled(tx, caller, entry, wanted, said)), facts: fact };
  });
}

/** Takes back one's own entry; if it counted, a further event takes it out of every board. */
export async function withdrawEntry(
  deps: IngestDeps,
  door: Door,
  caller: Caller,
  id: string,
  reason: string,
): Promise<EntryRow> {
  const { orgId, author } = caller;
  const charge = may(caller, 'entries:approve') ? await readCharge(deps, caller) : undefined;
  const back = await takingBack(deps, door, orgId, id);
  return writeSettings(deps, orgId, author, async (tx) => {
    const entry = await mustFind(tx, orgId, id);
    const own = entry.personId === caller.personId || entry.byId === author.id;
    if (!own) {
      if (charge === undefined) throw new ProblemError('not_found', 'There is no such entry.');
      mustBeInCharge(charge, entry.personId);
    }
    if (entry.state === 'withdrawn') return { value: entry, events: [] };
    if (entry.state === 'declined') mustWait(entry);
    const facts = entry.state === 'counted' ? [back] : [];
    return { ...(await settled(tx, caller, entry, 'withdrawn', reason)), facts };
  });
}

async function mustFind(tx: Tx, orgId: string, id: string): Promise<EntryRow> {
  const entry = await lockEntry(tx, orgId, id);
  if (entry) return entry;
  throw new ProblemError('not_found', 'There is no such entry.');
}

export function mustSayWhy(reason: string | undefined): void {
  if (reason !== undefined && reason.trim() !== '') return;
  orRefuse(refuse('reason_missing', 'Say why: whoever asked can read it.', '/reason'));
}

function mustWait(entry: EntryRow): void {
  if (entry.state === 'waiting') return;
  const detail = `It was decided already: the entry is ${entry.state}.`;
  throw new ProblemError('conflict', detail, [{ code: 'decided', detail, pointer: '' }]);
}

async function settled(
  tx: Tx,
  { orgId, author }: Caller,
  entry: EntryRow,
  state: EntryState,
  reason: string | null,
): Promise<{ value: EntryRow; events: readonly Written[] }> {
  await settleEntry(tx, orgId, entry.id, { state, decidedBy: author.id, reason });
  const value = (await lockEntry(tx, orgId, entry.id))!;
  const was = { state: entry.state };
  const now = { entry: entry.id, state };
  return {
    value,
    events: [{ type: 'entry.decided', subject: entry.personId, now, was }],
  };
}

/** The entry in the log's form, checked by the rules of now; none where it is not to count. */
async function factOf(
  deps: IngestDeps,
  door: Door,
  orgId: string,
  id: string,
  wanted: EntryState,
): Promise<LaneEvent[]> {
  const entry = await inOrg(deps.sql, orgId, (tx) => mustFind(tx, orgId, id));
  if (wanted !== 'counted' || entry.state !== 'waiting') return [];
  const [fact] = await door.prepare({ orgId, sourceId: SETTINGS_SOURCE }, [entry.event]);
  return [orRefuse(fact!)];
}

async function takingBack(
  deps: IngestDeps,
  door: Door,
  orgId: string,
  id: string,
): Promise<LaneEvent> {
  const entry = await inOrg(deps.sql, orgId, (tx) => mustFind(tx, orgId, id));
  const deal = entry.event['type'] === 'deal.won';
  const event = {
    id: `${entry.id}-withdrawn`,
    type: deal ? 'deal.reversed' : 'activity.withdrawn',
    [deal ? 'reverses' : 'withdraws']: entry.id,
  };
  const [fact] = await door.prepare({ orgId, sourceId: SETTINGS_SOURCE }, [event]);
  return orRefuse(fact!);
}
