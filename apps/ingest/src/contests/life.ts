import { randomBytes } from 'node:crypto';
import {
  commitmentOf,
  contestPhase,
  drawsLots,
  type ContestBody,
  type ContestDefinition,
  type ContestPhase,
} from '@ovation/domain';
import { newId } from '@ovation/host';
import type { ContestDraftBody } from '@ovation/protocol';
import {
  lockContest,
  readContestStates,
  saveContest,
  saveSeed,
  settleDuel,
  type ContestRow,
  type Tx,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openBook } from '../figures/book.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { notFound } from './drafts.ts';
import { addContestNews, tellContestNews } from './news.ts';
import { mustBeWhole } from './rules.ts';
import { definitionFrom, iso } from './wire.ts';

const SEED_BYTES = 32;

/** Lets a draft begin its life. Its seed is made now; only its hash is told. */
export async function publishContest(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
): Promise<void> {
  const book = await openBook(deps.sql, orgId);
  await writeSettings(deps, orgId, author, async (tx) => {
    const row = await lockContest(tx, orgId, id);
    if (!row) throw notFound();
    if (row.publishedAt !== null) throw new ProblemError('refused', 'It is published already.');
    const definition = mustBeWhole(deps, book, row.definition);
    const event = await publishing(tx, orgId, definition);
    const at = new Date(deps.clock.now());
    await saveContest(tx, orgId, { ...row, publishedAt: at });
    await addContestNews(tx, orgId, row, 'published', { at });
    return { value: undefined, events: [event] };
  });
  await tellContestNews(deps, orgId, id, 'published');
}

/** The event that publishes rules, with the commitment where something is drawn. */
async function publishing(tx: Tx, orgId: string, definition: ContestDefinition) {
  const seed = drawsLots(definition) ? randomBytes(SEED_BYTES).toString('hex') : null;
  if (seed !== null) await saveSeed(tx, orgId, { contest: definition.id, seed });
  return {
    type: 'contest.published' as const,
    contest: definition.id,
    definition,
    commitment: seed === null ? null : commitmentOf(seed),
  };
}

/** A contest that nobody wrote as a draft: the next of a series, a duel. */
export async function publishAtOnce(
  tx: Tx,
  orgId: string,
  words: Pick<ContestRow, 'name' | 'names' | 'description' | 'descriptions' | 'ownerId'>,
  definition: ContestDefinition,
  now: Date,
): Promise<ContestBody> {
  await saveContest(tx, orgId, {
    ...words,
    id: definition.id,
    definition,
    publishedAt: now,
    startedAt: null,
    closedAt: null,
    cancelledAt: null,
    parentId: definition.parent ?? null,
  });
  return publishing(tx, orgId, definition);
}

export const newContestId = (): string => newId('con');

/** What may be done with a published contest depends on where it is in its life. */
async function inPhase<T>(
  deps: IngestDeps,
  orgId: string,
  { tx, id, phases }: { tx: Tx; id: string; phases: readonly ContestPhase[] },
  then: (row: ContestRow, phase: ContestPhase) => T,
): Promise<T> {
  const row = await lockContest(tx, orgId, id);
  if (!row || row.publishedAt === null) throw notFound();
  const phase = await phaseNow(deps, orgId, row);
  if (phases.includes(phase)) return then(row, phase);
  const detail = `A contest that is ${phase} cannot be changed like this.`;
  throw new ProblemError('refused', detail, [{ code: 'wrong_phase', detail, pointer: '' }]);
}

/** Where a published contest is; what the log has not told yet is taken from its row. */
export async function phaseNow(
  deps: IngestDeps,
  orgId: string,
  row: ContestRow,
): Promise<ContestPhase> {
  if (row.cancelledAt !== null) return 'cancelled';
  if (row.closedAt !== null) return 'final';
  const state = (await readContestStates(deps.sql, orgId, [row.id])).get(row.id);
  const definition = row.definition as ContestDefinition;
  const pauses = state?.pauses ?? [];
  const bare = { pauses, cancelled: false, result: null };
  return contestPhase({ ...bare, definition }, deps.clock.now());
}

const OPEN = ['scheduled', 'live', 'paused'] as const;

