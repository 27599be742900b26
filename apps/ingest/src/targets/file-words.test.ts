import { createCalendar, DEFAULT_SETTINGS, type PeriodKind } from '@ovation/domain';
import { expect, test } from 'vitest';
import { plainNumber, windowNamed } from './file-words.ts';

test.each([
  ['1250.50', ',', '1250.50'],
  ['$1,250,000.50', ',', '1250000.50'],
  ['1 250', ',', '1250'],
  ['1,25', ',', '1,25'],
  ['1.250.000,50 €', ';', '1250000.50'],
  ['1.250', ';', '1250'],
  ['۱۲٬۵۰۰٫۵', ',', '12500.5'],
  ['٤٥', ',', '45'],
  ['57.5%', ',', '57.5'],
  ['', ',', ''],
])('%s between "%s" is %s', (text, delimiter, plain) => {
  expect(plainNumber(text, delimiter)).toBe(plain);
});

const gregorian = createCalendar({ ...DEFAULT_SETTINGS, fiscalStart: 4 });
const jalali = createCalendar({
  ...DEFAULT_SETTINGS,
  calendar: 'jalali',
  timeZone: 'Asia/Tehran',
});

test.each<[string, PeriodKind, string | undefined]>([
  ['2026-11-17', 'month', '2026-11-01'],
  ['2026/11/17', 'day', '2026-11-17'],
  ['2026-11', 'month', '2026-11-01'],
  ['2026-2', 'month', '2026-02-01'],
  ['2026', 'year', '2026-04-01'],
  ['2026-Q1', 'quarter', '2026-04-01'],
  ['2026 q4', 'quarter', '2027-01-01'],
  ['2026-H2', 'half', '2026-10-01'],
  ['2026', 'month', undefined],
  ['2026-13', 'month', undefined],
  ['2026-02-30', 'month', undefined],
  ['November', 'month', undefined],
])('%s as a %s begins on %s', (heading, period, key) => {
  expect(windowNamed(heading, gregorian, period)?.key).toBe(key);
});

test('each month of a Jalali year is found, in its own digits', () => {
  const keys = Array.from({ length: 12 }, (_, index) => {
    const heading = `۱۴۰۵/${String(index + 1).padStart(2, '0')}`;
    return windowNamed(heading, jalali, 'month')?.key;
  });
  expect(keys).toEqual(
    (
      '2026-03-21 2026-04-21 2026-05-22 2026-06-22 2026-07-23 2026-08-23 ' +
      '2026-09-23 2026-10-23 2026-11-22 2026-12-22 2027-01-21 2027-02-20'
    ).split(' '),
  );
});
