import { expect, test } from 'vitest';
import { createCalendar } from './calendar.ts';
import { closedPeriodOf, type ClosingPolicy } from './closing.ts';
import { DEFAULT_SETTINGS } from './organisation.ts';

const at = (text: string): number => Date.parse(text);
const policy = (graceDays: number, period: ClosingPolicy['period'] = 'month'): ClosingPolicy => ({
  period,
  graceDays,
  late: 'refuse',
});
const berlin = createCalendar({ ...DEFAULT_SETTINGS, timeZone: 'Europe/Berlin' });
const tehran = createCalendar({
  ...DEFAULT_SETTINGS,
  timeZone: 'Asia/Tehran',
  calendar: 'jalali',
});

test.each([
  ['the month that runs is open', 0, '2026-11-20T10:00:00Z', '2026-11-24T10:00:00Z', undefined],
  [
    'without grace it closes at its end',
    0,
    '2026-10-31T22:59:59Z',
    '2026-10-31T23:00:00Z',
    '2026-10-01',
  ],
  [
    'the moment before its end it is open',
    0,
    '2026-10-31T22:00:00Z',
    '2026-10-31T22:59:59Z',
    undefined,
  ],
  ['within grace it is open', 5, '2026-10-10T10:00:00Z', '2026-11-05T22:59:59Z', undefined],
  ['after grace it is closed', 5, '2026-10-10T10:00:00Z', '2026-11-05T23:00:00Z', '2026-10-01'],
  [
    'grace counts days of 23 hours',
    29,
    '2026-02-10T10:00:00Z',
    '2026-03-29T22:00:00Z',
    '2026-02-01',
  ],
])('%s', (_name, grace, fact, now, key) => {
  expect(closedPeriodOf(berlin, policy(grace), at(fact), at(now))?.key).toBe(key);
});

test('quarters and Persian months close by their own ends', () => {
  const fact = at('2026-10-20T10:00:00Z');
  const now = at('2026-11-24T10:00:00Z');
  expect(closedPeriodOf(berlin, policy(0, 'quarter'), fact, now)).toBeUndefined();
  expect(closedPeriodOf(tehran, policy(0), fact, now)?.key).toBe('2026-09-23');
});
