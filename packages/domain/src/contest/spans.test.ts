import { describe, expect, test } from 'vitest';
import { createCalendar, parseInstant } from '../calendar.ts';
import { DEFAULT_SETTINGS } from '../organisation.ts';
import { jalali } from './contest.fixture.ts';
import { daysBetween, hoursIn, inside, roundsIn, windowsBefore, withoutSpans } from './spans.ts';

const at = (text: string): number => parseInstant(text)!;
const calendar = (timeZone: string) => createCalendar({ ...DEFAULT_SETTINGS, timeZone });
const berlin = calendar('Europe/Berlin');
const written = (spans: readonly { from: number; to: number }[]) =>
  spans.map(({ from, to }) => [new Date(from).toISOString(), new Date(to).toISOString()]);
const HOUR = 3_600_000;

describe('stretches of time', () => {
  test('lose what is taken out of them', () => {
    const day = [{ from: 0, to: 10 }];
    expect(withoutSpans(day, [{ from: 3, to: 4 }])).toEqual([
      { from: 0, to: 3 },
      { from: 4, to: 10 },
    ]);
    expect(
      withoutSpans(day, [
        { from: -5, to: 2 },
        { from: 8, to: 99 },
      ]),
    ).toEqual([{ from: 2, to: 8 }]);
    expect(withoutSpans(day, [{ from: -5, to: 99 }])).toEqual([]);
    expect(inside(day, { from: 9, to: 20 })).toEqual([{ from: 9, to: 10 }]);
    expect(inside(day, { from: 10, to: 20 })).toEqual([]);
  });
});

describe('hours of the clock', () => {
  const noon = [{ from: 720, to: 780 }];

  test('stay where they are when clocks change', () => {
    const span = { from: at('2026-10-24T00:00:00+02:00'), to: at('2026-10-26T00:00:00+01:00') };
    expect(written(hoursIn(span, noon, undefined, berlin))).toEqual([
      ['2026-10-24T10:00:00.000Z', '2026-10-24T11:00:00.000Z'],
      ['2026-10-25T11:00:00.000Z', '2026-10-25T12:00:00.000Z'],
    ]);
  });

  test('are empty where clocks skip them, and long where they repeat them', () => {
    const two = [{ from: 120, to: 180 }];
    const spring = { from: at('2026-03-29T00:00:00+01:00'), to: at('2026-03-30T00:00:00+02:00') };
    expect(hoursIn(spring, two, undefined, berlin)).toEqual([]);
    const autumn = { from: at('2026-10-25T00:00:00+02:00'), to: at('2026-10-26T00:00:00+01:00') };
    const [long] = hoursIn(autumn, two, undefined, berlin);
    expect(long!.to - long!.from).toBe(2 * HOUR);
  });

  test('go past midnight, to the end of the day, and are cut to the contest', () => {
    const utc = calendar('UTC');
    const span = { from: at('2026-11-02T01:00:00Z'), to: at('2026-11-03T23:30:00Z') };
    const late = [{ from: 1_380, to: 120 }];
    expect(written(hoursIn(span, late, undefined, utc))).toEqual([
      ['2026-11-02T01:00:00.000Z', '2026-11-02T02:00:00.000Z'],
      ['2026-11-02T23:00:00.000Z', '2026-11-03T02:00:00.000Z'],
      ['2026-11-03T23:00:00.000Z', '2026-11-03T23:30:00.000Z'],
    ]);
    // The night that began on Sunday is Sunday's.
    expect(hoursIn(span, late, [1, 2], utc)).toHaveLength(2);
    expect(hoursIn(span, [{ from: 1_380, to: 1_440 }], [1], utc)).toEqual([
      { from: at('2026-11-02T23:00:00Z'), to: at('2026-11-03T00:00:00Z') },
    ]);
  });

  test('that overlap are counted once', () => {
    const span = { from: at('2026-11-02T00:00:00Z'), to: at('2026-11-03T00:00:00Z') };
    const twice = [
      { from: 660, to: 780 },
      { from: 600, to: 720 },
    ];
    expect(hoursIn(span, twice, undefined, calendar('UTC'))).toEqual([
      { from: at('2026-11-02T10:00:00Z'), to: at('2026-11-02T13:00:00Z') },
    ]);
  });
});

describe('rounds', () => {
  test('are whole local days, as equal as they can be', () => {
    const span = { from: at('2026-10-22T00:00:00+02:00'), to: at('2026-10-29T00:00:00+01:00') };
    const days = roundsIn(span, 3, berlin).map(({ from, to }) => daysBetween(from, to, berlin));
    expect(days).toEqual([2, 2, 3]);
    const edges = roundsIn(span, 3, berlin).map(({ from }) => berlin.dateOf(from));
    expect(edges).toEqual(['2026-10-22', '2026-10-24', '2026-10-26']);
  });

  test('are equal parts where there are fewer days', () => {
    const span = { from: at('2026-11-02T09:00:00Z'), to: at('2026-11-02T17:00:00Z') };
    const lengths = roundsIn(span, 4, calendar('UTC')).map(({ from, to }) => to - from);
    expect(lengths).toEqual([2 * HOUR, 2 * HOUR, 2 * HOUR, 2 * HOUR]);
  });
});

describe('windows before a contest', () => {
  test('of a whole month are the months before it, Jalali ones in a Jalali calendar', () => {
    const tehran = createCalendar(jalali);
    // Mehr 1405 has thirty days, Shahrivar and Mordad have 31.
    const mehr = { from: at('2026-09-23T00:00:00+03:30'), to: at('2026-10-23T00:00:00+03:30') };
    expect(windowsBefore(mehr, 2, tehran)).toEqual([
      { from: at('2026-07-23T00:00:00+03:30'), to: at('2026-08-23T00:00:00+03:30') },
      { from: at('2026-08-23T00:00:00+03:30'), to: mehr.from },
    ]);
    const march = { from: at('2026-03-01T00:00:00+01:00'), to: at('2026-04-01T00:00:00+02:00') };
    expect(windowsBefore(march, 1, berlin)).toEqual([
      { from: at('2026-02-01T00:00:00+01:00'), to: march.from },
    ]);
  });

  test('of some days have the same weekdays and clock times, whatever clocks did', () => {
    const tuesday = { from: at('2026-03-31T14:00:00+02:00'), to: at('2026-03-31T16:00:00+02:00') };
    expect(windowsBefore(tuesday, 2, berlin)).toEqual([
      { from: at('2026-03-17T14:00:00+01:00'), to: at('2026-03-17T16:00:00+01:00') },
      { from: at('2026-03-24T14:00:00+01:00'), to: at('2026-03-24T16:00:00+01:00') },
    ]);
    const tenDays = { from: at('2026-11-02T00:00:00+01:00'), to: at('2026-11-12T00:00:00+01:00') };
    expect(windowsBefore(tenDays, 1, berlin)).toEqual([
      { from: at('2026-10-19T00:00:00+02:00'), to: at('2026-10-29T00:00:00+01:00') },
    ]);
  });
});
