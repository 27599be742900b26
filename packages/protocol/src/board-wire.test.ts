import fc from 'fast-check';
import type { BoardRow } from '@ovation/domain';
import { describe, expect, test } from 'vitest';
import {
  mergeDelta,
  packRow,
  unpackRow,
  viewOf,
  type BoardDelta,
  type BoardSnapshot,
  type BoardView,
} from './board-wire.ts';

const text = fc.string({ maxLength: 12, unit: 'grapheme' });
const figure = fc.bigInt({ min: -1_000_000n, max: 1_000_000n }).map(String);
const row: fc.Arbitrary<BoardRow> = fc
  .record({
    id: text,
    name: text,
    names: fc.option(fc.dictionary(fc.constantFrom('en', 'fa'), text), { nil: undefined }),
    stripe: fc.integer({ min: 0, max: 6 }),
    value: figure,
    rank: fc.integer({ min: 1, max: 500 }),
    tied: fc.boolean(),
    gap: fc.option(figure),
    movement: fc.integer({ min: -9, max: 9 }),
    target: fc.option(figure),
  })
  .map(({ names, ...rest }) => (names === undefined ? rest : { ...rest, names }));

const named = (id: string, value = '1'): BoardRow => ({
  id,
  name: id,
  stripe: 0,
  value,
  rank: 1,
  tied: false,
  gap: null,
  movement: 0,
  target: null,
});

const totals = { total: '3', target: null, count: 3, days: [] };
const snapshot: BoardSnapshot = {
  kind: 'snapshot',
  b: 'revenue-day',
  ep: 'e1',
  v: 5,
  at: 100,
  meta: {
    slug: 'revenue-day',
    metric: 'revenue',
    of: 'people',
    better: 'higher',
    unit: { kind: 'money', currency: 'USD', scale: 2 },
    period: 'day',
    from: '2026-11-24T00:00:00Z',
    to: '2026-11-25T00:00:00Z',
    workDays: [[1, 2, 0.5]],
  },
  totals,
  off: 0,
  rows: ['ada', 'bo', 'cy'].map((id) => packRow(named(id))),
};
const view = viewOf(snapshot);
const delta = (more: Partial<BoardDelta>): BoardDelta => ({
  kind: 'delta',
  b: 'revenue-day',
  ep: 'e1',
  f: 5,
  v: 6,
  at: 200,
  u: [],
  ...more,
});
const merged = (from: BoardView, more: Partial<BoardDelta>): BoardView => {
  const after = mergeDelta(from, delta(more));
  if (typeof after === 'string') throw new Error(`the delta was not taken: ${after}`);
  return after;
};
const ids = (of: BoardView): string[] => of.rows.map((one) => one.id);

test('a row comes off the wire as it went on, also as text', () => {
  fc.assert(
    fc.property(row, (one) => {
      expect(unpackRow(packRow(one))).toEqual(one);
      expect(unpackRow(JSON.parse(JSON.stringify(packRow(one))) as never)).toEqual(one);
    }),
  );
});

test('a snapshot opens as the board that a page shows', () => {
  expect(view).toMatchObject({ slug: 'revenue-day', epoch: 'e1', version: 5, at: 100, offset: 0 });
  expect(view.meta.workDays).toEqual([{ from: 1, to: 2, weight: 0.5 }]);
  expect(view.rows).toEqual(['ada', 'bo', 'cy'].map((id) => named(id)));
});

describe('news of a board', () => {
  test('writes over the slots that changed and leaves the rest, and the old view, alone', () => {
    const after = merged(view, { u: [[1, packRow(named('bo', '9'))]] });
    expect(after.rows).toEqual([named('ada'), named('bo', '9'), named('cy')]);
    expect([after.version, after.at, after.totals]).toEqual([6, 200, totals]);
    expect(after.rows[0]).toBe(view.rows[0]);
    expect(view.rows[1]).toEqual(named('bo'));
  });

  test.each([
    ['that is already known is ignored', { f: 4, v: 5 }, 'ignore'],
    ['that is older is ignored', { f: 1, v: 2 }, 'ignore'],
    ['that leads from a version not here leaves a gap', { f: 6, v: 7 }, 'gap'],
    ['from another epoch leaves a gap', { ep: 'e2' }, 'gap'],
    ['from another epoch leaves a gap even when it looks old', { ep: 'e2', f: 1, v: 2 }, 'gap'],
  ])('%s', (_, more, answer) => {
    expect(mergeDelta(view, delta(more))).toBe(answer);
  });

  test('that leads from an older version to a newer one is taken', () => {
    expect(merged(view, { f: 2, v: 9 }).version).toBe(9);
  });

  test('that makes the board shorter takes the last rows away', () => {
    expect(ids(merged(view, { totals: { count: 1 } }))).toEqual(['ada']);
  });

  test('that makes the board longer appends, and keeps what the totals do not say', () => {
    const after = merged(view, { totals: { count: 4 }, u: [[3, packRow(named('di'))]] });
    expect(ids(after)).toEqual(['ada', 'bo', 'cy', 'di']);
    expect(after.totals).toEqual({ ...totals, count: 4 });
  });

  test('above the slots that one watches changes nothing in them', () => {
    const around = { ...view, offset: 1, rows: view.rows.slice(1) };
    const after = merged(around, {
      u: [
        [0, packRow(named('zed'))],
        [2, packRow(named('cy', '7'))],
      ],
    });
    expect(after.rows).toEqual([named('bo'), named('cy', '7')]);
  });
});
