import { DEFAULT_SETTINGS } from '@ovation/domain';
import { describe, expect, it } from 'vitest';
import { changesOf, clockOf, draftOf, minutesOf } from './rules-draft.ts';

const was = draftOf('Floor', { ...DEFAULT_SETTINGS, takeoverFrom: '150050' });

describe('the rules in a form', () => {
  it('are decimals and times of day', () => {
    expect(was).toMatchObject({ takeoverFrom: '1500.5', opens: '09:00', closes: '18:00' });
    expect(
      draftOf('Floor', { ...DEFAULT_SETTINGS, currency: 'JPY', takeoverFrom: '1500' }),
    ).toEqual(expect.objectContaining({ takeoverFrom: '1500', closing: 'never' }));
  });

  it('are sent only where they changed', () => {
    expect(changesOf(was, { ...was, name: 'Floor ' })).toEqual({});
    expect(changesOf(was, { ...was, weekStart: '6', opens: '8:30' })).toEqual({
      weekStart: 6,
      workHours: [510, 1_080],
    });
    expect(changesOf(was, { ...was, closing: 'month', graceDays: '3', late: 'refuse' })).toEqual({
      closing: { period: 'month', graceDays: 3, late: 'refuse' },
    });
    expect(changesOf({ ...was, closing: 'month' }, was)).toEqual({ closing: null });
    expect(changesOf(was, { ...was, approval: 'deals', approvalAbove: '۲٬۵۰۰' })).toEqual({
      approval: { needs: 'deals', above: '2500' },
    });
  });

  it('let go of a unit that belongs to another currency', () => {
    const rials = draftOf('Floor', { ...DEFAULT_SETTINGS, currency: 'IRR' });
    const shown = { ...rials, moneyUnit: 'toman' } as const;
    expect(changesOf(rials, shown)).toEqual({ moneyUnit: 'toman' });
    expect(changesOf(shown, rials)).toEqual({ moneyUnit: null });
    const dirhams = { ...shown, currency: 'AED' };
    expect(changesOf(shown, dirhams)).toEqual({ currency: 'AED', moneyUnit: null });
  });
});

describe('a time of day', () => {
  it.each([
    ['9:05', 545],
    ['00:00', 0],
    ['24:00', 1_440],
    ['24:01', null],
    ['9:60', null],
    ['9', null],
    ['', null],
  ])('%s is %s', (text, minutes) => expect(minutesOf(text)).toBe(minutes));

  it('is written with two digits each', () => expect(clockOf(545)).toBe('09:05'));
});
