import {
  contestMetrics,
  flagsOf,
  hasFilter,
  subjectOf,
  type ContestState,
  unitOf,
  type Flag,
} from '@ovation/domain';
import type { ContestFlag } from '@ovation/protocol';
import { readContestStates, readToldCredits, type ToldCredit } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openBook, type Book } from '../figures/book.ts';
import { textOf } from '../figures/board-page.ts';
import { storable } from '../figures/values.ts';
import { writeSettings } from '../settings-writer.ts';
import { CLERK } from './close.ts';
import { notFound } from './drafts.ts';

/** Events that are held up in one go, at most. */
const FLAGS_MAX = 500;

/** Holds up what a contest's visible rules say, each event once. Answers how many were new. */
export async function flagEvents(
  deps: IngestDeps,
  book: Book,
  state: ContestState,
): Promise<number> {
  const { definition, flagged, reviews } = state;
  if (definition.guard === undefined) return 0;
  const told = await readTold(book, state);
  const events = told.map((one) => ({
    ...one,
    at: one.at.getTime(),
    recordedAt: one.recordedAt.getTime(),
  }));
  const fresh = flagsOf(definition, events)
    .filter(({ fact }) => flagged[fact] === undefined && reviews[fact] === undefined)
    .slice(0, FLAGS_MAX);
  if (fresh.length === 0) return 0;
  await writeSettings(deps, book.orgId, CLERK, async () => ({
    value: undefined,
    events: fresh.map((flag: Flag) => ({
      type: 'contest.flagged' as const,
      contest: definition.id,
      ...flag,
    })),
  }));
  return fresh.length;
}

/** What counts in a contest so far, with when it was told. */
function readTold(book: Book, { definition }: ContestState): Promise<ToldCredit[]> {
  const filter = hasFilter(definition.scoring) ? definition.id : null;
  const subjects = new Set(contestMetrics(definition).map((id) => subjectOf(id, filter)));
  const measures = book.states
    .filter((one) => one.ready && subjects.has(one.subject))
    .map((one) => one.measure);
  const [from, to] = [storable(definition.from), storable(definition.to)];
  return readToldCredits(book.sql, book.orgId, { measures, from, to });
}

/** What waits for a manager's word in a contest, and what was said already; the newest first. */
export async function contestFlags(
  deps: IngestDeps,
  orgId: string,
  id: string,
): Promise<ContestFlag[]> {
  const state = (await readContestStates(deps.sql, orgId, [id])).get(id);
  if (!state) throw notFound();
  const book = await openBook(deps.sql, orgId);
  const told = await readTold(book, state);
  const people = new Map(
    book.people.map(({ id: person, name, names }) => [person, { name, names }]),
  );
  const [metric] = contestMetrics(state.definition);
  const counted = metric === undefined ? undefined : book.byId.get(metric);
  return told
    .filter(({ fact }) => state.flagged[fact] !== undefined || state.reviews[fact] !== undefined)
    .map(({ fact, person, value, at, recordedAt }) => ({
      fact,
      person: { id: person, name: person, ...people.get(person) },
      rule: state.flagged[fact] ?? 'manager',
      occurredAt: at.toISOString(),
      recordedAt: recordedAt.toISOString(),
      value: counted ? textOf(value, unitOf(counted, book.settings.currency)) : String(value),
      verdict: state.reviews[fact] ?? null,
    }))
    .reverse();
}
