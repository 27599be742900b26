import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainBoard } from './board.ts';
import type { Credit } from './credit.ts';
import {
  fold,
  logOf,
  NOW,
  PEOPLE,
  seen,
  STAFF,
  story,
  TEAMS,
  WATCHED,
  type Told,
} from './floor.fixture.ts';
import { Floor } from './floor.ts';
import type { Change } from './fold.ts';
import { OpenBoard } from './open-board.ts';
import { foldCounted } from './recount.fixture.ts';

/** Boards that are carried along with the floor, as the projector does, `size` events at a time. */
function carried(size: number) {
  const boards = WATCHED.map((definition) => new OpenBoard(definition, new Floor()));
  let removed: Credit[] = [];
  let added: Credit[] = [];
  let rebuilt = 0;
  let held = 0;
  const flush = (floor: Floor): void => {
    for (const board of boards) {
      if (board.keepUp(floor)) rebuilt += 1;
      else {
        for (const credit of [...removed, ...added]) board.touch(floor, credit);
      }
      board.lines(floor);
    }
    removed = [];
    added = [];
    held = 0;
  };
  const hear = (floor: Floor, change: Change): void => {
    removed.push(...change.removed);
    added.push(...change.added);
    held += 1;
    if (held >= size) flush(floor);
  };
  const show = (floor: Floor) => {
    flush(floor);
    return Object.fromEntries(
      boards.map((board) => [
        board.definition.slug,
        [board.lines(floor), board.totals(floor)] as const,
      ]),
    );
  };
  return { hear, show, rebuilds: () => rebuilt };
}

/** Recorded all on one day, so that no board has a reason to start again. */
const onOneDay = (log: ReturnType<typeof logOf>) =>
  log.map((event) => ({ ...event, recordedAt: NOW }));
const sold = (name: string, person: string, minor: number, at: number): Told => ({
  type: 'deal.won',
  deal: `s/${name}`,
  credits: [{ person, share: '1' }],
  amount: { minor: String(minor), currency: 'USD' },
  name,
  at,
});

describe('a board that is carried along', () => {
  test('shows what a board built afresh shows, in batches of any size', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 9 }), (told, size) => {
        const boards = carried(size);
        const { floor } = fold(onOneDay(logOf(STAFF, told)), boards.hear);
        expect(boards.show(floor)).toEqual(seen(floor));
        expect(boards.rebuilds()).toBe(WATCHED.length);
      }),
    );
  });

  test('shows it as well when days, weeks and months begin on the way', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 9 }), (told, size) => {
        const boards = carried(size);
        const { floor } = fold(logOf(STAFF, told), boards.hear);
        expect(boards.show(floor)).toEqual(seen(floor));
      }),
    );
  });

  test('shows it as well when somebody leaves after the day began', () => {
    const left: Told = {
      type: 'person.changed',
      person: PEOPLE[0]!,
      team: TEAMS[0]!,
      since: null,
      active: false,
      name: 'left',
      at: NOW,
    };
    const told = PEOPLE.map((id, n) => sold(`d${n}`, id, 400 - n, NOW - 86_400_000));
    const boards = carried(1);
    const { floor } = fold(onOneDay(logOf(STAFF, told, [left])), boards.hear);
    expect(boards.show(floor)).toEqual(seen(floor));
  });
});

describe('a month board', () => {
  const month = plainBoard('people', 'revenue', 'month');
  const yesterday = NOW - 86_400_000;
  const show = (...told: Told[]) => {
    const { floor } = fold(logOf(STAFF, told));
    const board = new OpenBoard(month, floor);
    board.keepUp(floor);
    return board.lines(floor).map((line) => [line.id, Number(line.value), line.movement]);
  };

  test('says who rose and who fell since the day began', () => {
    const lines = show(
      sold('d1', PEOPLE[0]!, 300, yesterday),
      sold('d2', PEOPLE[1]!, 200, yesterday),
      sold('d3', PEOPLE[1]!, 200, NOW),
    );
    expect(lines.slice(0, 2)).toEqual([
      [PEOPLE[1], 400, 1],
      [PEOPLE[0], 300, -1],
    ]);
  });

  test('says that nobody moved on the first day of anything', () => {
    const lines = show(sold('d1', PEOPLE[1]!, 300, NOW), sold('d2', PEOPLE[0]!, 200, NOW));
    expect(lines.every(([, , movement]) => movement === 0)).toBe(true);
  });

  test('leaves out what was sold in another month', () => {
    const lines = show(sold('d1', PEOPLE[0]!, 300, NOW - 30 * 86_400_000));
    expect(lines.every(([, value]) => value === 0)).toBe(true);
  });
});

describe('a board of a metric that is put together otherwise', () => {
  const scorecard = (version: number, from: number, weight: string): Told =>
    ({
      type: 'metric.published',
      metric: { id: 'score', unit: 'points', better: 'higher', class: null },
      version: {
        version,
        from,
        definition: { kind: 'scorecard', parts: [{ metric: 'deals', weight }] },
      },
      name: `v${version}`,
      at: NOW,
    }) as Told;
  const total = (...told: Told[]) => {
    const board = new OpenBoard(plainBoard('people', 'score', 'all'), new Floor());
    const { floor } = fold(logOf(STAFF, told), (one) => {
      board.keepUp(one);
      board.lines(one);
    });
    return board.lines(floor)[0]!.value;
  };

  test('is made anew by it, also when the new way takes the place of the old', () => {
    const won = sold('d1', PEOPLE[0]!, 300, NOW - 9);
    expect(total(scorecard(1, 0, '1'), won, scorecard(2, 0, '5'))).toBe(5_000_000n);
  });

  test('goes over to it when its time comes, for everybody', () => {
    const won = PEOPLE.map((id, n) => sold(`d${n}`, id, 300, NOW - 9));
    const before = scorecard(1, 0, '1');
    expect(total(before, ...won, scorecard(2, NOW, '5'))).toBe(5_000_000n);
  });
});

test('movement is told where fewer are better and those with nothing lead', () => {
  const fewer = {
    type: 'metric.published',
    metric: { id: 'lost', unit: 'count', better: 'lower', class: null },
    version: { version: 1, from: 0, definition: { kind: 'count', events: ['deal.won'] } },
    name: 'fewer',
    at: NOW,
  } as Told;
  const yesterday = sold('d1', PEOPLE[0]!, 300, NOW - 86_400_000);
  const today = [1, 2].map((n) => sold(`t${n}`, PEOPLE[1]!, 300, NOW));
  const floor = foldCounted(logOf(STAFF, [fewer, yesterday, ...today]));
  const board = new OpenBoard(plainBoard('people', 'lost', 'month'), floor);
  board.keepUp(floor);
  const moved = board.lines(floor).map(({ id, movement }) => [id, movement]);
  expect(Object.fromEntries(moved)).toMatchObject({ [PEOPLE[0]!]: 1, [PEOPLE[1]!]: -3 });
});
