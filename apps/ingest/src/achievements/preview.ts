import { achievementReader, achievementsOf, BADGE_LEVELS, type Earned } from '@ovation/domain';
import type {
  AchievementPreview,
  AchievementPreviewLine,
  PostAchievementPreview,
} from '@ovation/protocol';
import { readAwards, type PersonRow } from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openBook } from '../figures/book.ts';
import { floorForBadge } from './floor.ts';
import { mustBeSound } from './settings.ts';
import { definitionFrom } from './wire.ts';

const DRAFT = 'draft';

/** Who would have a badge by these rules, worked out as it would be given. Writes nothing. */
export async function previewAchievement(
  deps: IngestDeps,
  orgId: string,
  { id, definition: body }: PostAchievementPreview,
): Promise<AchievementPreview> {
  const book = await openBook(deps.sql, orgId);
  const definition = mustBeSound(definitionFrom(DRAFT, body), book);
  const { floor, from } = await floorForBadge(book, definition, deps.clock.now());
  const reader = achievementReader(floor);
  const awards = id === undefined ? [] : await readAwards(deps.sql, orgId, { achievement: id });
  const had = new Map<string, number>();
  for (const { person } of awards) had.set(person, (had.get(person) ?? 0) + 1);
  const all = book.people.map((person) =>
    lineOf(person, achievementsOf(definition, person.id, reader), had.get(person.id) ?? 0),
  );
  const people = all.filter((one) => one.awards > 0 || one.has > 0);
  return {
    from: from === null ? null : new Date(from).toISOString(),
    people: people.sort((a, b) => b.points - a.points || b.awards - a.awards),
    without: all.length - all.filter((one) => one.awards > 0).length,
    awards: people.reduce((sum, one) => sum + one.awards, 0),
    points: people.reduce((sum, one) => sum + one.points, 0),
  };
}

function lineOf(
  { id, name, names }: PersonRow,
  earned: readonly Earned[],
  has: number,
): AchievementPreviewLine {
  const levels = earned.map((one) => BADGE_LEVELS.indexOf(one.level));
  return {
    person: { id, name, names },
    awards: earned.length,
    points: earned.reduce((sum, one) => sum + one.points, 0),
    level: levels.length === 0 ? null : BADGE_LEVELS[Math.max(...levels)]!,
    latest:
      earned.length === 0 ? null : new Date(Math.max(...earned.map(({ at }) => at))).toISOString(),
    has,
  };
}
