import type { PayPeriodAnswer } from '@ovation/protocol';
import { noonOf } from '../desk/typed-date.ts';
import {
  boardScale,
  dayMonth,
  exact,
  exactAmount,
  longDate,
  longUnit,
  moneyOf,
  periodLabel,
  scaledText,
  shiftedExactly,
  wholeDigits,
  type FormatLocale,
  type Scale,
} from '../format/index.ts';
import { sumOf } from './sum.ts';

const DAY_MS = 86_400_000;

/** The days of pay are dates without a zone: read and written at noon of UTC. */
const ofDates = (place: FormatLocale): FormatLocale => ({ ...place, timeZone: 'UTC' });

/** `November 2026`; `from` and `to` are ISO dates, `to` the first one after it. */
export function payPeriodName(
  { from, to, kind }: Pick<PayPeriodAnswer, 'from' | 'to' | 'kind'>,
  place: FormatLocale,
): string {
  return periodLabel(kind, noonOf(from), noonOf(to) - DAY_MS, ofDates(place));
}

/**
 * The names of periods that follow each other, `ids` being their first dates, the newest first.
 * Each ends where the next one begins; the newest ends at `end`, an ISO date.
 */
export function periodNames(
  ids: readonly string[],
  kind: PayPeriodAnswer['kind'],
  end: string | null,
  place: FormatLocale,
): ReadonlyMap<string, string> {
  return new Map(
    ids.map((from, index) => {
      const to = ids[index - 1] ?? end;
      const name = to === null ? dayOf(from, place) : payPeriodName({ from, to, kind }, place);
      return [from, name];
    }),
  );
}

/** An ISO date in full. */
export const dayOf = (iso: string, place: FormatLocale): string =>
  longDate(noonOf(iso), ofDates(place));

/** The day and month of an ISO date: `24 November`. */
export const dateOf = (iso: string, place: FormatLocale): string =>
  dayMonth(noonOf(iso), ofDates(place));

/** All digits of a sum with its currency: `1,284.50 USD`. */
export const moneyIn = (amount: string, currency: string, place: FormatLocale): string =>
  exactAmount(written(amount, currency), moneyOf(currency), place);

/** Currencies whose minor unit is only on paper: nobody writes it where it is nothing. */
const WHOLE: ReadonlySet<string> = new Set(['IRR']);
const written = (amount: string, currency: string): string =>
  WHOLE.has(currency) ? amount.replace(/\.0+$/, '') : amount;

/** The same of an exact number of a trace: what is less than a cent is cut off. */
export function exactMoneyIn(text: string, currency: string, place: FormatLocale): string {
  const CENT_PLACES = 2;
  const [head = '0', tail] = decimalOf(text, CENT_PLACES).split('.');
  const amount = tail === undefined ? head : `${head}.${tail.padEnd(CENT_PLACES, '0')}`;
  return moneyIn(amount, currency, place);
}

/** An exact number of a trace as money, before it is rounded: `12.3456 USD`. */
export const unroundedIn = (text: string, currency: string, place: FormatLocale): string =>
  exactAmount(decimalOf(text), moneyOf(currency), place);

/** The least sum in cents that is no less than an exact number of a trace. */
export function centsUp(text: string): string {
  const CENT_PLACES = 2;
  const cut = decimalOf(text, CENT_PLACES);
  const FINER = 12;
  if (Number(decimalOf(text, FINER)) <= Number(cut)) return cut;
  return sumOf([cut, '0.01']);
}

const SHOWN_PLACES = 4;

/**
 * An exact number of a trace, a decimal or a fraction such as `1/3`, as a decimal: cut off behind
 * `places`, trailing zeros gone. Only to look at; nothing is reckoned with it.
 */
export function decimalOf(text: string, places = SHOWN_PLACES): string {
  const [top = '0', bottom = '1'] = text.split('/');
  const digits = (part: string) => (part.split('.')[1] ?? '').length;
  const scale = Math.max(digits(top), digits(bottom));
  const whole = (part: string) => {
    const [head = '0', tail = ''] = part.split('.');
    return BigInt(`${head}${tail.padEnd(scale, '0')}`);
  };
  const under = whole(bottom);
  if (under === 0n) return '0';
  const value = (whole(top) * 10n ** BigInt(places)) / under;
  const sign = value < 0n ? '-' : '';
  const plain = String(value < 0n ? -value : value).padStart(places + 1, '0');
  const cut = `${plain.slice(0, -places)}.${plain.slice(-places)}`;
  return `${sign}${cut.replace(/\.?0+$/, '')}`;
}

/** A number of a trace as a reader writes it. */
export const numberOf = (text: string, place: FormatLocale): string =>
  exact(decimalOf(text), place);

/** A share as percent: `0.075` is `7.5 %`. */
export function percentOf(share: string, place: FormatLocale): string {
  const [top = '0', bottom] = share.split('/');
  const PER_CENT_PLACES = 2;
  const [head = '0', tail = ''] = top.split('.');
  const padded = tail.padEnd(PER_CENT_PLACES, '0');
  const shifted = `${head}${padded.slice(0, PER_CENT_PLACES)}.${padded.slice(PER_CENT_PLACES)}0`;
  const text = decimalOf(bottom === undefined ? shifted : `${shifted}/${bottom}`);
  return exactAmount(text, { kind: 'percent', scale: 2 }, place);
}

/** How the sums of one column are written: one magnitude, told once above it. */
export interface ColumnScale extends Pick<Scale, 'power' | 'unitPower'> {
  /** Digits behind the point; `null`: as they stand. */
  readonly decimals: number | null;
}

/** Digits of a whole amount that are written out: above it a column has a magnitude. */
const WRITTEN_OUT = 6;

/** The scale of a column: every digit where there is room, else the same magnitude for all. */
export function columnScale(
  amounts: readonly string[],
  currency: string,
  place: FormatLocale,
): ColumnScale {
  const { power, decimals, ...shown } = boardScale(amounts, moneyOf(currency), place);
  const written = amounts.map((amount) => shiftedExactly(amount, shown.unitPower ?? 0));
  const digits = Math.max(1, ...written.map(wholeDigits));
  const parts = written.some((amount) => amount.includes('.'));
  if (digits <= WRITTEN_OUT) return { power: 0, decimals: parts ? null : 0, ...shown };
  return { power, decimals: Math.max(1, decimals), ...shown };
}

/** A sum in its column. */
export function inColumn(amount: string, scale: ColumnScale, place: FormatLocale): string {
  const { decimals, unitPower } = scale;
  if (decimals !== null) return exact(scaledText(amount, { ...scale, decimals }), place);
  return exact(unitPower === undefined ? amount : shiftedExactly(amount, unitPower), place);
}

/** The same without zeros behind the point, for the edges of tiers. */
export const edgeInColumn = (amount: string, scale: ColumnScale, place: FormatLocale): string =>
  exact(decimalOf(scaledText(amount, { ...scale, decimals: SHOWN_PLACES })), place);

/** What a column is in: `thousand USD`. */
export const unitText = (scale: ColumnScale, currency: string, place: FormatLocale): string =>
  longUnit(moneyOf(currency), { ...scale, decimals: scale.decimals ?? 0 }, place);
