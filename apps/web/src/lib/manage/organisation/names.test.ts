import { expect, it } from 'vitest';
import { monthNames, weekdayNames } from './names.ts';

it('weekdays begin with Monday', () => {
  expect(weekdayNames('en')[0]).toBe('Monday');
  expect(weekdayNames('fa')[5]).toBe('شنبه');
});

it.each(['gregorian', 'jalali'] as const)('months of the %s calendar are twelve', (calendar) => {
  expect(new Set(monthNames(calendar, 'en')).size).toBe(12);
});

it('months are in their order', () => {
  expect(monthNames('gregorian', 'en').slice(0, 2)).toEqual(['January', 'February']);
  expect(monthNames('jalali', 'fa').at(0)).toBe('فروردین');
  expect(monthNames('jalali', 'fa').at(-1)).toBe('اسفند');
});
