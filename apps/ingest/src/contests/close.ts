import {
  contestPhase,
  graceEnd,
  resultOf,
  type ContestResult,
  type ContestState,
  type ResultAward,
} from '@ovation/domain';
import { newId } from '@ovation/host';
import {
  addPrizes,
  addWalletEntries,
  lockContest,
  readContestStates,
  readPrizes,
  readSeqAt,
  saveContest,
  settleDuel,
  takeBackPoints,
  type PrizeEntry,
  type Tx,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openBook } from '../figures/book.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { notFound } from './drafts.ts';
import { addContestNews, tellContestNews } from './news.ts';
import { seedOf, standNow } from './stand.ts';

/** What decides by the clock, for nobody in particular. */
export const CLERK: Author = { kind: 'system', id: 'clerk' };

/**
 * Decides a contest whose grace is over: its result, from what was told before the grace ended, and
 * its prizes, in one transaction and once, however many try. `false` when it was decided already or
 * cannot be yet.
 */
export async function closeContest(deps: IngestDeps, orgId: string, id: string): Promise<boolean> {
  const book = await openBook(deps.sql, orgId);
  const state = (await readContestStates(deps.sql, orgId, [id])).get(id);
  const now = deps.clock.now();
  if (!state || contestPhase(state, now) !== 'provisional') return false;
  const end = graceEnd(state.definition);
  if (now < end || state.frozen === null) return false;
  const asOf = await readSeqAt(deps.sql, orgId, new Date(end - 1));
  const seed = await seedOf(book, state, now);
  const { standing } = await standNow(book, state, { at: end, known: asOf, seed });
  const result = resultOf(standing, asOf, seed ?? undefined);
  const winner = winnerOf(result);
  const decided = await writeSettings(deps, orgId, CLERK, async (tx) => {
    const row = await lockContest(tx, orgId, id);
    const undone = row && row.closedAt === null && row.cancelledAt === null;
    if (!undone) return { value: false, events: [] };
    await saveContest(tx, orgId, { ...row, closedAt: new Date(now) });
    await settle(tx, orgId, { contest: id, result, at: new Date(now), reason: null });
    await settleDuel(tx, orgId, id, winner, new Date(now));
    const person = state.definition.of === 'people' ? winner : null;
    await addContestNews(tx, orgId, row, 'final', { at: new Date(now), person });
    return { value: true, events: [{ type: 'contest.closed' as const, contest: id, result }] };
  });
  if (decided) await tellContestNews(deps, orgId, id, 'final');
  return decided;
}

/** Who won alone: on a tie nobody did. */
function winnerOf({ lines }: ContestResult): string | null {
  const first = lines.filter((line) => line.rank === 1);
  return first.length === 1 ? first[0]!.entrant : null;
}

/** A manager's word on what changed after the end: the result stays, or is another one. */
export async function decideContest(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  { decision, reason }: { decision: 'keep' | 'restate'; reason: string },
): Promise<void> {
  const book = await openBook(deps.sql, orgId);
  const state = (await readContestStates(deps.sql, orgId, [id])).get(id);
  if (!state) throw notFound();
  if (state.result === null) {
    throw new ProblemError('refused', 'It is not final yet: there is nothing to decide.');
  }
  const now = deps.clock.now();
  const seed = await seedOf(book, state, now);
  const { standing, floor } = await standNow(book, state, { at: now, seed });
  const result = resultOf(standing, floor.seq, state.result.seed);
  await writeSettings(deps, orgId, author, async (tx) => {
    if (!(await lockContest(tx, orgId, id))) throw notFound();
    const was = { asOf: state.result!.asOf };
    if (decision === 'keep') {
      const kept = { type: 'contest.kept' as const, contest: id, asOf: floor.seq, reason };
      return { value: undefined, events: [{ ...kept, was }] };
    }
    await settle(tx, orgId, { contest: id, result, at: new Date(now), reason });
    const event = { type: 'contest.restated' as const, contest: id, result, reason };
    return { value: undefined, events: [{ ...event, was }] };
  });
}

interface Settlement {
  readonly contest: string;
  readonly result: ContestResult;
  readonly at: Date;
  readonly reason: string | null;
}

/** Brings the ledger of prizes to what a result says: only differences are added. */
async function settle(tx: Tx, orgId: string, settlement: Settlement): Promise<void> {
  const { contest, result, at, reason } = settlement;
  const before = sumsOf(await readPrizes(tx, orgId, { contest }));
  const wanted = wantedOf(result.awards);
  const entries: PrizeEntry[] = [];
  for (const key of new Set([...before.keys(), ...wanted.keys()])) {
    const [was, now] = [before.get(key), wanted.get(key)];
    const amount = (now?.amount ?? 0n) - (was?.amount ?? 0n);
    if (amount === 0n) continue;
    const { person, prize, kind, currency, item, place } = (now ?? was)!;
    const line = { person, prize, kind, currency, item, place, amount };
    entries.push({ ...line, id: newId('prz'), contest, seq: result.asOf, at, reason });
  }
  await addPrizes(tx, orgId, entries);
  await payPoints(tx, orgId, entries);
}

type Held = Pick<
  PrizeEntry,
  'person' | 'prize' | 'kind' | 'amount' | 'currency' | 'item' | 'place'
>;

const keyOf = ({ person, prize, kind, item }: Omit<Held, 'amount' | 'currency' | 'place'>) =>
  [person, prize, kind, JSON.stringify(item)].join('|');

function sumsOf(entries: readonly Held[]): Map<string, Held> {
  const sums = new Map<string, Held>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const amount = (sums.get(key)?.amount ?? 0n) + entry.amount;
    sums.set(key, { ...entry, amount });
  }
  return sums;
}

function wantedOf(awards: readonly ResultAward[]): Map<string, Held> {
  return sumsOf(
    awards.map(({ prize, person, item, rank }): Held => {
      const { kind, ...rest } = item;
      const shared = { person, prize, kind, place: rank };
      if (item.kind === 'money') {
        return { ...shared, amount: BigInt(item.minor), currency: item.currency, item: {} };
      }
      if (item.kind === 'points') {
        return { ...shared, amount: BigInt(item.points), currency: null, item: {} };
      }
      return { ...shared, amount: 1n, currency: null, item: rest };
    }),
  );
}

/** Points go to the wallet; what was spent of what is taken back stays noted there. */
async function payPoints(tx: Tx, orgId: string, entries: readonly PrizeEntry[]): Promise<void> {
  for (const { id, person, kind, amount, at, contest } of entries) {
    if (kind !== 'points') continue;
    const entry = { person, points: Number(amount), cause: `prize/${id}`, at, reason: contest };
    if (amount > 0n) await addWalletEntries(tx, orgId, [{ ...entry, kind: 'prize' }]);
    else await takeBackPoints(tx, orgId, { ...entry, kind: 'taken_back' });
  }
}

/** What a manager has heard of already: the event up to which nothing is news. */
export const heardUpTo = (state: ContestState): number =>
  Math.max(state.result?.asOf ?? 0, state.keptAsOf);
