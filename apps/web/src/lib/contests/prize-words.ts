import type { AwardItem, ContestAnswer } from '@ovation/protocol';
import { prizeText } from '../contest/pieces.ts';
import { integer, type FormatLocale } from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

type Prize = NonNullable<ContestAnswer['definition']['prizes']>[number];

/** What is won, in the reader's words. */
export const wonText = (item: AwardItem | null, tr: DeskTranslator, place: FormatLocale): string =>
  prizeText(
    item,
    {
      points: (values) => tr.t('nPoints', values),
      badge: tr.t('aBadge'),
      partOfPot: tr.t('partOfPot'),
    },
    place,
  );

/** For whom a prize is, in the reader's words. */
export function prizeFor({ for: whom }: Prize, tr: DeskTranslator, place: FormatLocale): string {
  const n = (value: number) => integer(value, place);
  switch (whom.to) {
    case 'ranks':
      if (whom.from === whom.until) return tr.t('prizePlace', { n: n(whom.from) });
      return tr.t('prizePlaces', { from: n(whom.from), until: n(whom.until) });
    case 'reached':
      return whom.step === undefined
        ? tr.t('prizeReached')
        : tr.t('prizeStep', { n: n(whom.step) });
    case 'each_time':
      return tr.t('prizeEach');
    case 'drawn':
      return tr.t('prizeDrawn', { count: whom.winners, n: n(whom.winners) });
    case 'pot':
      if (whom.percents === 'by_score') return tr.t('prizePotByScore');
      return tr.t('prizePotShares', { percents: whom.percents.map(n).join(' / ') });
  }
}
