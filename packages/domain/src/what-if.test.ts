import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainBoard } from './board.ts';
import type { LogEvent } from './event.ts';
import {
  Book,
  fold,
  held,
  logOf,
  NOW,
  PEOPLE,
  seen,
  STAFF,
  story,
  TEAMS,
} from './floor.fixture.ts';
import { applyEvent } from './fold.ts';
import { OpenBoard } from './open-board.ts';
import { boardEffects, undo } from './what-if.ts';

const BOARDS = [
  ...(['revenue', 'deals', 'activities'] as const).flatMap((metric) => [
    plainBoard('people', metric, 'month'),
    plainBoard('people', metric, 'day'),
    plainBoard('teams', metric, 'month'),
  ]),
];

/** A correction of one of the story's events, of whatever kind fits nothing or something. */
const correction = fc.record({
  of: fc.nat(),
  says: fc.oneof(
    fc.integer({ min: 0, max: 2_000 }).map((minor) => ({
      type: 'deal.amended',
      amount: { minor: String(minor), currency: 'USD' },
    })),
    fc.constantFrom(...PEOPLE).map((person) => ({
      type: 'deal.reassigned',
      credits: [{ person, share: '1' }],
    })),
  ),
});

test('what is foretold is what the boards show once the event is in the log', () => {
  let told = 0;
  fc.assert(
    fc.property(story, correction, (events, { of, says }) => {
      const log = logOf(STAFF, events);
      const { floor, book } = fold(log);
      const corrects = `s/${events[of % Math.max(1, events.length)]?.name}`;
      const seq = floor.seq + 1;
      const at = { occurredAt: NOW, recordedAt: NOW };
      const event = { ...says, corrects, seq, key: 's/new', ...at } as LogEvent;

      const change = applyEvent(floor, copyOf(book), event);
      const after = places(floor);
      undo(floor, change);
      const before = places(floor);
      const effects = boardEffects(floor, change, BOARDS, NOW);
      told += effects.length;
      for (const { board, window, entity, ...effect } of effects) {
        if (window.to <= NOW) continue;
        expect([entity, effect.before]).toEqual([entity, before(board.slug, entity)]);
        expect([entity, effect.after]).toEqual([entity, after(board.slug, entity)]);
      }
      // Nothing that moved is kept quiet about.
      for (const board of BOARDS) {
        for (const id of board.of === 'people' ? PEOPLE : TEAMS) {
          const [was, is] = [before(board.slug, id), after(board.slug, id)];
          if (was?.value === is?.value) continue;
          const found = effects.some((one) => one.board === board && one.entity === id);
          expect([board.slug, id, found]).toEqual([board.slug, id, true]);
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(told).toBeGreaterThan(20);
});

test('looking into the future changes nothing', () => {
  fc.assert(
    fc.property(story, correction, (events, { of, says }) => {
      const { floor, book } = fold(logOf(STAFF, events));
      const before = [seen(floor), PEOPLE.map((id) => held(floor, id))];
      const corrects = `s/${events[of % Math.max(1, events.length)]?.name}`;
      const frame = { seq: floor.seq + 1, key: 's/new', occurredAt: NOW, recordedAt: NOW };
      const change = applyEvent(floor, copyOf(book), { ...says, corrects, ...frame } as LogEvent);
      undo(floor, change);
      boardEffects(floor, change, BOARDS, NOW);
      expect([seen(floor), PEOPLE.map((id) => held(floor, id))]).toEqual(before);
    }),
    { numRuns: 50 },
  );
});

function copyOf(book: Book): Book {
  const copy = new Book();
  for (const [key, group] of book.groups) copy.groups.set(key, group);
  for (const [key, event] of book.events) copy.events.set(key, event);
  return copy;
}

type Floor = ReturnType<typeof fold>['floor'];

/** Rank and value of everybody on these boards, as they are at this moment. */
function places(floor: Floor) {
  const all = new Map(
    BOARDS.map((definition) => {
      const board = new OpenBoard(definition, floor);
      board.keepUp(floor);
      const lines = board.lines(floor).map((line) => [line.id, line] as const);
      return [definition.slug, new Map(lines)];
    }),
  );
  return (slug: string, id: string) => {
    const line = all.get(slug)?.get(id);
    return line ? { rank: line.rank, value: line.value } : { rank: null, value: null };
  };
}
