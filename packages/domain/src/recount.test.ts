import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Book,
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
import { Floor } from './floor.ts';
import { applyEvent } from './fold.ts';
import type { LogEvent } from './event.ts';
import { OpenBoard } from './open-board.ts';
import {
  changes,
  DEFINITIONS,
  FILTERED,
  Ledger,
  published,
  recountAll,
  recountPage,
  restarted,
} from './recount.fixture.ts';

const DAY = 86_400_000;
const moves: fc.Arbitrary<Told[]> = fc
  .array(
    fc
      .record({
        person: fc.constantFrom(...PEOPLE),
        team: fc.constantFrom(...TEAMS, null),
        since: fc.integer({ min: 0, max: 39 }).map((days) => NOW - days * DAY),
      })
      .map((move) => ({ type: 'person.changed' as const, active: true, ...move })),
    { maxLength: 3 },
  )
  .map((all) => all.map((one, n) => ({ ...one, name: `move${n}`, at: NOW })));

/** Deals that say where they are, so that filters have something to choose from. */
const placed = story.map((told) =>
  told.map((one, n) =>
    one.type === 'deal.won' || one.type === 'activity.logged'
      ? ({ ...one, attributes: n % 2 === 0 ? { region: 'North' } : {} } as Told)
      : one,
  ),
);
/** Changes of what is counted, somewhere among everything else. */
const history = (others: fc.Arbitrary<Told[]>) =>
  fc
    .tuple(placed, changes(NOW), others)
    .chain(([told, changed, other]) => shuffledFrom([...told, ...other, ...changed]))
    // A version has a higher number than the one before it.
    .map((told) => {
      let version = 1;
      return told.map((one) =>
        one.type === 'metric.published'
          ? { ...one, version: { ...one.version, version: (version += 1) } }
          : one,
      );
    });

const boardsOf = (floor: Floor) => ({
  ...seen(floor),
  ...Object.fromEntries(
    [...floor.boards.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((definition) => {
        const board = new OpenBoard(definition, floor);
        board.keepUp(floor);
        return [definition.id, [board.lines(floor), board.totals(floor)]];
      }),
  ),
});

/** Folds a log; what is counted anew is counted at once, or by `pages`: how much of it when. */
function run(
  log: readonly LogEvent[],
  pages?: readonly number[],
  restarts: readonly number[] = [],
): { floor: Floor; ledger: Ledger } {
  let floor = new Floor();
  const book = new Book();
  const ledger = new Ledger();
  for (const event of log) {
    ledger.hear(event.seq, applyEvent(floor, book, event));
    book.events.set(event.key, event);
    const size = pages?.[event.seq % Math.max(1, pages.length)] ?? 1_000;
    if (pages === undefined || pages.length === 0) {
      while (floor.measures.building().length > 0) ledger.fill(recountPage(floor, book, size));
    } else if (size > 0) ledger.fill(recountPage(floor, book, size));
    if (restarts.includes(event.seq)) floor = restarted(floor, ledger);
  }
  while (floor.measures.building().length > 0) ledger.fill(recountPage(floor, book, 7));
  return { floor, ledger };
}
const pages = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 9 });
const restarts = fc.array(fc.nat(60), { maxLength: 3 });

