import { describe, expect, it } from 'vitest';
import { formatLocale } from './locale.ts';
import {
  amount,
  boardScale,
  exactAmount,
  heroScale,
  inUnit,
  longUnit,
  scaled,
  shortUnit,
} from './money.ts';
import { cleanText, displayName, monogram } from './name.ts';
import { decimal, exact, latinDigits, percent, signed } from './number.ts';
import { clock, duration, fullDate, periodLabel } from './time.ts';

const USD = { kind: 'money', currency: 'USD', scale: 2 } as const;
const COUNT = { kind: 'count', scale: 6 } as const;
const en = formatLocale('en', { calendar: 'gregorian', timeZone: 'UTC' });
const fa = formatLocale('fa', { calendar: 'jalali', timeZone: 'Asia/Tehran' });
const enJalali = formatLocale('en', { calendar: 'jalali', timeZone: 'Asia/Tehran' });

describe('numbers', () => {
  it.each([
    ['1284567.89', '1,284,567.89', '۱٬۲۸۴٬۵۶۷٫۸۹'],
    ['-5', '\u22125', '\u2212۵'],
    ['0', '0', '۰'],
    ['123456789012345678.123', '123,456,789,012,345,678.123', undefined],
  ])('%s is written exactly', (text, english, persian) => {
    expect(exact(text, en)).toBe(english);
    if (persian) expect(exact(text, fa)).toBe(persian);
  });

  it('never rounds a percentage up to 100', () => {
    expect(percent(0.9999, en)).toBe('99\u00a0%');
    expect(percent(1.01, fa)).toBe('۱۰۱٪');
  });

  it('gives changes a sign, and typed Persian digits back', () => {
    expect([signed('3', en), signed('-2', en), signed('0', en)]).toEqual(['+3', '\u22122', '0']);
    expect(latinDigits('۱٬۲۵۰٫۵')).toBe('1,250.5');
    expect(decimal(0.98, 1, en)).toBe('0.9');
    expect(decimal(-0.04, 1, en)).toBe('0.0');
  });
});

describe('one magnitude per board', () => {
  it.each([
    [['1284300.50', '99999.00'], '1,284', '99', 'thousand\u00a0USD'],
    [['9400.00', '120.40'], '9,400', '120', 'USD'],
    [['12430000.00', '999999.99'], '12.4', '0.9', 'million\u00a0USD'],
    [['0'], '0', '0', 'USD'],
  ])('%j', (values, first, last, unit) => {
    const scale = boardScale(values, USD, en);
    expect(scaled(values[0]!, scale, en)).toBe(first);
    expect(scaled(values[values.length - 1]!, scale, en)).toBe(last);
    expect(longUnit(USD, scale, en).replace(/^\u00a0/, '')).toBe(unit);
  });

  it('shows three digits in a hero number and in an amount', () => {
    const scale = heroScale(['1284300.50', '1500000'], USD, en);
    expect(scaled('1284300.50', scale, en)).toBe('1.28');
    expect(shortUnit(USD, scale, fa)).toBe('میلیون\u00a0دلار');
    expect(amount('320000.00', USD, en)).toEqual({ number: '320', unit: 'k\u00a0USD' });
    expect(amount('12500.00', USD, en)).toEqual({ number: '12.5', unit: 'k\u00a0USD' });
    expect(amount('7', COUNT, en)).toEqual({ number: '7', unit: '' });
  });

  it('keeps a shared deal visible in a count', () => {
    expect(scaled('2.333333', boardScale(['2.333333'], COUNT, en), en)).toBe('2.3');
  });
});

