import { starterUnit } from '@ovation/domain';
import type { EntryAnswer } from '@ovation/protocol';
import { money } from '../desk/standing.ts';
import { activityName } from '../figures/names.ts';
import { cleanText, duration, type FormatLocale } from '../format/index.ts';
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

/** The same with its customer. */
export const entryWhat = (entry: Said, tr: DeskTranslator): string =>
  joined([entryWord(entry, tr), accountOf(entry)], tr);

/** The same in a line, with its amount. */
export const entryLine = (entry: Said, tr: DeskTranslator, locale: FormatLocale): string =>
  joined([entryWord(entry, tr), accountOf(entry), entrySum(entry, locale)], tr);

const accountOf = ({ account }: Said): string => (account === null ? '' : cleanText(account));

const joined = (parts: readonly string[], tr: DeskTranslator): string =>
  parts.filter((part) => part !== '').join(tr.language === 'fa' ? '، ' : ', ');

const MINUTE_MS = 60_000;

/** How long something has waited; below a minute nobody counts. */
export function waitsFor(
  since: string,
  now: number,
  tr: DeskTranslator,
  locale: FormatLocale,
): string {
  const ms = now - Date.parse(since);
  return ms < MINUTE_MS ? tr.t('justNow') : tr.t('waitsFor', { time: duration(ms, locale) });
}

/** How a state is called, and how its chip looks. */
export const ENTRY_STATES = {
  waiting: { key: 'stateWaiting', chip: 'behind' },
  counted: { key: 'stateCounted', chip: 'line' },
  declined: { key: 'stateDeclined', chip: 'bad' },
  withdrawn: { key: 'stateWithdrawn', chip: 'off' },
} as const;