describe('a change of what is counted', () => {
  test('page by page between live events comes to the same boards as all at once', () => {
    fc.assert(
      fc.property(history(moves), pages, restarts, (told, sizes, cuts) => {
        const log = logOf(STAFF, told);
        const paged = run(log, sizes, cuts).floor;
        expect(boardsOf(paged)).toEqual(boardsOf(run(log).floor));
      }),
      { numRuns: 150 },
    );
  });

  test('leaves the same trail of credits, also when it is begun again in the middle', () => {
    fc.assert(
      fc.property(history(fc.constant([])), pages, restarts, (told, sizes, cuts) => {
        // One change of each: the next one of the same waits, which is the projector's to see to.
        const once = told.filter(
          (one, n) =>
            (one.type !== 'metric.published' && !one.type.startsWith('board.')) ||
            told.findIndex((other) => subjectOf(other) === subjectOf(one)) === n,
        );
        const log = logOf(STAFF, once);
        const paged = run(log, sizes, cuts);
        const whole = run(log);
        expect(paged.ledger.seen(paged.floor)).toEqual(whole.ledger.seen(whole.floor));
      }),
      { numRuns: 150 },
    );
  });

  const won = (name: string, at: number, amount = '500'): Told => ({
    type: 'deal.won',
    deal: `s/${name}`,
    credits: [{ person: PEOPLE[0]!, share: '1' }],
    amount: { minor: amount, currency: 'USD' },
    name,
    at,
  });
  const value = (floor: Floor, metric: string, period: 'all' | 'month' = 'all') =>
    seen(floor)[`${metric}-${period}`]![0].find((line) => line.id === PEOPLE[0])!.value;

  test('counts what happened before its start as it was counted then', () => {
    const twice: Told = {
      ...published('deals', { kind: 'count', events: ['deal.opened'] }, 2, NOW - 5 * DAY),
      name: 'v2',
      at: NOW,
    } as Told;
    const opened = (name: string, at: number): Told => ({
      type: 'deal.opened',
      deal: `s/${name}`,
      credits: [{ person: PEOPLE[0]!, share: '1' }],
      name: `o-${name}`,
      at,
    });
    const told = [
      opened('a', NOW - 9 * DAY),
      won('a', NOW - 6 * DAY),
      opened('b', NOW - 4 * DAY),
      won('b', NOW - 3 * DAY),
      won('c', NOW - 2 * DAY),
      twice,
    ];
    // One win by the old way and one deal that was opened by the new.
    expect(value(run(logOf(STAFF, told)).floor, 'deals')).toBe(2_000_000n);
  });

  test('answers only when it is counted to its end; until then the former one does, whole', () => {
    const capped: Told = {
      ...published('deals', { kind: 'count', events: ['deal.won'], caps: { day: '1' } }, 2, 0),
      name: 'v2',
      at: NOW,
    } as Told;
    const told = [won('a', NOW - 10), won('b', NOW - 9), capped, won('c', NOW - 8)];
    const floor = new Floor();
    const book = new Book();
    for (const event of logOf(STAFF, told)) {
      applyEvent(floor, book, event);
      book.events.set(event.key, event);
    }
    expect(value(floor, 'deals')).toBe(3_000_000n);
    recountAll(floor, book);
    expect(value(floor, 'deals')).toBe(1_000_000n);
  });

  test('that is overtaken by another leaves nothing behind', () => {
    const change = (n: number): Told =>
      ({ ...published('deals', DEFINITIONS[n]!, n + 2, 0), name: `v${n}`, at: NOW }) as Told;
    const floor = new Floor();
    const book = new Book();
    const log = logOf(STAFF, [won('a', NOW - 10), change(0), won('a', NOW - 5), change(3)]);
    for (const event of log) {
      applyEvent(floor, book, event);
      book.events.set(event.key, event);
    }
    recountAll(floor, book);
    const keys = floor.measures.of('deals').flatMap((set) => set.measures.map(({ key }) => key));
    expect(keys).toHaveLength(1);
    const measured = new Set([...floor.creditsFor(PEOPLE[0]!)].map(({ measure }) => measure));
    expect([...measured].filter((key) => key.startsWith('deals'))).toEqual([]);
  });

  test('of a board that is only renamed leaves its figures as they are', () => {
    const save = (name: string, more: object = {}): Told => ({
      type: 'board.saved',
      board: { ...FILTERED[0]!, ...more },
      name,
      at: NOW,
    });
    const floor = new Floor();
    const book = new Book();
    const north = { ...won('a', NOW - 10), attributes: { region: 'north' } } as Told;
    const log = logOf(STAFF, [north, save('one'), save('two', { topN: 3 })]);
    for (const event of log) {
      applyEvent(floor, book, event);
      book.events.set(event.key, event);
      if (event.key === 's/one') recountAll(floor, book);
    }
    expect(floor.measures.building()).toEqual([]);
    const board = new OpenBoard(floor.boards.get('brd_0')!, floor);
    board.keepUp(floor);
    expect(board.totals(floor).total).toBe(500n);
  });
});

const subjectOf = (told: Told): string =>
  told.type === 'metric.published'
    ? 'metric'
    : 'board' in told
      ? typeof told.board === 'string'
        ? told.board
        : told.board.id
      : told.name;