describe('every unit', () => {
  const PERCENT = { kind: 'percent', scale: 3 } as const;
  const POINTS = { kind: 'points', scale: 6 } as const;
  const DURATION = { kind: 'duration', scale: 3 } as const;

  it.each([
    ['57.349', PERCENT, '57.3\u00a0%', '۵۷٫۳٪'],
    ['99.999', PERCENT, '99.9\u00a0%', '۹۹٫۹٪'],
    ['120.5', POINTS, '120.5\u00a0points', '۱۲۰٫۵\u00a0امتیاز'],
    ['276480', DURATION, '3.2\u00a0days', '۳٫۲\u00a0روز'],
    ['15000.000', DURATION, '4\u00a0h\u00a010\u00a0min', '۴\u00a0ساعت\u00a0و\u00a0۱۰\u00a0دقیقه'],
    ['7200', DURATION, '2\u00a0h', '۲\u00a0ساعت'],
    ['754', DURATION, '12\u00a0min', '۱۲\u00a0دقیقه'],
    ['45.5', DURATION, '45\u00a0s', '۴۵\u00a0ثانیه'],
    ['12', COUNT, '12', '۱۲'],
    [null, PERCENT, '–', '–'],
  ])('%s is said with its unit', (value, unit, english, persian) => {
    expect(inUnit(value, unit, en)).toBe(english);
    expect(inUnit(value, unit, fa)).toBe(persian);
  });

  it('has one magnitude in a table, a dash where nothing is', () => {
    const days = boardScale(['276480', null, '43200'], DURATION, en);
    expect(['276480', null, '43200'].map((one) => scaled(one, days, en))).toEqual([
      '3.2',
      '–',
      '0.5',
    ]);
    expect(longUnit(DURATION, days, en)).toBe('days');
    expect(longUnit(PERCENT, boardScale(['57.3'], PERCENT, fa), fa)).toBe('٪');
    expect(scaled('57.3', boardScale(['57.3', '50'], PERCENT, en), en)).toBe('57.3');
  });

  it('is exact where every digit is asked for', () => {
    expect(exactAmount('57.300', PERCENT, en)).toBe('57.3\u00a0%');
    expect(exactAmount('940000.50', USD, en)).toBe('940,000.50\u00a0USD');
    expect(exactAmount('3.000000', COUNT, en)).toBe('3');
  });
});

describe('times', () => {
  const from = Date.parse('2026-11-21T20:30:00Z');
  const to = Date.parse('2026-12-21T20:30:00Z');

  it('says a Gregorian month to a Persian reader by its first and last Jalali day', () => {
    const reader = formatLocale('fa', { calendar: 'gregorian', timeZone: 'UTC' });
    const month = [Date.UTC(2026, 10, 1), Date.UTC(2026, 11, 1)] as const;
    expect(periodLabel('month', ...month, reader)).toBe('۱۰ آبان تا ۹ آذر ۱۴۰۵');
  });

  it('names a month in the calendar of the organisation', () => {
    expect(periodLabel('month', from, to, fa)).toBe('آذر ۱۴۰۵');
    expect(periodLabel('month', from, to, enJalali)).toBe('Azar 1405');
    const november = [Date.UTC(2026, 10, 1), Date.UTC(2026, 11, 1)] as const;
    expect(periodLabel('month', ...november, en)).toBe('November 2026');
    expect(periodLabel('week', Date.UTC(2026, 10, 23), Date.UTC(2026, 10, 30), en)).toBe(
      '23 to 29 November',
    );
    expect(periodLabel('quarter', Date.UTC(2026, 9, 1), Date.UTC(2027, 0, 1), en)).toBe(
      'October to December 2026',
    );
    expect(periodLabel('all', null, null, en)).toBe('');
  });

  it('writes clock, date and duration in the reader’s digits', () => {
    const instant = Date.parse('2026-11-24T07:12:00Z');
    expect(clock(instant, fa)).toBe('۱۰:۴۲');
    expect(clock(Date.parse('2026-11-24T00:05:00Z'), en)).toBe('00:05');
    expect(fullDate(instant, fa)).toBe('سه‌شنبه ۳ آذر ۱۴۰۵');
    expect(duration(84.6, en)).toBe('84\u00a0ms');
    expect(duration(1_250, fa)).toBe('۱٫۲\u00a0ثانیه');
  });
});

describe('names', () => {
  it('are text whatever a CRM sends', () => {
    expect(cleanText('<b>Eve</b>\u202e\u0007 Mallory ')).toBe('<b>Eve</b> Mallory');
    expect(cleanText('x'.repeat(500))).toHaveLength(60);
    expect(displayName({ name: 'Sara', names: { fa: 'سارا' } }, 'fa')).toBe('سارا');
    expect(displayName({ name: '\u202e' }, 'en')).toBe('–');
  });

  it('become one Persian letter or two Latin initials', () => {
    expect(monogram('سارا کریمی', 'fa')).toBe('س');
    expect(monogram('Sara Karimi', 'en')).toBe('SK');
    expect(monogram('Omid Navid', 'fa')).toBe('O');
    expect(monogram('🦊', 'en')).toBe('🦊');
  });
});
