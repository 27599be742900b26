import { describe, expect, it } from 'vitest';
import type { Pace } from '@ovation/domain';
import { formatLocale } from '../format/index.ts';
import { deskTranslator } from '../i18n/desk.ts';
import { daysText, needText, shortMoney, sideOf, standingText } from './standing.ts';

const UTC = { calendar: 'gregorian', timeZone: 'UTC' } as const;
const en = formatLocale('en', UTC);
const fa = formatLocale('fa', UTC);
const USD = { kind: 'money', currency: 'USD', scale: 2 } as const;
const pace = (over: Partial<Pace>): Pace => ({
  attainment: 0.5,
  expected: 0.6,
  daysAhead: -2,
  daysLeft: 4.3,
  neededPerDay: 61_000,
  ...over,
});
const need = (over: Partial<Pace>, missing: number): string =>
  needText(pace(over), missing, USD, deskTranslator('en'), en)
    .parts.map((part) => part.text)
    .join('');

describe('days', () => {
  it.each([
    [0.86, '0.8', 0.8],
    [-3, '3', 3],
    [4.35, '4.3', 4.3],
    [0.04, '0', 0],
  ])('%d is written %s', (days, text, count) => {
    expect(daysText(days, en)).toEqual({ text, count });
  });

  it('less than a tenth is on pace', () => {
    expect([sideOf(0.09), sideOf(-0.09), sideOf(0.1), sideOf(-0.1)]).toEqual([
      'even',
      'even',
      'ahead',
      'behind',
    ]);
  });

  it('are said in the words of either language', () => {
    expect(standingText(-0.86, deskTranslator('en'), en)).toBe('0.8 days behind');
    expect(standingText(1, deskTranslator('en'), en)).toBe('1 day ahead');
    expect(standingText(1.5, deskTranslator('fa'), fa)).toContain('روز جلوتر');
  });
});

describe('what is needed', () => {
  it.each([
    ['a day, while there are days', {}, 262_300, '61\u00a0k\u00a0USD a day for 4.3 days'],
    ['today, on the last one', { daysLeft: 0.5 }, 500, '500\u00a0USD to go today'],
    [
      'nothing any more, after it',
      { daysLeft: 0, neededPerDay: undefined } as unknown as Partial<Pace>,
      500,
      'No working time left, 500\u00a0USD short',
    ],
    ['less than nothing, past it', {}, -1_200, '1,200\u00a0USD over target'],
  ])('%s', (_, over, missing, text) => {
    expect(need(over, missing)).toBe(text);
  });

  it('leaves out the currency where it is named nearby', () => {
    expect(shortMoney(61_000, USD, en)).toBe('61\u00a0k');
    expect(shortMoney('7500.00', USD, en)).toBe('7,500');
  });
});
