import { floorPercent } from '@ovation/domain';
import type { FormatLocale } from './locale.ts';

/** Numbers are written digit by digit from exact decimal strings: no float, no rounding up. */
export const MINUS = '\u2212';
const NBSP = '\u00a0';
const PERSIAN_ZERO = 0x06f0;
const FIRST_COUNTER = 3;

/** The same text with the reader's digits. */
export function inDigits(text: string, locale: FormatLocale): string {
  if (locale.digits === 'latin') return text;
  return text.replace(/\d/g, (digit) => String.fromCharCode(PERSIAN_ZERO + Number(digit)));
}

/** Western digits again, for what a reader typed. */
export function latinDigits(text: string): string {
  return text
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - PERSIAN_ZERO))
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/\u066b/g, '.')
    .replace(/[\u066c\u060c]/g, ',');
}

/** An exact decimal string with grouped digits; U+2212 for minus. */
export function exact(text: string, locale: FormatLocale): string {
  const negative = text.startsWith('-');
  const [whole = '0', fraction] = (negative ? text.slice(1) : text).split('.');
  const persian = locale.digits === 'persian';
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, persian ? '\u066c' : ',');
  const digits = fraction ? `${grouped}${persian ? '\u066b' : '.'}${fraction}` : grouped;
  return `${negative ? MINUS : ''}${inDigits(digits, locale)}`;
}

/**
 * `value / 10 ** power` with at most `decimals` digits after the point, cut toward zero, as a
 * decimal string: 999,999 is shown as 999 thousand, never as a million.
 */
export function shifted(value: string, power: number, decimals: number): string {
  const negative = value.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? value.slice(1) : value).split('.');
  const digits = whole.padStart(power + 1, '0');
  const head = digits.slice(0, digits.length - power).replace(/^0+(?=\d)/, '');
  const tail = `${digits.slice(digits.length - power)}${fraction}`.padEnd(decimals, '0');
  const text = decimals > 0 ? `${head}.${tail.slice(0, decimals)}` : head;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

/** `value / 10 ** power` with every digit of it; zeros that say nothing are left out. */
export function shiftedExactly(value: string, power: number): string {
  const places = (value.split('.')[1] ?? '').length + power;
  const text = shifted(value, power, places);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `value * 10 ** power` with every digit of it. */
export function raisedExactly(value: string, power: number): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const digits = fraction.padEnd(power, '0');
  const head = `${whole}${digits.slice(0, power)}`.replace(/^(-?)0+(?=\d)/, '$1');
  return shiftedExactly(`${head}.${digits.slice(power)}0`, 0);
}

/** A float for looking at, cut toward zero. */
export function decimal(value: number, places: number, locale: FormatLocale): string {
  const factor = 10 ** places;
  const cut = Math.trunc(value * factor + Math.sign(value) * 1e-9) / factor;
  return exact((cut === 0 ? 0 : cut).toFixed(places), locale);
}

export const integer = (value: number, locale: FormatLocale): string =>
  exact(String(Math.trunc(value)), locale);

/** With its sign, for changes: +3, −2, 0. */
export function signed(text: string, locale: FormatLocale): string {
  const positive = !text.startsWith('-') && /[1-9]/.test(text);
  return `${positive ? '+' : ''}${exact(text, locale)}`;
}

/** Whole percent, floored: 99.6 % is never shown as 100 %. */
export function percent(share: number, locale: FormatLocale): string {
  const number = integer(floorPercent(share), locale);
  return locale.language === 'fa' ? `${number}٪` : `${number}${NBSP}%`;
}

/** Digits in the whole part of a decimal string's magnitude. */
export function wholeDigits(value: string): number {
  const whole = value.replace('-', '').split('.')[0] ?? '0';
  return whole.replace(/^0+(?=\d)/, '').length;
}

/** The power of a thousand that leaves at most `room` digits before the point. */
export function powerFor(digits: number, room: number): number {
  let power = 0;
  while (digits - power > room && power < 12) power += FIRST_COUNTER;
  return power;
}
