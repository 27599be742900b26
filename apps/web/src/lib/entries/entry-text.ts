import { starterUnit } from '@ovation/domain';
import type { EntryAnswer } from '@ovation/protocol';
import { money } from '../desk/standing.ts';
import { activityName } from '../figures/names.ts';
import { cleanText, type FormatLocale } from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

type Said = Pick<EntryAnswer, 'kind' | 'activity' | 'account' | 'amount'>;

/** What was entered, without its customer: `Call`, `Deal won, 4,500 USD`. */
export function entryWord(entry: Said, tr: DeskTranslator): string {
  return entry.kind === 'activity' && entry.activity !== null
    ? activityName(entry.activity, tr)
    : tr.t('logDeal');
}

export const entrySum = (entry: Said, locale: FormatLocale): string =>
  entry.amount
    ? money(entry.amount.amount, starterUnit('revenue', entry.amount.currency), locale)
    : '';

/** The same in a line, with its customer. */
export function entryLine(entry: Said, tr: DeskTranslator, locale: FormatLocale): string {
  const account = entry.account === null ? '' : cleanText(entry.account);
  const comma = tr.language === 'fa' ? '، ' : ', ';
  return [entryWord(entry, tr), account, entrySum(entry, locale)]
    .filter((part) => part !== '')
    .join(comma);
}

/** How a state is called, and how its chip looks. */
export const ENTRY_STATES = {
  waiting: { key: 'stateWaiting', chip: 'behind' },
  counted: { key: 'stateCounted', chip: 'line' },
  declined: { key: 'stateDeclined', chip: 'bad' },
  withdrawn: { key: 'stateWithdrawn', chip: 'off' },
} as const;
