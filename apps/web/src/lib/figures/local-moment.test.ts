import { describe, expect, it } from 'vitest';
import { createCalendar, DEFAULT_SETTINGS } from '@ovation/domain';
import { fromLocal, toLocal } from './local-moment.ts';

const back = (text: string, timeZone: string) => {
  const calendar = createCalendar({ ...DEFAULT_SETTINGS, timeZone });
  const instant = fromLocal(text, timeZone, calendar);
  return instant === undefined ? undefined : toLocal(instant, timeZone);
};

describe('a moment by the clock of the floor', () => {
  it.each([
    ['2026-11-24T10:30', 'UTC'],
    ['2026-11-24T00:05', 'Asia/Tehran'],
    ['2026-03-29T12:00', 'Europe/Berlin'],
    ['2026-10-25T12:00', 'Europe/Berlin'],
    ['2026-10-25T00:30', 'Europe/Berlin'],
  ])('%s in %s is that moment', (text, zone) => expect(back(text, zone)).toBe(text));

  it('is no moment when it is not written as one', () => {
    expect(back('yesterday', 'UTC')).toBeUndefined();
  });
});
