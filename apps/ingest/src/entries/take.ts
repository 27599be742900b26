import { may, needsApproval, refuse, type LogEvent } from '@ovation/domain';
import { newId } from '@ovation/host';
import type { PostEntry } from '@ovation/protocol';
import {
  addEntry,
  inOrg,
  lockEntry,
  readPerson,
  SETTINGS_SOURCE,
  type EntryRow,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import { hashOf } from '../canonical.ts';
import type { IngestDeps } from '../deps.ts';
import type { Door } from '../door.ts';
import type { LaneEvent } from '../lane.ts';
import { orRefuse, ProblemError } from '../problem.ts';
import { writeSettings } from '../settings-writer.ts';
import { mustBeInCharge, readCharge } from '../team-scope.ts';

/** An entry as it stands, and whether it was there before. */
export interface Taken {
  readonly entry: EntryRow;
  readonly duplicate: boolean;
}

/**
 * Takes what somebody entered by hand. It is checked like any event. What needs a manager's word is
 * kept and in no log; everything else counts at once. The same id again is the same entry.
 */
export async function takeEntry(
  deps: IngestDeps,
  door: Door,
  caller: Caller,
  input: PostEntry,
): Promise<Taken> {
  const { orgId, author } = caller;
  const personId = await whose(deps, caller, input);
  const id = input.id ?? newId('ent');
  const event = eventOf(input, { id, personId, now: deps.clock.now() });
  const known = await knownEntry(deps, orgId, id, event);
  if (known) return { entry: known, duplicate: true };
  const [prepared] = await door.prepare({ orgId, sourceId: SETTINGS_SOURCE }, [event]);
  const fact = orRefuse(prepared!);
  const { approval } = await door.settingsOf(orgId);
  const minor = minorOf(fact);
  // Whoever decides about entries needs nobody's word for their own.
  const waits = !may(caller, 'entries:approve') && needsApproval(approval, minor);
  const entry = await writeSettings(deps, orgId, author, async (tx) => {
    const added = await addEntry(tx, orgId, {
      id,
      personId,
      byId: author.id,
      event,
      minor,
      occurredAt: new Date(event.occurredAt),
      state: waits ? 'waiting' : 'counted',
    });
    const row = (await lockEntry(tx, orgId, id))!;
    // Somebody sent it at the same time.
    if (!added) mustBeSame(row, event);
    return { value: row, events: [], facts: waits || !added ? [] : [fact] };
  });
  return { entry, duplicate: false };
}

type SentEvent = Readonly<Record<string, unknown>> & { readonly occurredAt: string };

function eventOf(
  input: PostEntry,
  { id, personId, now }: { id: string; personId: string; now: number },
): SentEvent {
  const { account } = input;
  const common = {
    id,
    person: personId,
    occurredAt: input.occurredAt ?? new Date(now).toISOString(),
    ...(account === undefined ? {} : { attributes: { account } }),
  };
  if (input.kind === 'deal') return { ...common, type: 'deal.won', amount: input.amount };
  const { activity, class: kind } = input;
  return { ...common, type: 'activity.logged', activity, ...(kind ? { class: kind } : {}) };
}

/** The person whose it is: oneself, or somebody whom the caller looks after. */
async function whose(deps: IngestDeps, caller: Caller, input: PostEntry): Promise<string> {
  const asked = input.person ?? caller.personId;
  if (asked === null) {
    const detail = 'Say whose it is: you are nobody who is ranked.';
    return orRefuse(refuse('nobody_credited', detail, '/person'));
  }
  if (asked === caller.personId) return asked;
  if (!may(caller, 'entries:approve')) {
    throw new ProblemError('forbidden', 'You can enter what you did yourself.');
  }
  mustBeInCharge(await readCharge(deps, caller), asked);
  const person = await inOrg(deps.sql, caller.orgId, (tx) => readPerson(tx, caller.orgId, asked));
  if (person) return asked;
  return orRefuse(refuse('unknown_person', 'There is no person with this id.', '/person'));
}

async function knownEntry(
  deps: IngestDeps,
  orgId: string,
  id: string,
  event: SentEvent,
): Promise<EntryRow | undefined> {
  const row = await inOrg(deps.sql, orgId, (tx) => lockEntry(tx, orgId, id));
  if (row) mustBeSame(row, event);
  return row;
}

/** Sent again without a time it has another one, and is still the same. */
function mustBeSame(row: EntryRow, event: SentEvent): void {
  const without = ({ occurredAt: _, ...rest }: Readonly<Record<string, unknown>>) => hashOf(rest);
  if (without(row.event) === without(event)) return;
  const detail = 'This id is known with another content. Enter it under a new id.';
  throw new ProblemError('conflict', detail, [{ code: 'id_taken', detail, pointer: '/id' }]);
}

/** What a deal is worth in the organisation's currency; `null` for an activity. */
export function minorOf({ body }: LaneEvent): bigint | null {
  const { amount } = body as Partial<Extract<LogEvent, { type: 'deal.won' }>>;
  return amount === undefined ? null : BigInt(amount.minor);
}
