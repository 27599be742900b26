import {
  LOOK_BACK_DAYS,
  SILENT_AFTER_DAYS,
  streakOf,
  workingDaysBetween,
  type ActivityClass,
  type Instant,
  type LogEvent,
  type PersonId,
  type PersonPulse,
  type Scaled,
  type Window,
} from '@ovation/domain';
import { readDaysWith, readLastEvents, readMixes, readTargets } from '@ovation/store';
import { measureOf, type Book } from '../figures/book.ts';
import { readValues, storable, type Values } from '../figures/values.ts';

/** What somebody's row on the floor is made of. */
export interface FloorPerson extends PersonPulse {
  readonly today: Scaled;
  readonly mix: Readonly<Record<ActivityClass, number>>;
  readonly last: LogEvent | undefined;
}

/** The metric that a floor is led by. */
export const FLOOR_METRIC = 'revenue';
/** Whatever one of these counts is a sign of life. */
const SIGNS_OF_LIFE = ['activities', 'deals', 'pipeline-created'] as const;
/** The value of the period, of today, and of the period up to today. */
const [PERIOD, TODAY, BEFORE] = [0, 1, 2];

/** How each of these people does in a window, from the credits as they stand. */
export async function readFloorPeople(
  book: Book,
  people: readonly PersonId[],
  window: Window,
  now: Instant,
): Promise<FloorPerson[]> {
  const { sql, orgId, calendar } = book;
  const day = calendar.windowOf('day', now);
  const values = await readValues(book, FLOOR_METRIC, {
    windows: [window, day, { from: window.from, to: day.from }],
    at: now,
    known: null,
    of: 'people',
  });
  const targets = await targetsOf(book, window);
  const mixes = await mixesOf(book, now);
  const last = await readLastEvents(sql, orgId, people, readyMeasures(book));
  const streaks = await streaksOf(book, now);
  return people.map((person) => {
    const newest = last.get(person);
    return {
      person,
      value: valueIn(values, PERIOD, person),
      today: valueIn(values, TODAY, person),
      before: valueIn(values, BEFORE, person),
      target: targets.get(person) ?? null,
      mix: mixes.get(person) ?? NO_MIX,
      last: newest,
      silentDays: newest ? workingDaysBetween(calendar, newest.occurredAt, now) : LOOK_BACK_DAYS,
      streak: streaks(person),
    };
  });
}

export const isSilent = ({ silentDays }: PersonPulse): boolean => silentDays >= SILENT_AFTER_DAYS;

const NO_MIX = { 'deal-making': 0, sourcing: 0, relationship: 0 } as const;

const valueIn = (values: Values, window: number | undefined, person: string): Scaled =>
  values.value(window!, person).value ?? 0n;

const readyMeasures = (book: Book): string[] =>
  SIGNS_OF_LIFE.flatMap((metric) => measureOf(book, metric, null, 0, null) ?? []);

async function targetsOf(book: Book, { kind, key }: Window): Promise<Map<string, Scaled>> {
  const query = { metric: FLOOR_METRIC, period: kind, periodKey: key };
  const rows = await readTargets(book.sql, book.orgId, query);
  const own = rows.filter((row) => row.scope === 'person');
  return new Map(own.map((row) => [row.entityId, row.value]));
}

async function mixesOf(book: Book, now: Instant) {
  const mixes = new Map<PersonId, Record<ActivityClass, number>>();
  const measure = measureOf(book, 'activities', null, 0, null);
  if (measure === undefined) return mixes;
  const week = book.calendar.windowOf('week', now);
  const span = { measure, from: new Date(week.from), to: new Date(week.to) };
  for (const row of await readMixes(book.sql, book.orgId, span)) {
    const mix = mixes.get(row.person) ?? { ...NO_MIX };
    mix[row.class] = row.count;
    mixes.set(row.person, mix);
  }
  return mixes;
}

async function streaksOf(book: Book, now: Instant): Promise<(person: PersonId) => number> {
  const { sql, orgId, calendar, settings } = book;
  const measure = measureOf(book, 'deals', null, 0, null);
  if (measure === undefined) return () => 0;
  const window = calendar.windowOf(`last-${LOOK_BACK_DAYS}`, now);
  const from = storable(window.from);
  const won = await readDaysWith(sql, orgId, { measure, from, timeZone: settings.timeZone });
  const days = calendar.workDays(window);
  const dateOf = (at: Instant) => calendar.dateOf(at);
  return (person) => {
    const dates = won.get(person);
    return dates ? streakOf(dates, days, now, dateOf) : 0;
  };
}
