import { describe, expect, it } from 'vitest';
import { formatLocale } from '../format/index.ts';
import { deskTranslator } from '../i18n/desk.ts';
import { percentOfChange, percentsOf, reasonText } from './plan-text.ts';

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

describe('why a plan sets so much', () => {
  const settings = { calendar: 'gregorian', timeZone: 'Asia/Tehran' } as const;
  const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');
  const said = (because: string, language: 'en' | 'fa') =>
    plain(reasonText(because, deskTranslator(language), formatLocale(language, settings)));

  it.each([
    ['23.5 of 69.5 working days', '23.5 of 69.5 working days', '۲۳٫۵ از ۶۹٫۵ روز کاری'],
    ['25%, step 1 of 4', '25 %, step 1 of 4', '۲۵٪، پلهٔ ۱ از ۴'],
    ['33.8% in 3 earlier years', '33.8 % in 3 earlier years', '۳۳٫۸٪ در ۳ سال پیش'],
    ['105% of 2026-11-01', '105 % of 1 November 2026', '۱۰۵٪ دورهٔ ۱۰ آبان ۱۴۰۵'],
    ['as in 2026-11-01', 'as from 1 November 2026', 'مانند دورهٔ ۱۰ آبان ۱۴۰۵'],
    ['because', 'because', 'because'],
  ])('%s', (because, english, persian) => {
    expect(said(because, 'en')).toBe(english);
    expect(said(because, 'fa')).toBe(persian);
  });
});
