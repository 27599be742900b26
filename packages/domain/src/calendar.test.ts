import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar, isTimeZone, parseInstant, PERIODS, type PeriodKind } from './calendar.ts';
import { DEFAULT_SETTINGS } from './organisation.ts';

const HOUR = 3_600_000;
const KINDS = PERIODS.filter((kind) => kind !== 'all');
const settings = fc.record({
  timeZone: fc.constantFrom(
    'UTC',
    'Asia/Tehran',
    'America/New_York',
    'Australia/Lord_Howe',
    'Europe/London',
    'Africa/Cairo',
    'America/Sao_Paulo',
    'Asia/Beirut',
    'Asia/Kathmandu',
    'Pacific/Auckland',
  ),
  calendar: fc.constantFrom('gregorian' as const, 'jalali' as const),
  weekStart: fc.integer({ min: 1, max: 7 }),
  fiscalStart: fc.integer({ min: 1, max: 12 }),
});
const instant = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2040, 0, 1) });
const kind = fc.constantFrom(...KINDS);
const calendarOf = (rules: object) => createCalendar({ ...DEFAULT_SETTINGS, ...rules });
const tehran = calendarOf({ timeZone: 'Asia/Tehran', calendar: 'jalali', weekStart: 6 });
const newYork = calendarOf({ timeZone: 'America/New_York' });
const keysFrom = (from: string, period: PeriodKind, count: number): string[] => {
  let window = tehran.windowOf(period, tehran.startOf(from));
  return Array.from({ length: count }, () => {
    const { key } = window;
    window = tehran.windowOf(period, window.to);
    return key;
  });
};
const daysIn = (period: PeriodKind, date: string): number => {
  const { from, to } = tehran.windowOf(period, tehran.startOf(date));
  return Math.round((to - from) / (24 * HOUR));
};

describe('the windows of a floor', () => {
  test('hold every instant exactly once, whatever the zone and the rules', () => {
    fc.assert(
      fc.property(settings, kind, instant, (rules, period, now) => {
        const calendar = calendarOf(rules);
        const window = calendar.windowOf(period, now);
        expect(window.from <= now && now < window.to).toBe(true);
        for (const inside of [window.from, window.to - 1]) {
          expect(calendarOf(rules).windowOf(period, inside)).toEqual(window);
        }
        expect(calendar.windowOf(period, window.to).key).not.toBe(window.key);
        expect(calendar.windowOf(period, window.from - 1).key).not.toBe(window.key);
      }),
      { numRuns: 300 },
    );
  });

  test('lie edge to edge, forwards and backwards', () => {
    fc.assert(
      fc.property(settings, kind, instant, (rules, period, now) => {
        const calendar = calendarOf(rules);
        let window = calendar.windowOf(period, now);
        for (let step = 0; step < 15; step += 1) {
          const next = calendar.windowOf(period, window.to);
          expect(next.from).toBe(window.to);
          expect(next.key > window.key).toBe(true);
          expect(calendar.previous(next)).toEqual(window);
          expect(calendar.next(window)).toEqual(next);
          window = next;
        }
      }),
      { numRuns: 150 },
    );
  });

  test('begin with a day, and the first of a week is the day the floor chose', () => {
    fc.assert(
      fc.property(settings, kind, instant, (rules, period, now) => {
        const calendar = calendarOf(rules);
        const window = calendar.windowOf(period, now);
        expect(calendar.windowOf('day', window.from).from).toBe(window.from);
        expect(calendar.startOf(window.key)).toBe(window.from);
        expect(calendar.dateOf(window.from)).toBe(window.key);
        if (period !== 'week') return;
        const weekday = new Date(`${window.key}T00:00Z`).getUTCDay() || 7;
        expect(weekday).toBe(rules.weekStart);
      }),
      { numRuns: 150 },
    );
  });

  test('nest: month in quarter, quarter in half, half in fiscal year', () => {
    fc.assert(
      fc.property(settings, instant, (rules, now) => {
        const calendar = calendarOf(rules);
        const windows = (['month', 'quarter', 'half', 'year'] as const).map((period) =>
          calendar.windowOf(period, now),
        );
        windows.slice(1).forEach((outer, index) => {
          const inner = windows[index]!;
          expect(outer.from <= inner.from && inner.to <= outer.to).toBe(true);
        });
        expect(calendar.windowsIn(windows[3]!, 'half')).toHaveLength(2);
        expect(calendar.windowsIn(windows[2]!, 'month')).toHaveLength(6);
      }),
    );
  });

  test('are the same for all time', () => {
    const all = newYork.windowOf('all', 0);
    expect(newYork.windowOf('all', Date.now())).toBe(all);
    expect(newYork.previous(all)).toBe(all);
    expect(newYork.next(all)).toBe(all);
    expect(newYork.workDays(all)).toEqual([]);
  });
});

