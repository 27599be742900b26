import {
  achievementReader,
  BADGE_LEVELS,
  formatScaled,
  levelOf,
  progressOf,
  recordsOf,
  streakShown,
  unitOf,
  type AchievementReader,
  type Instant,
  type PersonId,
} from '@ovation/domain';
import type { Emblem, Named, PersonBadge, PersonBadgesAnswer } from '@ovation/protocol';
import {
  readAchievements,
  readAwards,
  readEarned,
  type AchievementRow,
  type AwardRow,
} from '@ovation/store';
import type { IngestDeps } from '../deps.ts';
import { openDefinitions } from '../figures/book.ts';
import { textOf } from '../history/metrics.ts';
import { floorOfPerson } from './floor.ts';

/** Metrics in which everybody has records. */
const RECORDED = ['revenue', 'deals', 'activities'];

/** Somebody's badges, level, records and rows of days. */
export async function badgesOfPerson(
  deps: IngestDeps,
  orgId: string,
  person: Named,
): Promise<PersonBadgesAnswer> {
  const { sql } = deps;
  const book = await openDefinitions(sql, orgId);
  const [rows, awards, earned] = await Promise.all([
    readAchievements(sql, orgId),
    readAwards(sql, orgId, { person: person.id }),
    readEarned(sql, orgId, person.id),
  ]);
  const reader = achievementReader(await floorOfPerson(book, person.id));
  const at = deps.clock.now();
  return {
    person,
    earned,
    level: levelOf(earned),
    badges: rows.flatMap((row) => badgeOf(row, awards, { person: person.id, reader, at }) ?? []),
    records: RECORDED.flatMap((metric) => records(metric, person.id, reader)),
    streaks: rows.flatMap((row) => {
      const shown = streakShown(row.definition, person.id, reader, at);
      return shown && !row.definition.paused ? [{ badge: emblemOf(row), ...shown }] : [];
    }),
  };
}

const emblemOf = ({ id, name, names, definition }: AchievementRow): Emblem => ({
  id,
  name,
  names,
  icon: definition.icon,
});

interface Asked {
  readonly person: PersonId;
  readonly reader: AchievementReader;
  readonly at: Instant;
}

/** `undefined` for a badge that is no longer given and that they do not have. */
function badgeOf(
  row: AchievementRow,
  awards: readonly AwardRow[],
  asked: Asked,
): PersonBadge | undefined {
  const own = awards.filter((award) => award.achievement === row.id);
  if (row.definition.paused && own.length === 0) return undefined;
  const levels = BADGE_LEVELS.flatMap((level) => {
    const some = own.filter((award) => award.level === level);
    const latest = Math.max(...some.map(({ reachedAt }) => reachedAt.getTime()));
    const points = some.reduce((sum, award) => sum + award.points, 0);
    if (some.length === 0) return [];
    return [{ level, times: some.length, points, latest: new Date(latest).toISOString() }];
  });
  const { description, descriptions } = row;
  const progress = progressShown(row, own, asked);
  return { badge: emblemOf(row), description, descriptions, levels, progress };
}

function progressShown(
  { definition }: AchievementRow,
  own: readonly AwardRow[],
  { person, reader, at }: Asked,
): PersonBadge['progress'] {
  const { kind } = definition.rules;
  // What the team has is not among one person's own; and what is had once needs no more.
  const top = definition.steps.at(-1)?.level;
  const done = definition.repeat === 'once' && own.some((award) => award.level === top);
  if (kind === 'team' || done) return null;
  const progress = progressOf(definition, person, reader, at);
  const metric = reader.metric(definition.rules.metric);
  if (!progress || !metric) return null;
  const counts = COUNTS[kind] ?? 'metric';
  return {
    level: progress.step.level,
    points: progress.step.points,
    amount: formatScaled(progress.amount, progress.scale),
    needed: formatScaled(progress.needed, progress.scale),
    unit: counts === 'metric' ? unitOf(metric, reader.currency) : null,
    counts,
  };
}

const COUNTS: Readonly<Record<string, 'percent' | 'days' | 'events'>> = {
  target: 'percent',
  streak: 'days',
  time: 'events',
};

function records(
  metric: string,
  person: PersonId,
  reader: AchievementReader,
): PersonBadgesAnswer['records'] {
  return recordsOf(metric, person, reader).map(({ period, window, value }) => {
    const unit = unitOf(reader.metric(metric)!, reader.currency);
    const { from, to } = reader.calendar.windowOf(period, reader.calendar.startOf(window));
    return {
      metric,
      unit,
      period,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      value: textOf(value, unit)!,
    };
  });
}
