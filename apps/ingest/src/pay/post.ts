import type { LedgerDelta } from '@ovation/domain';
import { newId } from '@ovation/host';
import type { PayEntry, PayEntryRow, PayPeriodRow } from '@ovation/store';
import { fault } from './wire.ts';

/** What an entry of the ledger needs besides its amount and periods. */
export const EMPTY_ENTRY = {
  plan: null,
  version: null,
  component: null,
  runHash: null,
  trace: null,
  reverses: null,
  reason: null,
} as const;

/**
 * The period that pays for another one: itself while it is open, else the earliest open one after
 * it. Ends the request where none is.
 */
export function postingFor(periods: readonly PayPeriodRow[], origin: string): PayPeriodRow {
  const found = periods.find((period) => period.key >= origin && period.state !== 'closed');
  if (found) return found;
  const detail = `No period from ${origin} on is open: open one to post in.`;
  throw fault('no_open_period', detail, '/period');
}

/** What of an entry is not taken back yet, by id; what was forgiven of a draw is taken off too. */
export function leftOf(entries: readonly PayEntryRow[]): Map<string, bigint> {
  const left = new Map(entries.map((entry) => [entry.id, entry.minor]));
  for (const { reverses, type, minor } of entries) {
    if (reverses === null) continue;
    const change = type === 'draw_forgiven' ? -minor : minor;
    left.set(reverses, (left.get(reverses) ?? 0n) + change);
  }
  return left;
}

/** What a delta is called, and how its figure came about. */
export interface DeltaDetail {
  readonly version: number | null;
  readonly spiff: boolean;
  readonly trace: unknown;
  readonly runHash: string;
  readonly currency: string;
  readonly by: string;
}

const keyOf = ({ plan, component }: { plan: string | null; component: string | null }): string =>
  `${plan}/${component}`;

/**
 * Entries that bring the ledger to where it should be. What is taken from a closed period is a
 * clawback that names the entries it takes from, the newest first; what goes below them is a
 * negative earning. `before` are the person's entries, oldest first.
 */
export function entriesOf(
  delta: LedgerDelta,
  before: readonly PayEntryRow[],
  detail: DeltaDetail,
): PayEntry[] {
  const { person, plan, component, originPeriod: origin, postingPeriod: posting } = delta;
  const { version, spiff, trace, runHash, currency, by } = detail;
  const of = { person, currency, origin, posting, plan, version, component, runHash, trace, by };
  const cause = `run/${runHash}/${person}/${plan}/${component}/${origin}`;
  const made: PayEntry[] = [];
  const add = (type: PayEntry['type'], minor: bigint, reverses: string | null = null) =>
    made.push({
      ...{ ...of, id: newId('pay'), type, minor, reverses, reason: null },
      cause: made.length === 0 ? cause : `${cause}/${made.length}`,
    });
  if (delta.amountMinor > 0n || origin === posting) {
    add(spiff && delta.amountMinor > 0n ? 'spiff' : 'earning', delta.amountMinor);
    return made;
  }
  let missing = -delta.amountMinor;
  const left = leftOf(before);
  const own = before.filter(
    (entry) =>
      keyOf(entry) === keyOf(delta) &&
      entry.origin === origin &&
      entry.posting <= posting &&
      entry.minor > 0n,
  );
  for (const entry of own.toReversed()) {
    const there = left.get(entry.id) ?? 0n;
    const taken = there < missing ? there : missing;
    if (taken <= 0n) continue;
    add('clawback', -taken, entry.id);
    missing -= taken;
  }
  if (missing > 0n) add('earning', -missing);
  return made;
}
