import { starterUnit } from '@ovation/domain';
import type { FloorEventAnswer } from '@ovation/protocol';
import {
  clock,
  dateFormat,
  dayMonth,
  dayNumber,
  duration,
  type FormatLocale,
} from '../../format/index.ts';
import { activityName, wordFor } from '../../figures/names.ts';
import type { DeskTranslator } from '../../i18n/desk.ts';
import { shortMoney } from '../../desk/standing.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WEEK_MS = 7 * DAY_MS;

/** What happened last, in a word or two: `Deal 62 k`, `Call`. */
export function eventWord(
  event: FloorEventAnswer,
  tr: DeskTranslator,
  locale: FormatLocale,
): string {
  if (event.type === 'deal.won' && event.amount) {
    const unit = starterUnit('revenue', event.amount.currency);
    return tr.t('lastWon', { amount: shortMoney(event.amount.amount, unit, locale) });
  }
  if (event.activity !== null) return activityName(event.activity, tr);
  return wordFor('event', event.type, tr) ?? tr.t('eventOther');
}

/** How long ago, or on which day: `now`, `3 min`, `2 h`, `Wed 22`, `4 Mehr`. */
export function ageOf(iso: string, now: number, tr: DeskTranslator, locale: FormatLocale): string {
  const at = Date.parse(iso);
  const ms = Math.max(0, now - at);
  if (ms < MINUTE_MS) return tr.t('justNow');
  if (ms < DAY_MS) return duration(ms, locale);
  return ms < WEEK_MS ? `${weekday(at, locale)} ${dayNumber(at, locale)}` : dayMonth(at, locale);
}

const weekday = (at: number, locale: FormatLocale): string =>
  dateFormat(locale, { weekday: 'short' }).format(at);

/** Since when, in a sentence: today the clock, before that the day. */
export function sinceText(iso: string, now: number, locale: FormatLocale): string {
  const at = Date.parse(iso);
  return now - at < DAY_MS ? clock(at, locale) : dayMonth(at, locale);
}
