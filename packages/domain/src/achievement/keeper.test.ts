import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Credit } from '../credit.ts';
import { fold, logOf, NOW, PEOPLE, shuffledFrom, STAFF, story, TEAMS } from '../floor.fixture.ts';
import type { Told } from '../floor.fixture.ts';
import type { Floor } from '../floor.ts';
import { badge } from './achievement.fixture.ts';
import type { AchievementDefinition } from './definition.ts';
import { achievementReader, achievementsOf } from './earned.ts';
import { BadgeKeeper, type BadgeRound } from './keeper.ts';

const month = { metric: 'revenue', window: 'month' } as const;
const day = { metric: 'activities', window: 'day' } as const;
const BADGES: AchievementDefinition[] = [
  badge({ kind: 'sum', ...month }, ['1', '3', '9']),
  badge({ kind: 'event', ...month }, ['6'], { repeat: 'once' }),
  badge({ kind: 'record', metric: 'revenue', window: 'week', after: 1 }),
  badge({ kind: 'first', of: 'own', metric: 'deals', window: 'all' }),
  badge({ kind: 'first', of: 'everybody', ...day }),
  badge({ kind: 'streak', metric: 'activities', daily: '0.5', freeze: 2 }, ['2', '3']),
  badge({ kind: 'target', ...month }, ['50', '100']),
  badge({ kind: 'time', ...day, hours: { from: 0, to: 720 } }, ['1']),
  badge({ kind: 'team', ...month }, ['2']),
].map((one, n) => ({ ...one, id: `bdg_${n}` }));

/** The badges, targets, a move and a change of hours: settings between the deeds. */
const settings = fc.shuffledSubarray<Told>(
  [
    ...BADGES.map((achievement) => ({ type: 'achievement.saved' as const, achievement })),
    { type: 'achievement.removed' as const, achievement: 'bdg_0' },
    { type: 'achievement.saved' as const, achievement: { ...BADGES[5]!, paused: true } },
    ...['300', '900'].map((value) => ({
      type: 'target.set' as const,
      scope: 'person' as const,
      entity: PEOPLE[0]!,
      metric: 'revenue',
      period: 'month' as const,
      window: '2026-11-01',
      value,
    })),
    {
      type: 'person.changed' as const,
      person: PEOPLE[3]!,
      team: TEAMS[1]!,
      since: NOW - 20 * 86_400_000,
      active: true,
    },
    { type: 'team.changed' as const, team: TEAMS[1]!, parent: TEAMS[0]! },
  ].map((body, n) => ({ ...body, name: `set${n}`, at: NOW })),
  { minLength: 12 },
);

/** What everybody has, kept up from what rounds say. */
class Awards {
  readonly #all = new Map<string, Map<string, string>>();

  take({ verdicts, whole }: BadgeRound): void {
    for (const id of whole) this.#all.delete(id);
    for (const { achievement, person, earned } of verdicts) {
      const of = this.#all.get(achievement) ?? new Map<string, string>();
      this.#all.set(achievement, of);
      of.set(person, earned.map(({ level, window }) => `${level} ${window}`).join());
    }
  }

  shown(): Record<string, string> {
    const lines = [...this.#all].flatMap(([id, people]) =>
      [...people].flatMap(([person, said]) => (said === '' ? [] : [[`${id} ${person}`, said]])),
    );
    return Object.fromEntries(lines) as Record<string, string>;
  }
}

function inFull(floor: Floor): Record<string, string> {
  const reader = achievementReader(floor);
  const lines = [...floor.achievements.values()].flatMap((definition) =>
    definition.paused === true
      ? []
      : [...floor.people.keys()].flatMap((person) => {
          const earned = achievementsOf(definition, person, reader);
          const said = earned.map(({ level, window }) => `${level} ${window}`).join();
          return said === '' ? [] : [[`${definition.id} ${person}`, said]];
        }),
  );
  return Object.fromEntries(lines) as Record<string, string>;
}

test('kept up through batches of any size is the same as worked out in full at the end', () => {
  let some = 0;
  fc.assert(
    fc.property(
      fc.tuple(story, settings).chain(([told, set]) => shuffledFrom([...told, ...set])),
      fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
      (told, sizes) => {
        const awards = new Awards();
        let keeper: BadgeKeeper | undefined;
        let touched: Credit[] = [];
        let changed = false;
        let left = 1;
        const { floor } = fold(logOf(STAFF, told), (now, change) => {
          keeper ??= new BadgeKeeper(now);
          touched.push(...change.removed, ...change.added);
          changed ||= change.settings;
          left -= 1;
          if (left > 0) return;
          awards.take(keeper.round(touched, changed));
          [touched, changed, left] = [[], false, sizes.next().value];
        });
        awards.take(keeper!.round(touched, changed));
        const full = inFull(floor);
        // A badge that is no longer given stays with whoever has it.
        const given = Object.entries(awards.shown()).filter(
          ([key]) => floor.achievements.get(key.split(' ')[0]!)?.paused !== true,
        );
        expect(Object.fromEntries(given)).toEqual(full);
        some += Object.keys(full).length;
      },
    ),
    { numRuns: 500 },
  );
  expect(some).toBeGreaterThan(1_000);
});

test('a keeper that begins where another ended tells only what changes', () => {
  const saved = BADGES.map((achievement, n) => ({
    type: 'achievement.saved' as const,
    achievement,
    name: `b${n}`,
    at: NOW,
  }));
  const told: Told[] = [
    {
      type: 'activity.logged',
      activity: 'call',
      class: 'sourcing',
      credits: [{ person: PEOPLE[0]!, share: '1' }],
      name: 'c1',
      at: NOW - 3_600_000,
    },
  ];
  const { floor } = fold(logOf(STAFF, saved, told));
  const keeper = new BadgeKeeper(floor);
  keeper.settle();
  expect(keeper.round([], true)).toEqual({ verdicts: [], whole: [] });
});
