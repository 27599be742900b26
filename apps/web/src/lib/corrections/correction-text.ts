import { starterUnit } from '@ovation/domain';
import type { CorrectionAnswer, CountedAnswer, EffectAnswer, EventLine } from '@ovation/protocol';
import { boardName } from '../boards/board-name.ts';
import { money } from '../desk/standing.ts';
import { activityName, wordFor } from '../figures/names.ts';
import {
  cleanText,
  dayMonth,
  displayName,
  inUnit,
  integer,
  percent,
  type FormatLocale,
} from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

const comma = (tr: DeskTranslator): string => (tr.language === 'fa' ? '، ' : ', ');

const joined = (parts: readonly string[], tr: DeskTranslator): string =>
  parts.filter((part) => part !== '').join(comma(tr));

const sumOf = (amount: CountedAnswer['amount'], locale: FormatLocale): string =>
  amount ? money(amount.amount, starterUnit('revenue', amount.currency), locale) : '';

/** An event in a line: what, of whom, how much, when. */
export function lineOf(
  event: Pick<EventLine, 'type' | 'activity' | 'account' | 'amount' | 'occurredAt'>,
  tr: DeskTranslator,
  locale: FormatLocale,
): string {
  const kind =
    event.activity === null
      ? (wordFor('event', event.type, tr) ?? tr.t('eventOther'))
      : activityName(event.activity, tr);
  const account = event.account === null ? '' : cleanText(event.account);
  const day = dayMonth(Date.parse(event.occurredAt), locale);
  return joined([kind, account, sumOf(event.amount, locale), day], tr);
}

/** How an event counts: for how much and for whom. */
export function countedText(
  counted: CountedAnswer,
  tr: DeskTranslator,
  locale: FormatLocale,
): string {
  if (counted.credits.length === 0) return tr.t('countsNoMore');
  const people = counted.credits.map(({ person, share }) => {
    const name = displayName(person, tr.language);
    const part = shareNumber(share);
    return part < 1 ? `${name} ${percent(part, locale)}` : name;
  });
  return joined([sumOf(counted.amount, locale), ...people], tr);
}

export function shareNumber(share: string): number {
  const [over, under = '1'] = share.split('/');
  return Number(over) / Number(under);
}

/** What somebody wants changed, in a sentence. */
export function changeText(
  { change, event, named }: CorrectionAnswer,
  tr: DeskTranslator,
  locale: FormatLocale,
): string {
  const nameOf = (id: string) =>
    displayName(named.find((one) => one.id === id) ?? { name: id }, tr.language);
  switch (change.kind) {
    case 'amend': {
      const before = sumOf(event.amount, locale);
      return tr.t('changeAmend', { amount: sumOf(change.amount, locale), before });
    }
    case 'reassign':
      return tr.t('changeReassign', { name: nameOf(change.person) });
    case 'split': {
      const names = change.credits.map(
        ({ person, share }) => `${nameOf(person)} ${percent(shareNumber(share), locale)}`,
      );
      return tr.t('changeSplit', { names: names.join(comma(tr)) });
    }
    case 'withdraw':
      return tr.t('changeWithdraw');
  }
}

/** The name of what an effect is on: a board, or a contest. */
export function effectName(effect: EffectAnswer, tr: DeskTranslator, locale: FormatLocale): string {
  if (effect.kind === 'contest' || effect.metric === null || effect.period === null) {
    return displayName(effect, tr.language);
  }
  const { metric, period, of, name, names } = effect;
  return boardName({ metric, period, of, name, names }, { id: metric }, tr, locale);
}

/** Rank and value on one side of a correction. */
export function placeText(
  effect: EffectAnswer,
  side: 'before' | 'after',
  tr: DeskTranslator,
  locale: FormatLocale,
): { readonly rank: string; readonly value: string } {
  const { rank, value } = effect[side];
  return {
    rank: rank === null ? tr.t('notRanked') : integer(rank, locale),
    value: value === null ? '–' : inUnit(value, effect.unit, locale),
  };
}
