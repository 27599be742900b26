import { describe, expect, it } from 'vitest';
import type { BoardView } from '@ovation/protocol';
import { formatLocale } from '../format/locale.ts';
import { biggestRise, rowPictures } from './board-rows.ts';

const en = formatLocale('en', { calendar: 'gregorian', timeZone: 'UTC' });
const fa = formatLocale('fa', { calendar: 'jalali', timeZone: 'UTC' });

const row = (id: string, value: string, rank: number, gap: string | null, more = {}) => ({
  id,
  name: `Name ${id}`,
  stripe: 0,
  value,
  rank,
  tied: false,
  gap,
  movement: 0,
  target: null,
  ...more,
});

const view = (...rows: BoardView['rows']): BoardView => ({
  slug: 'revenue-month',
  epoch: 'e',
  version: 1,
  at: 0,
  meta: {
    slug: 'revenue-month',
    metric: 'revenue',
    of: 'people',
    better: 'higher',
    unit: { kind: 'money', currency: 'USD', scale: 2 },
    period: 'month',
    from: null,
    to: null,
    workDays: [],
  },
  totals: { total: '0', target: null, count: rows.length, days: [] },
  offset: 0,
  rows,
});

describe('the picture of a board', () => {
  it('tells the leader by how much, and everybody else how far the next rank is', () => {
    const board = view(
      row('a', '1284000.00', 1, null),
      row('b', '1190000.00', 2, '94000.00', { movement: 2 }),
      row('c', '1189900.00', 3, '100.00', { movement: -4 }),
    );
    const [a, b, c] = rowPictures(board, en, 0.5, 10);
    expect(a).toMatchObject({ value: '1,284', gap: '94', leads: true, bar: 1, monogram: 'NA' });
    expect(b).toMatchObject({ value: '1,190', gap: '94', leads: false, gained: 2 });
    expect(c).toMatchObject({ gained: 0, gap: '0.1' });
  });

  it('puts the tick at the own target of today, on the scale of the board', () => {
    const board = view(row('a', '50.00', 1, null, { target: '200.00' }), row('b', '0', 2, '50.00'));
    const [a, b] = rowPictures(board, en, 0.5, 10);
    expect(a).toMatchObject({ bar: 0.5, tick: 1 });
    expect(b).toMatchObject({ bar: 0, tick: null });
  });

  it('keeps a Latin name Latin on a Persian wall, and no leader in a tie', () => {
    const board = view(
      row('a', '50.00', 1, null, { tied: true, names: { fa: 'سارا' } }),
      row('b', '50.00', 1, null, { tied: true }),
    );
    const [a, b] = rowPictures(board, fa, 1, 10);
    expect(a).toMatchObject({ name: 'سارا', latin: false, leads: false, gap: '', value: '۵۰' });
    expect(b).toMatchObject({ latin: true });
  });

  it('draws no more rows than fit and survives a correction below zero', () => {
    const rows = Array.from({ length: 12 }, (_, i) => row(`r${i}`, '-5.00', i + 1, '0'));
    const pictures = rowPictures(view(...rows), en, 1, 10);
    expect(pictures).toHaveLength(10);
    expect(pictures[0]).toMatchObject({ bar: 0, value: '\u22125' });
  });

  it('lets only the biggest riser shine', () => {
    const before = rowPictures(view(row('a', '9', 1, null), row('b', '8', 2, '1')), en, 1, 10);
    const after = rowPictures(view(row('b', '10', 1, null), row('a', '9', 2, '1')), en, 1, 10);
    expect(biggestRise(before, after)).toBe('b');
    expect(biggestRise(after, after)).toBeNull();
  });
});
