import { describe, expect, it } from 'vitest';
import { percentOfChange, percentsOf } from './plan-text.ts';

describe('a plan as it is typed', () => {
  it.each([
    ['25 50 75 100', [25, 50, 75, 100]],
    ['۲۵، ۵۰، ۱۰۰', [25, 50, 100]],
    ['50%,100%', [50, 100]],
    ['', null],
    ['25 half', null],
    ['0 100', null],
    ['12.5', null],
  ])('%j are percents', (text, percents) => expect(percentsOf(text)).toEqual(percents));

  it.each([
    ['', '100'],
    ['5', '105'],
    ['+7.5 %', '107.5'],
    ['−10', '90'],
    ['۱۰−', '90'],
    ['-100', null],
    ['more', null],
  ])('%j more', (text, percent) => expect(percentOfChange(text)).toBe(percent));
});
