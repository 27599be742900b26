import type { ExplainAnswer, EventLine } from '@ovation/protocol';
import {
  cleanText,
  displayName,
  exact,
  longDate,
  percent,
  periodLabel,
  type FormatLocale,
} from '../format/index.ts';
import { activityName, periodName, wordFor } from '../figures/names.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

/** Whose number in which window: `Neda Safavi, Mehr 1405`. */
export function panelTitle(
  answer: ExplainAnswer,
  tr: DeskTranslator,
  locale: FormatLocale,
  organisation: string,
): string {
  const name = answer.entity ? displayName(answer.entity, tr.language) : organisation;
  return tr.t('explainOf', { name, period: windowName(answer, tr, locale) });
}

/** The name of the window: `Mehr 1405`, or of its kind where it has none. */
export function windowName(
  of: Pick<ExplainAnswer, 'period' | 'from' | 'to'>,
  tr: DeskTranslator,
  locale: FormatLocale,
): string {
  const from = of.from === null ? null : Date.parse(of.from);
  const to = of.to === null ? null : Date.parse(of.to);
  return periodLabel(of.period, from, to, locale) || periodName(of.period, tr, locale);
}

/** The line of an event: its account, its activity or what kind of event it is. */
export function eventText(event: EventLine, tr: DeskTranslator): string {
  if (event.account) return cleanText(event.account);
  if (event.activity) return activityName(event.activity, tr);
  if (event.deal) return cleanText(event.deal.slice(event.deal.indexOf('/') + 1));
  return eventKind(event, tr);
}

export const eventKind = (event: Pick<EventLine, 'type'>, tr: DeskTranslator): string =>
  wordFor('event', event.type, tr) ?? tr.t('eventOther');

/** A share as a fraction (`1/3`) or a decimal, in percent; whole ones say nothing. */
export function shareText(share: string | null, locale: FormatLocale): string {
  if (share === null) return '';
  const [over, under = '1'] = share.split('/');
  const part = Number(over) / Number(under);
  return Number.isFinite(part) ? percent(part, locale) : exact(share, locale);
}

export const shareOf = (share: string | null): number => {
  const [over, under = '1'] = (share ?? '1').split('/');
  return Number(over) / Number(under);
};

/** A date without a zone, at its noon. */
export const dateText = (isoDate: string, locale: FormatLocale): string =>
  longDate(Date.parse(`${isoDate.slice(0, 10)}T12:00:00Z`), locale);
