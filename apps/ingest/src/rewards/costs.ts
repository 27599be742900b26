import { formatScaled, type Window } from '@ovation/domain';
import type { CostLine, CostsQuery, RewardCosts } from '@ovation/protocol';
import { readEntryNames, readRedemptions, type RedemptionRow } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openBook } from '../figures/book.ts';
import { moneyOf } from './catalogue.ts';

const MONTHS = 6;
const MONTHS_MAX = 24;
/** Wishes that are looked through at most. */
const ROWS_MAX = 50_000;

/** A sum that grows. */
interface Sum {
  fulfilled: bigint;
  pending: bigint;
  points: number;
}

/**
 * What rewards cost, in money: what was fulfilled counts in the month in which it was, what is open
 * in the month in which it was asked for.
 */
export async function rewardCosts(
  deps: IngestDeps,
  orgId: string,
  query: CostsQuery,
): Promise<RewardCosts> {
  const book = await openBook(deps.sql, orgId);
  const { currency, scale } = await moneyOf(deps, orgId);
  const wanted = Math.min(Math.max(1, Number(query.months ?? MONTHS)), MONTHS_MAX);
  const months = [book.calendar.windowOf('month', deps.clock.now())];
  while (months.length < wanted) months.unshift(book.calendar.previous(months[0]!));
  const from = months[0]!.from;
  const rows = (await readRedemptions(deps.sql, orgId, { limit: ROWS_MAX })).filter(
    (row) => counts(row) && whenOf(row) >= from,
  );
  const teamOf = new Map(book.people.map((person) => [person.id, person.teamId]));
  const teams = new Map(book.teams.map(({ id, name, names }) => [id, { id, name, names }]));
  const line = (since: number, sum: Sum): CostLine => ({
    from: new Date(since).toISOString(),
    fulfilled: formatScaled(sum.fulfilled, scale, scale),
    pending: formatScaled(sum.pending, scale, scale),
    points: sum.points,
  });
  const byTeam = sums(rows, (row) => teamOf.get(row.person) ?? '');
  const byUser = sums(
    rows.filter(({ state }) => state === 'fulfilled'),
    (row) => row.settledBy ?? '',
  );
  const names = await readEntryNames(deps.sql, orgId, [...byUser.keys()]);
  return {
    currency,
    months: months.map((month) => line(month.from, sumOf(rows.filter((row) => isIn(row, month))))),
    teams: [...byTeam].map(([id, sum]) => ({ ...line(from, sum), team: teams.get(id) ?? null })),
    managers: [...byUser].map(([id, sum]) => ({
      ...line(from, sum),
      user: names.get(id)?.name ?? id,
    })),
    total: line(from, sumOf(rows)),
  };
}

const counts = ({ state }: RedemptionRow): boolean => state !== 'declined' && state !== 'cancelled';

const whenOf = ({ state, requestedAt, settledAt }: RedemptionRow): number =>
  (state === 'fulfilled' ? (settledAt ?? requestedAt) : requestedAt).getTime();

const isIn = (row: RedemptionRow, { from, to }: Window): boolean =>
  whenOf(row) >= from && whenOf(row) < to;

function sumOf(rows: readonly RedemptionRow[]): Sum {
  const sum: Sum = { fulfilled: 0n, pending: 0n, points: 0 };
  for (const { state, costMinor, price } of rows) {
    if (state === 'fulfilled') sum.fulfilled += costMinor;
    else sum.pending += costMinor;
    sum.points += price;
  }
  return sum;
}

/** Sums by what rows have in common, dearest first. */
function sums(
  rows: readonly RedemptionRow[],
  keyOf: (row: RedemptionRow) => string,
): Map<string, Sum> {
  const groups = new Map<string, RedemptionRow[]>();
  for (const row of rows) {
    const known = groups.get(keyOf(row));
    if (known) known.push(row);
    else groups.set(keyOf(row), [row]);
  }
  const all = [...groups].map(([key, some]) => [key, sumOf(some)] as const);
  const worth = (sum: Sum) => sum.fulfilled + sum.pending;
  return new Map(all.sort(([, a], [, b]) => (worth(a) < worth(b) ? 1 : -1)));
}
