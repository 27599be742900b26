import {
  contestPhase,
  contestSlug,
  graceEnd,
  outOf,
  type ContestDefinition,
  type ContestState,
} from '@ovation/domain';
import type { ContestAnswer } from '@ovation/protocol';
import {
  readContestOutlines,
  readContests,
  type ContestOutline,
  type ContestRow,
} from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { mustHave, notFound } from './drafts.ts';
import { NOTHING_SAID } from './floor.ts';
import { bodyFrom, iso } from './wire.ts';

type Asking = Pick<Caller, 'role' | 'personId'>;

/** Contests newest first; drafts are shown to those who write contests. */
export async function contestAnswers(
  deps: IngestDeps,
  orgId: string,
  caller: Asking,
): Promise<ContestAnswer[]> {
  const [rows, outlines] = await Promise.all([
    readContests(deps.sql, orgId),
    readContestOutlines(deps.sql, orgId, caller.personId),
  ]);
  const now = deps.clock.now();
  return rows
    .filter((row) => row.publishedAt !== null || writes(caller))
    .map((row) => contestAnswer(row, outlines, caller, now));
}

export async function contestById(
  deps: IngestDeps,
  orgId: string,
  caller: Asking,
  id: string,
): Promise<ContestAnswer> {
  const row = await mustHave(deps, orgId, id);
  if (row.publishedAt === null && !writes(caller)) throw notFound();
  const outlines = await readContestOutlines(deps.sql, orgId, caller.personId);
  return contestAnswer(row, outlines, caller, deps.clock.now());
}

const writes = ({ role }: Asking): boolean => role !== 'rep' && role !== 'screen';

/** What is known of a published contest; what the log has not told yet comes from its row. */
export function stateOf(
  row: ContestRow,
  states: ReadonlyMap<string, ContestState>,
): ContestState | undefined {
  if (row.publishedAt === null) return undefined;
  const definition = row.definition as ContestDefinition;
  const state = states.get(row.id) ?? { ...NOTHING_SAID, definition };
  return { ...state, cancelled: state.cancelled || row.cancelledAt !== null };
}

function contestAnswer(
  row: ContestRow,
  outlines: ReadonlyMap<string, ContestOutline>,
  caller: Asking,
  now: number,
): ContestAnswer {
  const outline = outlines.get(row.id);
  const state = stateOf(
    row,
    new Map(outline ? [[row.id, { ...outline.state, frozen: null }]] : []),
  );
  const { id, name, names, description, descriptions, definition } = row;
  const flagged = Object.keys(state?.flagged ?? {});
  return {
    ...{ id, slug: contestSlug(id), name, names, description, descriptions },
    phase: state ? contestPhase(state, now) : 'draft',
    kind: definition.rules?.kind ?? null,
    definition: bodyFrom(state?.definition ?? definition),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    graceEndsAt: state ? iso(graceEnd(state.definition)) : null,
    entrants: outline?.entrants ?? null,
    commitment: state?.commitment ?? null,
    amended: state?.amended ?? 0,
    underReview: flagged.filter((fact) => state!.reviews[fact] === undefined).length,
    mine: mineOf(state, outline?.plays ?? null, caller, now),
    parent: row.parentId,
  };
}

/** Whether the caller takes part, and what they may do about it. */
function mineOf(
  state: ContestState | undefined,
  listed: boolean | null,
  { personId }: Asking,
  now: number,
): ContestAnswer['mine'] {
  const none = { in: false, mayLeave: false, mayJoin: false };
  if (!state || personId === null) return none;
  const entry = state.definition.entry ?? 'everybody';
  const out = outOf(state, [personId]).has(personId);
  const open = ['scheduled', 'live', 'paused'].includes(contestPhase(state, now));
  // Before it has begun nobody is listed: then everybody who has not left is taken to be in.
  const may = listed ?? true;
  return {
    in: may && !out,
    mayLeave: open && entry !== 'everybody' && may && !out,
    mayJoin: open && entry !== 'everybody' && may && out,
  };
}
