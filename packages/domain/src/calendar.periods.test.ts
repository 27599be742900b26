import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar, parsePeriod, PERIODS, type PeriodKind } from './calendar.ts';
import { DEFAULT_SETTINGS } from './organisation.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const calendarOf = (rules: object) => createCalendar({ ...DEFAULT_SETTINGS, ...rules });
const rules = fc.record({
  timeZone: fc.constantFrom(
    'UTC',
    'Asia/Tehran',
    'America/New_York',
    'America/Sao_Paulo',
    'America/St_Johns',
    'Asia/Beirut',
    'Pacific/Apia',
    'Pacific/Auckland',
  ),
  calendar: fc.constantFrom('gregorian' as const, 'jalali' as const),
  weekStart: fc.integer({ min: 1, max: 7 }),
  fiscalStart: fc.integer({ min: 1, max: 12 }),
});
const instant = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2040, 0, 1) });
const lasting = fc.constantFrom(...PERIODS.filter((kind) => kind !== 'all'));
const tehran = calendarOf({ timeZone: 'Asia/Tehran', calendar: 'jalali', weekStart: 6 });
const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** The custom period of the day of an instant and the `days - 1` after it. */
const custom = (from: number, days: number): PeriodKind =>
  `${isoDate(from)}..${isoDate(from + (days - 1) * DAY)}`;