describe('a year in New York', () => {
  test.each([
    ['2026-03-07', 24],
    ['2026-03-08', 23],
    ['2026-03-09', 24],
    ['2026-11-01', 25],
    ['2026-11-02', 24],
  ])('has a %s of %d hours', (date, hours) => {
    const { from, to, key } = newYork.windowOf('day', newYork.startOf(date));
    expect((to - from) / HOUR).toBe(hours);
    expect(key).toBe(date);
  });

  test('opens at nine on the wall clock of every day, long or short', () => {
    const open = calendarOf({ timeZone: 'America/New_York', workdays: [1, 1, 1, 1, 1, 1, 1] });
    const opening = (date: string): string => {
      const [day] = open.workDays(open.windowOf('day', open.startOf(date)));
      return new Date(day!.from).toISOString();
    };
    expect(opening('2026-03-07')).toBe('2026-03-07T14:00:00.000Z');
    expect(opening('2026-03-08')).toBe('2026-03-08T13:00:00.000Z');
    expect(opening('2026-11-01')).toBe('2026-11-01T14:00:00.000Z');
  });

  test('may begin in April', () => {
    const fiscal = calendarOf({ timeZone: 'America/New_York', fiscalStart: 4 });
    const now = fiscal.startOf('2026-02-14');
    expect(fiscal.windowOf('year', now).key).toBe('2025-04-01');
    expect(fiscal.windowOf('quarter', now).key).toBe('2026-01-01');
    expect(fiscal.windowOf('half', now).key).toBe('2025-10-01');
  });
});

test('the half hour that Lord Howe moves its clocks is in the day', () => {
  const island = calendarOf({ timeZone: 'Australia/Lord_Howe' });
  const hours = (date: string): number => {
    const { from, to } = island.windowOf('day', island.startOf(date));
    return (to - from) / HOUR;
  };
  expect(['2026-04-05', '2026-10-04', '2026-10-05'].map(hours)).toEqual([24.5, 23.5, 24]);
});

describe('a year in Tehran', () => {
  test('1405 has quarters that begin with the seasons', () => {
    expect(keysFrom('2026-03-21', 'quarter', 5)).toEqual([
      '2026-03-21',
      '2026-06-22',
      '2026-09-23',
      '2026-12-22',
      '2027-03-21',
    ]);
    const lengths = ['2026-03-21', '2026-06-22', '2026-09-23', '2026-12-22'].map((date) =>
      daysIn('quarter', date),
    );
    expect(lengths).toEqual([93, 93, 90, 89]);
  });

  test('1405 has six months of 31 days, five of 30 and one of 29', () => {
    const lengths = keysFrom('2026-03-21', 'month', 12).map((date) => daysIn('month', date));
    expect(lengths).toEqual([31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29]);
  });

  test.each([
    [1402, '2023-03-21', 365],
    [1403, '2024-03-20', 366],
    [1404, '2025-03-21', 365],
    [1408, '2029-03-20', 366],
  ])('%d begins on %s and has %d days', (_, date, days) => {
    expect(tehran.windowOf('year', tehran.startOf(date)).key).toBe(date);
    expect(daysIn('year', date)).toBe(days);
  });

  test('has weeks that begin on Saturday', () => {
    expect(tehran.windowOf('week', tehran.startOf('2026-11-24')).key).toBe('2026-11-21');
  });
});

describe('working days', () => {
  const rules = {
    timeZone: 'Asia/Tehran',
    weekStart: 6,
    workdays: [1, 1, 1, 0.5, 0, 1, 1],
    workHours: [8 * 60, 16 * 60 + 30] as const,
    holidays: ['2026-11-23'],
  };

  test('leave out closed weekdays and holidays and keep half days as halves', () => {
    const floor = calendarOf(rules);
    const days = floor.workDays(floor.windowOf('week', floor.startOf('2026-11-24')));
    expect(days.map((day) => [floor.dateOf(day.from), day.weight])).toEqual([
      ['2026-11-21', 1],
      ['2026-11-22', 1],
      ['2026-11-24', 1],
      ['2026-11-25', 1],
      ['2026-11-26', 0.5],
    ]);
    expect(days.every((day) => day.to - day.from === 8.5 * HOUR)).toBe(true);
  });

  test('are halves on half days, unless the day is closed or a half anyway', () => {
    const halfDays = ['2026-11-22', '2026-11-23', '2026-11-26', '2026-11-27'];
    const floor = calendarOf({ ...rules, halfDays });
    const days = floor.workDays(floor.windowOf('week', floor.startOf('2026-11-24')));
    expect(days.map((day) => [floor.dateOf(day.from), day.weight])).toEqual([
      ['2026-11-21', 1],
      ['2026-11-22', 0.5],
      ['2026-11-24', 1],
      ['2026-11-25', 1],
      ['2026-11-26', 0.5],
    ]);
  });
});

describe('what a sender calls an instant', () => {
  test.each([
    ['2026-11-23T09:31:00Z', Date.UTC(2026, 10, 23, 9, 31)],
    ['2026-11-23t09:31z', Date.UTC(2026, 10, 23, 9, 31)],
    ['2026-11-23T13:01:00.250+03:30', Date.UTC(2026, 10, 23, 9, 31, 0, 250)],
    ['2026-11-23T09:31:00', undefined],
    ['2026-11-23', undefined],
    ['2026-02-30T00:00:00Z', undefined],
    ['2026-02-20T24:00:00Z', undefined],
    ['2026-11-23T09:31:00Z[UTC]', undefined],
    ['', undefined],
  ])('%j is read as %j', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  test('a zone is one that the world knows', () => {
    expect(['Asia/Tehran', 'UTC', 'Moon/Base', ''].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(() => calendarOf({ timeZone: 'Moon/Base' }).dateOf(0)).toThrow(RangeError);
  });
});
