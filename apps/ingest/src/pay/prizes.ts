import { newId } from '@ovation/host';
import {
  readPrizes,
  type PayEntry,
  type PayEntryRow,
  type PayPeriodRow,
  type PrizeEntry,
  type Tx,
} from '@ovation/store';
import { EMPTY_ENTRY, leftOf, postingFor } from './post.ts';

interface Ledger {
  readonly periods: readonly PayPeriodRow[];
  readonly currency: string;
  readonly entries: readonly PayEntryRow[];
  /** The last period that is looked at. */
  readonly until: PayPeriodRow;
  readonly by: string;
}

/**
 * Money that was won in contests, each line of the ledger of prizes once. What was taken back there
 * is taken back here from what was paid for it.
 */
export async function prizeEntries(tx: Tx, orgId: string, ledger: Ledger): Promise<PayEntry[]> {
  const { periods, entries, currency, until } = ledger;
  const known = new Set(entries.map((entry) => entry.cause));
  const left = leftOf(entries);
  const made: PayEntry[] = [];
  for (const prize of await readPrizes(tx, orgId, {})) {
    if (prize.kind !== 'money' || prize.currency !== currency) continue;
    if (known.has(causeOf(prize)) || prize.at >= until.to) continue;
    const origin = periods.findLast((period) => period.from <= prize.at && prize.at < period.to);
    if (!origin) continue;
    const posting = postingFor(periods, origin.key);
    const of = { ...EMPTY_ENTRY, person: prize.person, currency, by: ledger.by };
    const place = { origin: origin.key, posting: posting.key };
    const entry = { ...of, ...place, type: 'prize' as const, component: partOf(prize) };
    const add = (minor: bigint, reverses: string | null, more = '') =>
      made.push({
        ...{ ...entry, id: newId('pay'), minor, reverses, reason: prize.reason },
        cause: `${causeOf(prize)}${more}`,
      });
    if (prize.amount > 0n) add(prize.amount, null);
    else takeBack(prize, [...entries, ...made], left, add);
  }
  return made;
}

const causeOf = ({ id }: PrizeEntry): string => `prize/${id}`;
const partOf = ({ contest, prize }: PrizeEntry): string => `${contest}/${prize}`;

function takeBack(
  prize: PrizeEntry,
  paid: readonly PayEntry[],
  left: Map<string, bigint>,
  add: (minor: bigint, reverses: string | null, more?: string) => void,
): void {
  let missing = -prize.amount;
  const own = paid.filter(
    (one) => one.type === 'prize' && one.person === prize.person && one.minor > 0n,
  );
  const same = own.filter((one) => one.component === partOf(prize));
  for (const [index, one] of same.toReversed().entries()) {
    const there = left.get(one.id) ?? one.minor;
    const taken = there < missing ? there : missing;
    if (taken <= 0n) continue;
    add(-taken, one.id, index === 0 ? '' : `/${index}`);
    left.set(one.id, there - taken);
    missing -= taken;
  }
}
