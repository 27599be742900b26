import { newId } from '@ovation/host';
import type { ContestDraftBody, PatchContest, PostContest } from '@ovation/protocol';
import {
  deleteDraft,
  lockContest,
  readContest,
  saveContest,
  type ContestRow,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author } from '../settings-writer.ts';
import { bodyFrom, definitionFrom } from './wire.ts';

/** Drafts are saved as they are typed; so often at most a change of one goes into the log. */
const NOTED_EVERY_MS = 10 * 60_000;

/** Begins a draft, empty or as a copy of another contest's rules. */
export async function addDraft(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  { name, names = {}, description = '', descriptions = {}, definition = {}, copyOf }: PostContest,
): Promise<string> {
  const id = newId('con');
  const copied = copyOf === undefined ? {} : await rulesToCopy(deps, orgId, copyOf);
  const row = {
    ...{ id, name, names, description, descriptions },
    definition: definitionFrom(id, { ...copied, ...definition }),
    ...{ publishedAt: null, startedAt: null, closedAt: null, cancelledAt: null },
    ownerId: author.id,
    parentId: null,
  };
  await writeSettings(deps, orgId, author, async (tx) => {
    await saveContest(tx, orgId, row);
    const event = { type: 'contest.drafted' as const, subject: id, now: { name } };
    return { value: undefined, events: [event] };
  });
  return id;
}

/** Rules without their dates and without what belongs to that one contest. */
async function rulesToCopy(deps: IngestDeps, orgId: string, id: string): Promise<ContestDraftBody> {
  const { definition } = await mustHave(deps, orgId, id);
  const { from: _, to: __, series: ___, parent: ____, ...rules } = bodyFrom(definition);
  return rules;
}

/** Saves what was typed. A draft takes anything that is still missing; published rules do not. */
export async function changeDraft(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  change: PatchContest,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const before = await lockContest(tx, orgId, id);
    if (!before) throw notFound();
    if (before.publishedAt !== null && change.definition !== undefined) {
      const detail = 'It is published: announce an amendment with its reason instead.';
      throw new ProblemError('refused', detail, [
        { code: 'published', detail, pointer: '/definition' },
      ]);
    }
    const { name, names, description, descriptions } = { ...before, ...change };
    const definition =
      change.definition === undefined ? before.definition : definitionFrom(id, change.definition);
    const after = { ...before, name, names, description, descriptions, definition };
    await saveContest(tx, orgId, after);
    return { value: undefined, events: noted(before, after, deps.clock.now()) };
  });
}

/** A published name is in the log; a draft's typing only every few minutes. */
function noted(before: ContestRow, after: ContestRow, now: number) {
  const words = ({ name, names, description, descriptions }: ContestRow) => ({
    ...{ name, names, description, descriptions },
  });
  if (before.publishedAt !== null) {
    const event = { type: 'contest.named' as const, subject: before.id, now: words(after) };
    return [{ ...event, was: words(before) }];
  }
  if (now - before.updatedAt.getTime() < NOTED_EVERY_MS) return [];
  const event = { type: 'contest.drafted' as const, subject: before.id, now: words(after) };
  return [{ ...event, was: words(before) }];
}

/** Throws a draft away. What is published is cancelled instead. */
export async function removeDraft(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const before = await lockContest(tx, orgId, id);
    if (!before) throw notFound();
    if (!(await deleteDraft(tx, orgId, id))) {
      throw new ProblemError('refused', 'It is published: cancel it instead.');
    }
    const event = { type: 'contest.drafted' as const, subject: id, now: null };
    return { value: undefined, events: [{ ...event, was: { name: before.name } }] };
  });
}

export async function mustHave(deps: IngestDeps, orgId: string, id: string): Promise<ContestRow> {
  const row = await readContest(deps.sql, orgId, id);
  if (!row) throw notFound();
  return row;
}

export const notFound = (): ProblemError =>
  new ProblemError('not_found', 'There is no such contest.');