describe('the windows of a stretch of time', () => {
  test('tile it: each instant lies in exactly one, and none is without a part of it', () => {
    fc.assert(
      fc.property(
        rules,
        lasting,
        instant,
        fc.integer({ min: 1, max: 90 * DAY }),
        (own, kind, from, length) => {
          const calendar = calendarOf(own);
          const stretch = { from, to: from + length };
          const windows = calendar.windowsIn(stretch, kind);
          expect(windows[0]!.from <= from && from < windows[0]!.to).toBe(true);
          expect(windows.at(-1)!.from < stretch.to && stretch.to <= windows.at(-1)!.to).toBe(true);
          windows.slice(1).forEach((window, index) => expect(window.from).toBe(windows[index]!.to));
          expect(windows.every((window) => window.from < window.to)).toBe(true);
          expect(new Set(windows.map(({ key }) => key)).size).toBe(windows.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('are none when it has no time', () => {
    expect(tehran.windowsIn({ from: 5, to: 5 }, 'day')).toEqual([]);
  });

  test('are the months of a fiscal year', () => {
    const year = tehran.windowOf('year', tehran.startOf('2026-11-24'));
    const months = tehran.windowsIn(year, 'month');
    expect(months.map(({ key }) => key).slice(0, 3)).toEqual([
      '2026-03-21',
      '2026-04-21',
      '2026-05-22',
    ]);
    expect(months).toHaveLength(12);
    expect(tehran.windowsIn(year, 'all')).toEqual([tehran.windowOf('all', 0)]);
  });

  test('are 4,000 at most', () => {
    const from = tehran.startOf('2020-01-01');
    const days = (count: number) => tehran.windowsIn({ from, to: from + count * DAY }, 'day');
    expect(days(3_990).length).toBeGreaterThan(3_989);
    expect(() => days(4_010)).toThrow(RangeError);
    expect(() => tehran.windowsIn(tehran.windowOf('all', 0), 'year')).toThrow(/ask for fewer/);
  });
});

describe('the last days', () => {
  test('are so many days with the day of the instant, and those before and after them', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 366 }), instant, (own, days, now) => {
        const calendar = calendarOf({ ...own, timeZone: 'Asia/Beirut' });
        const window = calendar.windowOf(`last-${days}`, now);
        const today = calendar.windowOf('day', now);
        const all = calendar.windowsIn(window, 'day');
        expect(window.to).toBe(today.to);
        expect(all).toHaveLength(days);
        expect(all[0]!.key).toBe(window.key);
        expect(calendar.windowOf(`last-${days}`, today.from)).toEqual(window);
        expect(calendar.previous(window).to).toBe(window.from);
        expect(calendar.windowsIn(calendar.previous(window), 'day')).toHaveLength(days);
        expect(calendar.next(calendar.previous(window))).toEqual(window);
        expect(calendar.next(window).from).toBe(window.to);
      }),
      { numRuns: 60 },
    );
  });

  test('have the working days of their dates', () => {
    const last = tehran.windowOf('last-30', tehran.startOf('2026-11-24'));
    expect(last).toMatchObject({ kind: 'last-30', key: '2026-10-26' });
    const each = tehran.windowsIn(last, 'day').flatMap((day) => tehran.workDays(day));
    expect(tehran.workDays(last)).toEqual(each);
    expect(each.length).toBeGreaterThan(15);
  });
});

describe('two dates', () => {
  test('are a period of all their days, whatever the instant', () => {
    fc.assert(
      fc.property(
        rules,
        instant,
        fc.integer({ min: 1, max: 400 }),
        instant,
        (own, at, days, now) => {
          const calendar = calendarOf({ ...own, timeZone: 'America/Sao_Paulo' });
          const kind = custom(at, days);
          const window = calendar.windowOf(kind, now);
          expect(window).toMatchObject({
            kind,
            key: isoDate(at),
            from: calendar.startOf(isoDate(at)),
          });
          expect(calendar.windowsIn(window, 'day')).toHaveLength(days);
          const before = calendar.previous(window);
          expect([before.to, before.kind]).toEqual([window.from, custom(at - days * DAY, days)]);
          expect(calendar.next(before)).toEqual(window);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('have working days, over ten years at most', () => {
    const window = tehran.windowOf('2026-11-21..2026-11-27', 0);
    expect(tehran.workDays(window)).toEqual(
      tehran.workDays(tehran.windowOf('week', tehran.startOf('2026-11-24'))),
    );
    const end = isoDate(Date.UTC(2020, 0, 1) + 3_659 * DAY);
    const longest = tehran.windowOf(`2020-01-01..${end}`, 0);
    expect(tehran.windowsIn(longest, 'day')).toHaveLength(3_660);
  });

  test.each(['2026-11-02..2026-11-01', 'last-0', 'last-367', 'fortnight', 'last-x..'])(
    '%s is no period of a calendar',
    (kind) => expect(() => tehran.windowOf(kind as PeriodKind, 0)).toThrow(RangeError),
  );
});

describe('a period as it is written', () => {
  test.each([
    ...PERIODS,
    'last-1',
    'last-30',
    'last-366',
    '2026-11-01..2026-11-20',
    '2026-11-01..2026-11-01',
    '2024-02-29..2024-03-01',
  ])('%s is one', (text) => expect(parsePeriod(text)).toBe(text));

  test.each([
    '',
    'days',
    'toString',
    'last-0',
    'last-007',
    'last-367',
    'last--3',
    'last-1.5',
    '2026-11-02..2026-11-01',
    '2026-02-30..2026-03-01',
    '2026-02-01..2026-02-29',
    '2026-2-1..2026-2-9',
    '2026-11-01',
    '2026-11-01..',
    '2026-11-01...2026-11-02',
    '2010-01-01..2026-01-01',
    ' day',
  ])('%j is none', (text) => expect(parsePeriod(text)).toBeUndefined());
});

describe('a day', () => {
  test.each([
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z', 23],
    ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00:00.000Z', 23],
    ['America/Havana', '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', 25],
    ['Asia/Tehran', '2022-03-22', '2022-03-21T20:30:00.000Z', 23],
    ['America/Toronto', '1919-03-31', '1919-03-31T04:30:00.000Z', 23.5],
  ])('in %s on %s begins at its first instant', (timeZone, date, first, hours) => {
    const calendar = calendarOf({ timeZone });
    const day = calendar.windowOf('day', calendar.startOf(date));
    expect(new Date(day.from).toISOString()).toBe(first);
    expect((day.to - day.from) / HOUR).toBe(hours);
    expect([day.key, calendar.dateOf(day.from)]).toEqual([date, date]);
    expect(calendar.windowOf('day', day.from - 1).to).toBe(day.from);
  });

  test('that clocks went back into after a minute is still one day', () => {
    const calendar = calendarOf({ timeZone: 'America/St_Johns' });
    const day = calendar.windowOf('day', calendar.startOf('2010-11-07'));
    const again = day.from + 30 * 60_000;
    expect(calendar.windowOf('day', again)).toEqual(day);
    expect((day.to - day.from) / HOUR).toBe(25);
  });

  test('that an island left out has no hours', () => {
    const island = calendarOf({ timeZone: 'Pacific/Apia', workdays: [1, 1, 1, 1, 1, 1, 1] });
    const window = island.windowOf('2011-12-29..2012-01-01', 0);
    const worked = island.workDays(window).map((day) => island.dateOf(day.from));
    expect(worked).toEqual(['2011-12-29', '2011-12-31', '2012-01-01']);
    expect(island.windowsIn(window, 'day').map(({ key }) => key)).toEqual(worked);
  });
});

test('the leap years of 1206 to 1498 are the official ones', () => {
  const official = `
    1210 1214 1218 1222 1226 1230 1234 1238 1243 1247 1251 1255 1259 1263 1267 1271 1276 1280 1284
    1288 1292 1296 1300 1304 1309 1313 1317 1321 1325 1329 1333 1337 1342 1346 1350 1354 1358 1362
    1366 1370 1375 1379 1383 1387 1391 1395 1399 1403 1408 1412 1416 1420 1424 1428 1432 1436 1441
    1445 1449 1453 1457 1461 1465 1469 1474 1478 1482 1486 1490 1494 1498`;
  const calendar = calendarOf({ timeZone: 'UTC', calendar: 'jalali' });
  let year = calendar.windowOf('year', calendar.startOf('1827-06-01'));
  const leap: number[] = [];
  for (let number = 1206; number <= 1498; number += 1) {
    if (year.to - year.from === 366 * DAY) leap.push(number);
    year = calendar.next(year);
  }
  expect(leap).toEqual(official.trim().split(/\s+/).map(Number));
});
