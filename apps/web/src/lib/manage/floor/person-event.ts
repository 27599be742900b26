import { starterUnit } from '@ovation/domain';
import type { PersonEventAnswer } from '@ovation/protocol';
import { money } from '../../desk/standing.ts';
import { activityName, wordFor } from '../../figures/names.ts';
import { cleanText, type FormatLocale } from '../../format/index.ts';
import type { DeskTranslator } from '../../i18n/desk.ts';

type Event = Pick<PersonEventAnswer, 'type' | 'activity' | 'account' | 'amount'>;

/** One event in a line: what it was, of whom, how much. */
export function eventText(event: Event, tr: DeskTranslator, locale: FormatLocale): string {
  const kind =
    event.activity === null
      ? (wordFor('event', event.type, tr) ?? tr.t('eventOther'))
      : activityName(event.activity, tr);
  const account = event.account === null ? '' : cleanText(event.account);
  const sum = event.amount
    ? money(event.amount.amount, starterUnit('revenue', event.amount.currency), locale)
    : '';
  const comma = tr.language === 'fa' ? '، ' : ', ';
  return [kind, account, sum].filter((part) => part !== '').join(comma);
}
