import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deeds,
  fold,
  logOf,
  NOW,
  PEOPLE,
  seen,
  shuffledFrom,
  STAFF,
  story,
  TEAMS,
  type Told,
} from './floor.fixture.ts';
import type { CreditShare } from './event.ts';
import { EVERY_BOARD, everyKind, foldCounted, shown } from './recount.fixture.ts';

const DAY = 86_400_000;
const SOMEBODY = 'unm_x';
const named = (name: string, body: object): Told => ({ ...body, name, at: NOW }) as Told;
const matched = (name: string, person: string | null): Told =>
  named(name, { type: 'person.matched', subject: SOMEBODY, person });

/** The same, but for those whom a source calls by a name that nobody knows. */
const unknown = (told: readonly Told[], which: readonly boolean[]): Told[] =>
  told.map((one, n) => {
    if (!('credits' in one) || which[n % Math.max(1, which.length)] !== true) return one;
    const credits = (one.credits as CreditShare[]).map((credit) =>
      credit.person === PEOPLE[1] ? { ...credit, person: SOMEBODY } : credit,
    );
    return { ...one, credits } as Told;
  });

describe('somebody unknown', () => {
  const detours = fc.subarray([
    matched('wrong', PEOPLE[2]!),
    matched('undone', null),
    named('placed', { type: 'subject.placed', subject: SOMEBODY, team: TEAMS[1] }),
    named('unplaced', { type: 'subject.placed', subject: SOMEBODY, team: null }),
  ]);
  const which = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
  const told = fc
    .tuple(story, detours)
    .chain(([all, some]) =>
      fc.tuple(fc.constant(all), which, shuffledFrom(some), fc.array(fc.nat(), { maxLength: 5 })),
    );

  test('who is matched has everything as if they had been known from the start', () => {
    fc.assert(
      fc.property(told, ([all, whom, detour, places]) => {
        const log = unknown(all, whom);
        [...detour, matched('right', PEOPLE[1]!)].reduce((after, one, n) => {
          const at = Math.max(after, (places[n] ?? 0) % (log.length + 1));
          log.splice(at, 0, one);
          return at + 1;
        }, 0);
        const known = seen(fold(logOf(STAFF, all)).floor);
        expect(seen(fold(logOf(STAFF, log)).floor)).toEqual(known);
      }),
      { numRuns: 150 },
    );
  });

  test('who is not matched counts for the team that they are placed in, and only there', () => {
    const call = (name: string, team?: string): Told =>
      named(name, {
        type: 'activity.logged',
        activity: 'call',
        class: 'sourcing',
        credits: [{ person: SOMEBODY, share: '1' }],
        ...(team === undefined ? {} : { team }),
      });
    const placed = named('placed', { type: 'subject.placed', subject: SOMEBODY, team: TEAMS[1] });
    const value = (of: string, ...all: Told[]) => {
      const { floor } = fold(logOf(STAFF, all));
      return floor.tally('calls', of)?.sum({ from: -Infinity, to: Infinity })?.value ?? 0n;
    };
    for (const order of [
      [call('a'), placed, call('b')],
      [placed, call('a'), call('b')],
    ]) {
      expect(value(TEAMS[1]!, ...order)).toBe(2_000_000n);
      expect(value('*', ...order)).toBe(2_000_000n);
    }
    // What the event itself says comes first.
    expect(value(TEAMS[0]!, call('a', TEAMS[0]), placed)).toBe(1_000_000n);
    expect(value(TEAMS[1]!, call('a', TEAMS[0]), placed)).toBe(0n);
  });
});

describe('moves', () => {
  const moves = fc
    .uniqueArray(
      fc.record({
        person: fc.constantFrom(...PEOPLE),
        team: fc.constantFrom(...TEAMS, 't_new', null),
        since: fc.integer({ min: 0, max: 39 }).map((days) => NOW - days * DAY),
      }),
      { selector: ({ person, since }) => `${person} ${since}`, maxLength: 4 },
    )
    .map((all) =>
      all.map((move, n) => named(`m${n}`, { type: 'person.changed', active: true, ...move })),
    );
  const parents = fc
    .subarray(['t_new', ...TEAMS])
    .map((some) =>
      some.map((team, n) => named(`t${n}`, { type: 'team.changed', team, parent: 't_top' })),
    );

  test('and teams that hang below others come to the same, before and after the deeds', () => {
    const both = fc
      .tuple(story, moves, parents)
      .chain(([told, moved, hung]) =>
        fc.tuple(
          fc.constant<Told[]>([...moved, ...hung, ...told]),
          shuffledFrom([...told, ...moved, ...hung]),
        ),
      );
    fc.assert(
      fc.property(both, ([one, other]) => {
        const floors = [one, other].map((told) => fold(logOf(STAFF, told)).floor);
        expect(seen(floors[1]!)).toEqual(seen(floors[0]!));
        const top = floors.map((floor) => floor.tally('revenue', 't_top')?.sum(ALL)?.value ?? 0n);
        expect(top[1]).toBe(top[0]);
      }),
      { numRuns: 200 },
    );
  });
});
const ALL = { from: -Infinity, to: Infinity };

describe('metrics of every kind', () => {
  const rich = deeds.map((told) =>
    told.map((one, n) =>
      one.type === 'deal.won' || one.type === 'deal.opened'
        ? ({ ...one, attributes: { seats: String(n % 4) } } as Told)
        : one,
    ),
  );

  test('keep no trace of an event that was taken back, before or after it came', () => {
    fc.assert(
      fc.property(fc.tuple(rich, fc.nat(), fc.boolean()), ([told, pick, early]) => {
        if (told.length === 0) return;
        const gone = told[pick % told.length]!;
        const key = `s/${gone.name}`;
        const back = gone.type.startsWith('deal.')
          ? named('back', { type: 'deal.reversed', reverses: key })
          : named('back', { type: 'activity.withdrawn', withdraws: key });
        const all = early ? [back, ...told] : [...told, back];
        const without = told.filter((one) => one !== gone);
        const boards = (some: Told[]) =>
          shown(foldCounted(logOf(STAFF, everyKind, some)), EVERY_BOARD);
        expect(boards(all)).toEqual(boards(without));
      }),
      { numRuns: 60 },
    );
  });

  test('that add up have for everybody what people have together', () => {
    fc.assert(
      fc.property(rich, (told) => {
        const floor = foldCounted(logOf(STAFF, everyKind, told));
        for (const set of floor.measures.all()) {
          for (const { key, aggregate } of set.measures) {
            if (aggregate !== 'sum') continue;
            const of = (id: string) => floor.tally(key, id)?.sum(ALL)?.value ?? 0n;
            expect(PEOPLE.reduce((sum, id) => sum + of(id), 0n)).toBe(of('*'));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('come to the same in whatever order the deeds arrive', () => {
    const arrivals = rich.chain((told) => fc.tuple(fc.constant(told), shuffledFrom(told)));
    fc.assert(
      fc.property(arrivals, ([one, other]) => {
        const boards = (some: Told[]) =>
          shown(foldCounted(logOf(STAFF, everyKind, some)), EVERY_BOARD);
        expect(boards(other)).toEqual(boards(one));
      }),
      { numRuns: 60 },
    );
  });
});
