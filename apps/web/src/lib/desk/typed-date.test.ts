import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLocale } from '../format/index.ts';
import { dateToType, daysAfter, isoDateIn, startOfDate, typedDate } from './typed-date.ts';

const en = formatLocale('en', { calendar: 'gregorian', timeZone: 'UTC' });
const fa = formatLocale('fa', { calendar: 'jalali', timeZone: 'Asia/Tehran' });

describe('a date as it is typed', () => {
  it.each([
    ['2026-11-24', '2026-11-24'],
    ['2026/1/5', '2026-01-05'],
    ['۱۴۰۵/۰۹/۰۳', '2026-11-24'],
    ['1405-9-3', '2026-11-24'],
    [' 1405/01/01 ', '2026-03-21'],
    ['1403/12/30', '2025-03-20'],
    ['1404/12/30', null],
    ['2026-02-30', null],
    ['1405/13/01', null],
    ['1405/07/31', null],
    ['tomorrow', null],
    ['', ''],
  ])('%j is %j', (text, iso) => expect(typedDate(text)).toBe(iso));

  it('comes back from what is shown, in both calendars', () => {
    const days = fc.integer({ min: -40_000, max: 40_000 });
    fc.assert(
      fc.property(days, (day) => {
        const iso = new Date(day * 86_400_000).toISOString().slice(0, 10);
        expect(typedDate(dateToType(iso, en))).toBe(iso);
        expect(typedDate(dateToType(iso, fa))).toBe(iso);
      }),
    );
  });

  it('is shown in the reader’s calendar and digits', () => {
    expect(dateToType('2026-11-24', fa)).toBe('۱۴۰۵/۰۹/۰۳');
    expect(dateToType('', fa)).toBe('');
  });

  it('of an instant is the one of the zone', () => {
    const evening = Date.parse('2026-11-23T21:00:00Z');
    expect(isoDateIn(evening, 'Asia/Tehran')).toBe('2026-11-24');
    expect(isoDateIn(evening, 'UTC')).toBe('2026-11-23');
  });
});

it.each([
  ['2026-11-24', 'UTC', '2026-11-24T00:00:00.000Z'],
  ['2026-11-24', 'Asia/Tehran', '2026-11-23T20:30:00.000Z'],
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
  // The clocks went forward at midnight: the day begins at one.
  ['2022-03-22', 'Asia/Tehran', '2022-03-21T20:30:00.000Z'],
  ['2026-11-24', 'Pacific/Kiritimati', '2026-11-23T10:00:00.000Z'],
])('%s in %s begins at %s', (iso, zone, instant) => {
  expect(new Date(startOfDate(iso, zone)).toISOString()).toBe(instant);
});

it('the day after the last of a month is the first of the next', () => {
  expect([daysAfter('2026-02-28', 1), daysAfter('2026-03-01', -1)]).toEqual([
    '2026-03-01',
    '2026-02-28',
  ]);
});