/** Other rules, announced with their reason. The start and the lot stay once it has begun. */
export async function amendContest(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  { definition: body, reason }: { definition: ContestDraftBody; reason: string },
): Promise<void> {
  const book = await openBook(deps.sql, orgId);
  await writeSettings(deps, orgId, author, async (tx) => {
    const ask = { tx, id, phases: [...OPEN, 'provisional' as const] };
    const { row, phase } = await inPhase(deps, orgId, ask, (one, at) => ({ row: one, phase: at }));
    const before = row.definition as ContestDefinition;
    const after = mustBeWhole(deps, book, definitionFrom(id, body));
    if (phase !== 'scheduled') mustKeep(before, after);
    if (drawsLots(after) !== drawsLots(before)) {
      const detail = 'Whether something is drawn cannot be changed any more: begin another one.';
      throw new ProblemError('refused', detail, [
        { code: 'lot_fixed', detail, pointer: '/definition/rules' },
      ]);
    }
    await saveContest(tx, orgId, { ...row, definition: after });
    const event = { type: 'contest.amended' as const, contest: id, definition: after, reason };
    return { value: undefined, events: [{ ...event, was: before }] };
  });
}

/** What is settled by the start. */
function mustKeep(before: ContestDefinition, after: ContestDefinition): void {
  for (const key of ['from', 'of'] as const) {
    if (before[key] === after[key]) continue;
    const detail = 'It has begun: its start and who competes with whom stay as they are.';
    throw new ProblemError('refused', detail, [
      { code: 'begun', detail, pointer: `/definition/${key}` },
    ]);
  }
}

/** Lets it go on longer (or end sooner, but not in the past). */
export async function extendContest(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  { to, reason }: { to: number; reason: string },
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const row = await inPhase(deps, orgId, { tx, id, phases: OPEN }, (one) => one);
    const before = row.definition as ContestDefinition;
    if (to <= Math.max(before.from, deps.clock.now())) {
      const detail = `Choose an end after now and after its start (${iso(before.from)}).`;
      throw new ProblemError('refused', detail, [{ code: 'over', detail, pointer: '/to' }]);
    }
    const definition = { ...before, to };
    await saveContest(tx, orgId, { ...row, definition });
    const event = { type: 'contest.amended' as const, contest: id, definition, reason };
    return { value: undefined, events: [{ ...event, was: before }] };
  });
}

/** Time that does not count, until it is resumed. */
export async function pauseContest(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  change: { paused: boolean; reason: string },
): Promise<void> {
  const { paused, reason } = change;
  await writeSettings(deps, orgId, author, async (tx) => {
    const phases = paused ? (['live'] as const) : (['paused'] as const);
    await inPhase(deps, orgId, { tx, id, phases }, (row) => row);
    const type = paused ? ('contest.paused' as const) : ('contest.resumed' as const);
    return { value: undefined, events: [{ type, contest: id, reason }] };
  });
}

/** Ends it without a result; nobody wins anything. */
export async function cancelContest(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  reason: string,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const phases = [...OPEN, 'provisional' as const];
    const row = await inPhase(deps, orgId, { tx, id, phases }, (one) => one);
    const at = new Date(deps.clock.now());
    await saveContest(tx, orgId, { ...row, cancelledAt: at });
    await settleDuel(tx, orgId, id, null, at);
    await addContestNews(tx, orgId, row, 'cancelled', { at });
    return {
      value: undefined,
      events: [{ type: 'contest.cancelled' as const, contest: id, reason }],
    };
  });
  await tellContestNews(deps, orgId, id, 'cancelled');
}

/** Somebody leaves or comes in, where the rules let them. */
export async function enterContest(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  change: { person: string; in: boolean; byManager: boolean },
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const row = await inPhase(deps, orgId, { tx, id, phases: OPEN }, (one) => one);
    const { entry = 'everybody' } = row.definition;
    const may = change.byManager || entry !== 'everybody';
    if (!may) {
      throw new ProblemError('forbidden', 'Everybody takes part in this one. Ask your manager.');
    }
    const event = { type: 'contest.entered' as const, contest: id, person: change.person };
    return { value: undefined, events: [{ ...event, in: change.in }] };
  });
}

/** A manager's word on one event: it counts here, or it does not. */
export async function reviewEvent(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  review: { fact: string; verdict: 'counts' | 'excluded'; reason: string },
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const phases = ['live', 'paused', 'provisional', 'final'] as const;
    await inPhase(deps, orgId, { tx, id, phases }, (row) => row);
    return {
      value: undefined,
      events: [{ type: 'contest.reviewed' as const, contest: id, ...review }],
    };
  });
}
