import type { Pace, Unit } from '@ovation/domain';
import {
  amount,
  decimal,
  heroScale,
  magnitude,
  scaledShort,
  type FormatLocale,
} from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

export type Side = 'ahead' | 'behind' | 'even';

/** A tenth of a day is the finest that is spoken of. */
const TENTH = 10;
const EVEN_BELOW = 0.1;

export const sideOf = (daysAhead: number): Side => {
  if (Math.abs(daysAhead) < EVEN_BELOW) return 'even';
  return daysAhead > 0 ? 'ahead' : 'behind';
};

/** Days with one decimal at most: 0.8, 4, 4.3. */
export function daysText(days: number, locale: FormatLocale): { text: string; count: number } {
  const count = Math.trunc(Math.abs(days) * TENTH + 1e-9) / TENTH;
  return { text: decimal(count, Number.isInteger(count) ? 0 : 1, locale), count };
}

/** "0.8 days behind", "on pace". */
export function standingText(daysAhead: number, tr: DeskTranslator, locale: FormatLocale): string {
  const side = sideOf(daysAhead);
  if (side === 'even') return tr.t('onPace');
  const { text, count } = daysText(daysAhead, locale);
  return tr.t(side === 'ahead' ? 'daysAhead' : 'daysBehind', { days: text, count });
}

/** An amount with the magnitude that suits it alone: `61 k USD`. */
export function money(value: string | number, unit: Unit, locale: FormatLocale): string {
  const text = typeof value === 'number' ? value.toFixed(unit.scale) : value;
  const shown = amount(text, unit, locale);
  return shown.unit ? `${shown.number}\u00a0${shown.unit}` : shown.number;
}

/** The same where the currency is named nearby: `61 k`. */
export function shortMoney(value: string | number, unit: Unit, locale: FormatLocale): string {
  const text = typeof value === 'number' ? value.toFixed(unit.scale) : value;
  const scale = heroScale([text], unit, locale);
  const size = magnitude(scale, locale);
  const shown = scaledShort(text, scale, locale);
  return size ? `${shown}\u00a0${size}` : shown;
}

/** What the rest of the period asks for. */
export function needText(
  pace: Pace,
  missing: number,
  unit: Unit,
  tr: DeskTranslator,
  locale: FormatLocale,
): { key: 'needPerDay' | 'needToday' | 'timeOver' | 'over'; parts: ReturnType<typeof tr.parts> } {
  const sum = money(Math.abs(missing), unit, locale);
  if (missing <= 0) return { key: 'over', parts: tr.parts('over', { amount: sum }) };
  if (pace.neededPerDay === undefined) {
    return { key: 'timeOver', parts: tr.parts('timeOver', { amount: sum }) };
  }
  if (pace.daysLeft < 1) return { key: 'needToday', parts: tr.parts('needToday', { amount: sum }) };
  const { text, count } = daysText(pace.daysLeft, locale);
  const amountText = money(pace.neededPerDay, unit, locale);
  const params = { amount: amountText, days: text, count };
  return { key: 'needPerDay', parts: tr.parts('needPerDay', params) };
}
