import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar, END, parseInstant, type Calendar } from '../calendar.ts';
import { DEFAULT_SETTINGS } from '../organisation.ts';
import { contestOf, jalali } from './contest.fixture.ts';
import type { ContestDefinition } from './definition.ts';
import { nextOf } from './series.ts';

const at = (text: string): number => parseInstant(text)!;
const berlin = createCalendar({ ...DEFAULT_SETTINGS, timeZone: 'Europe/Berlin' });
const tehran = createCalendar(jalali);

function series(every: 'day' | 'week' | 'month', from: string, to: string, until = END) {
  return contestOf({ kind: 'highest' }, { from: at(from), to: at(to), series: { every, until } });
}

function nexts(first: ContestDefinition, calendar: Calendar, count: number): string[] {
  const all: string[] = [];
  let one: ContestDefinition | null = first;
  for (let n = 0; n < count && one !== null; n += 1) {
    one = nextOf(one, calendar, `con_${n + 2}`);
    if (one) all.push(`${shown(one.from, calendar)} – ${shown(one.to, calendar)}`);
  }
  return all;
}

function shown(instant: number, calendar: Calendar): string {
  const { timeZone } = calendar.settings;
  return new Date(instant).toLocaleString('sv-SE', { timeZone }).slice(0, 16);
}

describe('a series', () => {
  test('of days keeps its clock time when clocks change', () => {
    const daily = series('day', '2026-03-27T14:00:00+01:00', '2026-03-27T16:00:00+01:00');
    expect(nexts(daily, berlin, 3)).toEqual([
      '2026-03-28 14:00 – 2026-03-28 16:00',
      '2026-03-29 14:00 – 2026-03-29 16:00',
      '2026-03-30 14:00 – 2026-03-30 16:00',
    ]);
    const whole = series('day', '2026-03-28T00:00:00+01:00', '2026-03-29T00:00:00+01:00');
    const short = nextOf(whole, berlin, 'con_2')!;
    expect(short.to - short.from).toBe(23 * 3_600_000);
  });

  test('of weeks keeps its weekdays', () => {
    const weekly = series('week', '2026-10-19T00:00:00+02:00', '2026-10-24T00:00:00+02:00');
    expect(nexts(weekly, berlin, 2)).toEqual([
      '2026-10-26 00:00 – 2026-10-31 00:00',
      '2026-11-02 00:00 – 2026-11-07 00:00',
    ]);
  });

  test('of whole months follows the calendar, Jalali too', () => {
    const monthly = series('month', '2026-01-01T00:00:00+01:00', '2026-02-01T00:00:00+01:00');
    expect(nexts(monthly, berlin, 3)).toEqual([
      '2026-02-01 00:00 – 2026-03-01 00:00',
      '2026-03-01 00:00 – 2026-04-01 00:00',
      '2026-04-01 00:00 – 2026-05-01 00:00',
    ]);
    // Bahman and Esfand 1405 (thirty and 29 days), then Farvardin 1406.
    const dey = series('month', '2026-12-22T00:00:00+03:30', '2027-01-21T00:00:00+03:30');
    expect(nexts(dey, tehran, 3)).toEqual([
      '2027-01-21 00:00 – 2027-02-20 00:00',
      '2027-02-20 00:00 – 2027-03-21 00:00',
      '2027-03-21 00:00 – 2027-04-21 00:00',
    ]);
  });

  test('of the last day of months stays on it', () => {
    const lastDay = series('month', '2026-01-31T09:00:00+01:00', '2026-01-31T18:00:00+01:00');
    expect(nexts(lastDay, berlin, 3)).toEqual([
      '2026-02-28 09:00 – 2026-02-28 18:00',
      '2026-03-31 09:00 – 2026-03-31 18:00',
      '2026-04-30 09:00 – 2026-04-30 18:00',
    ]);
    // 31 Shahrivar 1405, then 30 Mehr, 30 Aban.
    const jalaliLast = series('month', '2026-09-22T09:00:00+03:30', '2026-09-22T18:00:00+03:30');
    expect(nexts(jalaliLast, tehran, 2)).toEqual([
      '2026-10-22 09:00 – 2026-10-22 18:00',
      '2026-11-21 09:00 – 2026-11-21 18:00',
    ]);
  });

  test('ends, and hangs together by its first one', () => {
    const until = at('2026-11-16T00:00:00+01:00');
    const weekly = series('week', '2026-11-02T00:00:00+01:00', '2026-11-07T00:00:00+01:00', until);
    expect(nexts(weekly, berlin, 5)).toEqual(['2026-11-09 00:00 – 2026-11-14 00:00']);
    const second = nextOf({ ...weekly, series: { every: 'week', until: END } }, berlin, 'con_2')!;
    expect(second).toMatchObject({ id: 'con_2', parent: 'con_1' });
    expect(nextOf(second, berlin, 'con_3')).toMatchObject({ id: 'con_3', parent: 'con_1' });
    expect(nextOf(contestOf({ kind: 'highest' }), berlin, 'con_2')).toBeNull();
  });

  test('always goes forward, and never overlaps itself', () => {
    const start = at('2026-01-01T00:00:00Z');
    fc.assert(
      fc.property(
        fc.constantFrom('day', 'week', 'month'),
        fc.constantFrom(berlin, tehran),
        fc.integer({ min: 0, max: 400 * 24 }),
        fc.integer({ min: 1, max: 23 }),
        (every, calendar, hour, length) => {
          const from = start + hour * 3_600_000;
          const one = contestOf(
            { kind: 'highest' },
            { from, to: from + length * 3_600_000, series: { every, until: END } },
          );
          const next = nextOf(one, calendar, 'con_2')!;
          expect(next.from >= one.to).toBe(true);
          expect(next.to > next.from).toBe(true);
        },
      ),
    );
  });
});
