import { describe, expect, it } from 'vitest';
import { formatLocale } from '../../format/locale.ts';
import { paceChart } from './pace-chart.ts';
import { recentDays, type DayTotal } from './recent-days.ts';
import { standingOf } from './standing.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const en = formatLocale('en', { calendar: 'gregorian', timeZone: 'UTC' });
const workDays = [0, 1, 2, 3].map((day) => ({
  from: day * DAY + 9 * HOUR,
  to: day * DAY + 17 * HOUR,
  weight: 1,
}));
const NOON_2 = DAY + 13 * HOUR;

describe('how a total stands', () => {
  it.each([
    ['50', '100', 'ahead', '0.5'],
    ['25', '100', 'behind', '0.5'],
    ['37.5', '100', 'on_pace', '0.0'],
    ['100', '100', 'reached', '2.5'],
    ['99.99', '100', 'ahead', '2.4'],
  ])('%s of %s at noon of the second of four days is %s', (value, target, standing, days) => {
    const found = standingOf(value, target, workDays, NOON_2, en);
    expect(found).toMatchObject({ standing, daysText: days });
  });

  it('says nothing without a target', () => {
    expect(standingOf('5', null, workDays, NOON_2, en)).toBeNull();
  });
});

describe('the last working days', () => {
  const days: DayTotal[] = [
    [0, '30'],
    [2 * DAY, '12'],
  ];

  it('counts finished days, also those without a win', () => {
    expect(recentDays(days, workDays, NOON_2)).toEqual({ count: 1, perDay: 30 });
    expect(recentDays(days, workDays, 3 * DAY)).toEqual({ count: 3, perDay: 14 });
    expect(recentDays(days, workDays, 0)).toBeNull();
  });
});

describe('the pace chart', () => {
  const input = { from: 0, to: 4 * DAY, now: 2 * DAY, workDays, total: 60, target: 100 };
  const chart = paceChart({
    ...input,
    days: [
      [0, '20'],
      [DAY, '40'],
    ],
  });

  it('steps up on the days of the wins and ends now at the total', () => {
    expect(chart.won).toBe(
      'M60,310L152.5,310L152.5,251.4L337.5,251.4L337.5,134.1L430,134.1L430,134.1',
    );
    expect([chart.today, chart.totalY, chart.targetY]).toEqual([430, 134.1, 16.8]);
  });

  it('ends the pace at the target and leaves it out without one', () => {
    expect(chart.pace.endsWith('L800,16.8')).toBe(true);
    expect(paceChart({ ...input, days: [], target: null })).toMatchObject({
      pace: '',
      targetY: null,
      totalY: 16.8,
    });
  });
});
