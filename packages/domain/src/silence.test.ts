import { describe, expect, it, test } from 'vitest';
import { createCalendar } from './calendar.ts';
import { DEFAULT_SETTINGS } from './organisation.ts';
import { freshnessOf, streakOf, workingDaysBetween } from './silence.ts';

/** A Tuesday in November; work is from 9 to 18 o'clock, Monday to Friday. */
const at = (day: number, hour = 12) => Date.UTC(2026, 10, day) + hour * 3_600_000;
const calendar = createCalendar(DEFAULT_SETTINGS);

describe('silence', () => {
  test.each([
    ['half a working day is half', at(24, 9), at(24, 13.5), 0.5],
    ['a night is none', at(23, 18), at(24, 9), 0],
    ['a weekend is none', at(20, 18), at(23, 9), 0],
    ['from Friday noon to Monday noon is one', at(20, 13.5), at(23, 13.5), 1],
    ['what lies ahead is none', at(24, 13), at(24, 12), 0],
  ])('%s', (_name, from, to, days) => {
    expect(workingDaysBetween(calendar, from, to)).toBeCloseTo(days);
  });

  it('is told as no longer than anybody looks back', () => {
    const long = workingDaysBetween(calendar, Date.UTC(2020, 0, 1), at(24));
    expect(long).toBeGreaterThan(15);
    expect(long).toBeLessThan(31);
  });
});

describe('a row of days with a win', () => {
  const days = calendar.workDays(calendar.windowOf('last-30', at(24)));
  const streak = (dates: number[], now = at(24)) =>
    streakOf(
      new Set(dates.map((day) => `2026-11-${String(day).padStart(2, '0')}`)),
      days,
      now,
      (instant) => calendar.dateOf(instant),
    );

  test.each([
    ['nothing won is none', [], 0],
    ['today and the two working days before, a weekend between', [24, 23, 20], 3],
    ['today without a win does not break it yet', [23, 20], 2],
    ['a missed day ends it', [24, 23, 19], 2],
    ['a win on a Sunday neither breaks nor adds', [24, 23, 22, 20], 3],
  ])('%s', (_name, dates, length) => {
    expect(streak(dates)).toBe(length);
  });
});

describe('a source', () => {
  const MINUTE = 60_000;
  const rhythm = Array.from({ length: 20 }, (_, n) => at(24) - n * 2 * MINUTE);

  test.each([
    ['that speaks as usual is fresh', 2, true, false],
    ['that is silent a little longer is fresh', 9, true, false],
    ['that is silent for much longer is late', 11, true, true],
    ['that is silent at night is not late', 600, false, false],
  ])('%s', (_name, minutes, open, late) => {
    const now = at(24) + minutes * MINUTE;
    expect(freshnessOf({ lastAt: at(24), arrivals: rhythm }, now, open).late).toBe(late);
  });

  test('whose rhythm nobody knows is not judged', () => {
    expect(freshnessOf({ lastAt: at(1), arrivals: [at(1)] }, at(24), true)).toEqual({
      usualMs: null,
      late: false,
    });
  });
});
