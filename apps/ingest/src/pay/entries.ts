import type { PayEntriesQuery, PayEntryAnswer, PostAdjustment } from '@ovation/protocol';
import { newId } from '@ovation/host';
import {
  addPayEntries,
  lockPayPeriods,
  openLedgers,
  readOrganisation,
  readPayEntries,
  readPerson,
  type PayEntry,
  type PayEntryRow,
  type Tx,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { isInCharge, type Charge } from '../team-scope.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { readPayNames, type PayNames } from './names.ts';
import { EMPTY_ENTRY, postingFor } from './post.ts';
import { fault, minorFrom, moneyText, mustBeDate } from './wire.ts';

/** Entries that one answer has at most, the newest. */
const ENTRIES_SHOWN = 5_000;

export function entryAnswer(entry: PayEntryRow, names: PayNames): PayEntryAnswer {
  const { id, type, currency, origin, posting, version, component, reverses, reason } = entry;
  return {
    ...{ id, type, currency, origin, posting, version, component, reverses, reason },
    person: names.of(entry.person),
    amount: moneyText(entry.minor, currency),
    plan: entry.plan === null ? null : names.of(entry.plan),
    by: names.by(entry.by),
    at: entry.at.toISOString(),
  };
}

/** Entries of those whom somebody looks after, in the order in which they were posted. */
export async function entryAnswers(
  deps: IngestDeps,
  orgId: string,
  charge: Charge,
  query: PayEntriesQuery,
): Promise<PayEntryAnswer[]> {
  const entries = await readPayEntries(deps.sql, orgId, { ...query, limit: ENTRIES_SHOWN });
  const names = await readPayNames(
    deps,
    orgId,
    entries.map((entry) => entry.by),
  );
  return entries
    .filter((entry) => isInCharge(charge, entry.person))
    .map((entry) => entryAnswer(entry, names));
}

const CHECK_VIOLATION = '23514';

/**
 * Adds an entry in a transaction of its own name; what the database refuses ends the request with a
 * sentence, since only the sender can mend it.
 */
export async function addByHand(tx: Tx, orgId: string, entry: PayEntry): Promise<void> {
  await openLedgers(tx, orgId, [entry.person], entry.currency);
  try {
    await tx.savepoint((own) => addPayEntries(own as Tx, orgId, [entry]));
  } catch (error) {
    if ((error as { code?: string }).code !== CHECK_VIOLATION) throw error;
    const detail = 'It takes back more than is left of the entry that it names.';
    throw fault('too_much', detail, '/amount');
  }
}

/** An adjustment or SPIFF by hand, with its reason; in the earliest open period. */
export async function adjust(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  sent: PostAdjustment,
): Promise<PayEntryAnswer> {
  const organisation = await readOrganisation(deps.sql, orgId);
  const { currency } = organisation!.settings;
  const minor = minorFrom(sent.amount, currency, '/amount');
  if (minor === 0n) throw fault('nothing', 'An entry of nothing moves nothing.', '/amount');
  if (sent.kind === 'spiff' && minor < 0n) {
    throw fault('below_zero', 'A SPIFF is more than zero: take it back by name.', '/amount');
  }
  const id = newId('pay');
  await writeSettings(deps, orgId, author, async (tx) => {
    if (!(await readPerson(tx, orgId, sent.person))) {
      throw fault('unknown_person', 'There is no person with this id.', '/person');
    }
    const periods = await lockPayPeriods(tx, orgId);
    const asked = sent.origin === undefined ? undefined : mustBeDate(sent.origin, '/origin');
    const first = periods.find((period) => period.state !== 'closed')?.key;
    const origin = periods.find((period) => period.key === (asked ?? first));
    if (!origin) throw fault('no_period', 'There is no pay period that begins then.', '/origin');
    const entry: PayEntry = {
      ...{ ...EMPTY_ENTRY, id, person: sent.person, currency, minor, by: author.id },
      ...{ type: sent.kind ?? 'adjustment', reason: sent.reason },
      ...{ origin: origin.key, posting: postingFor(periods, origin.key).key },
      ...{ reverses: sent.reverses ?? null, cause: `hand/${id}` },
    };
    await addByHand(tx, orgId, entry);
    const now = { entry: id, period: entry.posting, type: entry.type };
    const event = { type: 'pay.adjusted' as const, subject: sent.person, now };
    return { value: undefined, events: [event] };
  });
  const [row] = await readPayEntries(deps.sql, orgId, { ids: [id] });
  return entryAnswer(row!, await readPayNames(deps, orgId, [author.id]));
}
