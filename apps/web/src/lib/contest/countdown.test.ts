import { DEFAULT_SETTINGS } from '@ovation/domain';
import { expect, test } from 'vitest';
import { formatLocale } from '../format/locale.ts';
import { countdown } from './countdown.ts';

const en = formatLocale('en', DEFAULT_SETTINGS);
const fa = formatLocale('fa', DEFAULT_SETTINGS);
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

test.each([
  ['hours, minutes and seconds', 6 * HOUR + 17 * 60 * SECOND + 9 * SECOND, 0, '06:17:09'],
  ['days stand before the clock', 51 * HOUR, 2, '03:00:00'],
  ['a part of a second is still a second', 1, 0, '00:00:01'],
  ['over is zero and stays so', -5 * HOUR, 0, '00:00:00'],
])('%s', (_name, left, days, clock) => {
  expect(countdown(left, 0, en)).toEqual({ days, clock });
});

test('in the digits of the reader', () => {
  expect(countdown(HOUR, 0, fa).clock).toBe('۰۱:۰۰:۰۰');
});
