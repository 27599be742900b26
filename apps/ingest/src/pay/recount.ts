import type { LedgerDelta } from '@ovation/domain';
import type { RecountAnswer } from '@ovation/protocol';
import {
  inOrg,
  readOrganisation,
  readPayEntries,
  readPayPeriods,
  readRecounts,
  saveRecount,
  type PayPeriodRow,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import type { Author } from '../settings-writer.ts';
import { calculatePeriod, deltasOf, inputUntil, mustCalculate } from './calculate.ts';
import { PaidGroups } from './groups.ts';
import { openPayBook } from './input.ts';
import { moneyText, todayOf } from './wire.ts';

/** How often it is looked whether a day has begun that was not recounted yet. */
const LOOK_EVERY_MS = 60_000;
/** Differences that are written down in full. */
const DIFFERENCES_MAX = 200;
const RECOUNTS_SHOWN = 60;
const ATTEMPTS = 3;

const CLERK: Author = { kind: 'system', id: 'pay' };

/**
 * Posts what came in since the last time, then counts every period anew from the log alone and
 * holds it against the ledger: what differs then is a fault of ours, and is told. Once a day and
 * organisation, however many try. Answers whether this call did it.
 */
export async function recount(
  deps: IngestDeps,
  groups: PaidGroups,
  orgId: string,
): Promise<boolean> {
  const began = performance.now();
  const day = await todayOf(deps, orgId);
  if ((await readRecounts(deps.sql, orgId, 1))[0]?.day === day) return false;
  const now = deps.clock.now();
  const begun = (await readPayPeriods(deps.sql, orgId)).filter((one) => one.from.getTime() <= now);
  const last = begun.at(-1);
  if (!last) return false;
  let counted = await countAnew(deps, groups, orgId, last);
  // What came in between is posted the next time round; what stays is a fault.
  for (let again = 1; again < ATTEMPTS && counted.deltas.length > 0; again += 1) {
    counted = await countAnew(deps, groups, orgId, last);
  }
  const { deltas, entries } = counted;
  const total = deltas.reduce((sum, { amountMinor: minor }) => {
    return sum + (minor < 0n ? -minor : minor);
  }, 0n);
  const differences = deltas.slice(0, DIFFERENCES_MAX).map((delta) => ({
    ...{ person: delta.person, plan: delta.plan, component: delta.component },
    ...{ period: delta.originPeriod, minor: String(delta.amountMinor) },
  }));
  const row = {
    ...{ day, periods: begun.length, entries, differenceMinor: total },
    ...{ differences, tookMs: Math.round(performance.now() - began) },
  };
  const done = await inOrg(deps.sql, orgId, (tx) => saveRecount(tx, orgId, row));
  if (done && total !== 0n) {
    const detail = { org: orgId, day, differences: deltas.length };
    deps.logger.warn(detail, 'the ledger of pay differs from a recount');
  }
  return done;
}

async function countAnew(
  deps: IngestDeps,
  groups: PaidGroups,
  orgId: string,
  last: PayPeriodRow,
): Promise<{ readonly deltas: readonly LedgerDelta[]; readonly entries: number }> {
  if (last.state !== 'closed') await calculatePeriod(deps, groups, orgId, CLERK, last.key);
  const book = await openPayBook(deps, groups, orgId);
  const result = mustCalculate({ ...inputUntil(book.input, last.key), trace: false });
  const entries = (await readPayEntries(deps.sql, orgId, {})).filter(
    (entry) => entry.posting <= last.key,
  );
  return { deltas: deltasOf(result, entries, last.key), entries: entries.length };
}

/** Recounts each organisation once a day; answers how to stop. */
export function startRecounts(
  deps: IngestDeps,
  organisations: () => Promise<readonly string[]>,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  let stopped = false;
  const look = async () => {
    for (const orgId of await organisations()) {
      if (stopped) return;
      await recount(deps, new PaidGroups(deps.sql), orgId).catch((error: unknown) =>
        deps.logger.warn({ err: error, org: orgId }, 'no recount of pay'),
      );
    }
  };
  const timer = setInterval(() => {
    running ??= look()
      .catch((error: unknown) => deps.logger.warn({ err: error }, 'no recounts of pay'))
      .finally(() => (running = undefined));
  }, LOOK_EVERY_MS);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}

interface Difference {
  readonly person: string;
  readonly plan: string;
  readonly component: string;
  readonly period: string;
  readonly minor: string;
}

export async function recountAnswers(deps: IngestDeps, orgId: string): Promise<RecountAnswer[]> {
  const organisation = await readOrganisation(deps.sql, orgId);
  const { currency } = organisation!.settings;
  const rows = await readRecounts(deps.sql, orgId, RECOUNTS_SHOWN);
  return rows.map(({ day, at, periods, entries, differenceMinor, differences }) => ({
    ...{ day, periods, entries, currency, at: at.toISOString() },
    difference: moneyText(differenceMinor, currency),
    differences: (differences as readonly Difference[]).map(({ minor, ...of }) => ({
      ...of,
      difference: moneyText(BigInt(minor), currency),
    })),
  }));
}
