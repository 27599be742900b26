import {
  achievementFaults,
  unitOf,
  type AchievementDefinition,
  type EventBody,
} from '@ovation/domain';
import { newId } from '@ovation/host';
import type { AchievementAnswer, PostAchievement } from '@ovation/protocol';
import {
  countHolders,
  deleteAchievement,
  lockAchievement,
  readAchievements,
  saveAchievement,
  type AchievementRow,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openDefinitions, type BookOfDefinitions } from '../figures/book.ts';
import { ProblemError } from '../problem.ts';
import { writeSettings, type Author, type Written } from '../settings-writer.ts';
import { achievementAnswer, definitionFrom } from './wire.ts';

/** An organisation's badges at most: every batch of events is looked through for each. */
const ACHIEVEMENTS_MAX = 60;

export async function achievementAnswers(
  deps: IngestDeps,
  orgId: string,
): Promise<AchievementAnswer[]> {
  const [book, holders] = await Promise.all([
    openDefinitions(deps.sql, orgId),
    countHolders(deps.sql, orgId),
  ]);
  const rows = await readAchievements(deps.sql, orgId);
  return rows.map((row) => achievementAnswer(book, row, holders.get(row.id) ?? 0));
}

/** Defines a badge; whoever has earned it by now gets it. */
export async function addAchievement(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  draft: PostAchievement,
): Promise<AchievementAnswer> {
  const book = await openDefinitions(deps.sql, orgId);
  const known = await readAchievements(deps.sql, orgId);
  if (known.length >= ACHIEVEMENTS_MAX) {
    throw new ProblemError('refused', `An organisation has at most ${ACHIEVEMENTS_MAX} badges.`);
  }
  const row = rowFrom(newId('bdg'), draft, book);
  await writeSettings(deps, orgId, author, async (tx) => {
    await saveAchievement(tx, orgId, row);
    return { value: undefined, events: [saved(row)] };
  });
  return achievementAnswer(book, row, 0);
}

/** Changes a badge; what was earned by the old rules and not by the new ones is taken back. */
export async function changeAchievement(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
  draft: PostAchievement,
): Promise<AchievementAnswer> {
  const book = await openDefinitions(deps.sql, orgId);
  const row = rowFrom(id, draft, book);
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await lockAchievement(tx, orgId, id);
    if (!was) throw unknown();
    await saveAchievement(tx, orgId, row);
    const renamed = JSON.stringify(was.definition) === JSON.stringify(row.definition);
    const { name, names } = row;
    const named = { type: 'achievement.named' as const, subject: id, now: { name, names } };
    const event: Written = renamed ? named : { ...saved(row), was: was.definition };
    return { value: undefined, events: [event] };
  });
  const holders = await countHolders(deps.sql, orgId);
  return achievementAnswer(book, row, holders.get(id) ?? 0);
}

/** Takes a badge away, and its points from whoever has it. */
export async function removeAchievement(
  deps: IngestDeps,
  orgId: string,
  author: Author,
  id: string,
): Promise<void> {
  await writeSettings(deps, orgId, author, async (tx) => {
    const was = await lockAchievement(tx, orgId, id);
    if (!was) throw unknown();
    await deleteAchievement(tx, orgId, id);
    const event: Written = { type: 'achievement.removed', achievement: id, was: was.definition };
    return { value: undefined, events: [event] };
  });
}

const saved = (row: AchievementRow): Extract<EventBody, { type: 'achievement.saved' }> => ({
  type: 'achievement.saved',
  achievement: row.definition,
});

const unknown = () => new ProblemError('not_found', 'There is no such badge.');

function rowFrom(id: string, draft: PostAchievement, book: BookOfDefinitions): AchievementRow {
  const { name, names = {}, description = '', descriptions = {} } = draft;
  const definition = mustBeSound(definitionFrom(id, draft.definition), book);
  return { id, name, names, description, descriptions, definition };
}

/** The definition, or the request ends with all that has to be mended. */
export function mustBeSound(
  definition: AchievementDefinition,
  book: BookOfDefinitions,
): AchievementDefinition {
  const metric = book.byId.get(definition.rules.metric);
  const scale = metric ? unitOf(metric, book.settings.currency).scale : 0;
  const faults = achievementFaults(definition, metric, scale).map((fault) => ({
    ...fault,
    pointer: `/definition${fault.pointer ?? ''}`,
  }));
  if (faults[0]) throw new ProblemError('refused', faults[0].detail, faults);
  return definition;
}
