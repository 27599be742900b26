import { describe, expect, it } from 'vitest';
import { sameNumber, typedNumber } from './typed-number.ts';

describe('typedNumber', () => {
  it.each([
    ['1250', '1250'],
    ['1,250,000', '1250000'],
    ['۱٬۲۵۰٬۰۰۰', '1250000'],
    ['٣٤٫٥', '34.5'],
    ['۱۲،۵', '12.5'],
    ['۱،۲۵۰،۰۰۰', '1250000'],
    ['1 250.50', '1250.50'],
    ['\u2068۱۲\u2069', '12'],
    ['007', '7'],
    ['0.5', '0.5'],
    ['', ''],
    ['  ', ''],
    ['twelve', null],
    ['1.2.3', null],
    ['12,5', null],
    ['9999999999999999', null],
  ])('reads %j as %j', (text, value) => {
    expect(typedNumber(text)).toBe(value);
  });
});

describe('sameNumber', () => {
  it.each([
    ['1200', '1200.00', true],
    ['1200', '12000', false],
    ['0.50', '0.5', true],
    [null, '0', false],
    [null, null, true],
  ])('%j and %j: %j', (one, other, same) => {
    expect(sameNumber(one, other)).toBe(same);
  });
});
