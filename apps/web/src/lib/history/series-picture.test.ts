import { describe, expect, it } from 'vitest';
import type { HistoryAnswer } from '@ovation/protocol';
import { formatLocale } from '../format/index.ts';
import { deskTranslator } from '../i18n/desk.ts';
import { growth, seriesPicture } from './series-picture.ts';

const en = formatLocale('en', { calendar: 'gregorian', timeZone: 'UTC' });
const point = (month: number, value: string | null, more: object = {}) => ({
  start: `2026-0${month}-01`,
  from: `2026-0${month}-01T00:00:00.000Z`,
  to: `2026-0${month + 1}-01T00:00:00.000Z`,
  value,
  before: null,
  target: null,
  ...more,
});
const answer = (over: Partial<HistoryAnswer>): HistoryAnswer => ({
  metric: 'revenue',
  unit: { kind: 'money', currency: 'USD', scale: 2 },
  by: 'month',
  from: '2026-01-01',
  to: '2026-02-28',
  points: [point(1, '10.00'), point(2, null)],
  total: '10.00',
  totalBefore: null,
  parts: [],
  ...over,
});
const draw = (over: Partial<HistoryAnswer>) =>
  seriesPicture(answer(over), deskTranslator('en'), en);

describe('the picture of a history', () => {
  it('names its points and leaves out what there is nothing of', () => {
    const picture = draw({});
    expect(picture.labels).toEqual(['January 2026', 'February 2026']);
    expect(picture.main.values).toEqual(['10.00', null]);
    expect([picture.before, picture.target, picture.empty]).toEqual([null, null, false]);
    expect(draw({ points: [point(1, '0.00', { before: '0' })] }).empty).toBe(true);
    expect(draw({ points: [point(1, '5', { before: '4', target: '9' })] }).target).toMatchObject({
      values: ['9'],
    });
  });

  it('tells six parts apart and sums up the rest', () => {
    const parts = [...'abcdefgh'].map((key) => ({
      key,
      name: key,
      total: '1',
      values: ['1', null],
    }));
    const rest = { key: '~rest', name: '', total: '2', values: ['2', '3'] };
    const drawn = draw({ parts: [...parts, rest] }).parts;
    expect(drawn.map(({ name }) => name)).toEqual([...'abcdef', 'All others']);
    expect(drawn.at(-1)).toMatchObject({ look: 'rest', values: ['4', '3'] });
  });

  it('compares where there is something to compare with', () => {
    expect(growth('15', '10')).toBeCloseTo(0.5);
    expect(growth('15', '0')).toBeNull();
    expect(growth(null, '10')).toBeNull();
  });
});
