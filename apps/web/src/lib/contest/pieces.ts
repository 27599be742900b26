import type { ContestCard } from '@ovation/protocol';
import { inUnit, integer, type FormatLocale } from '../format/index.ts';
import { currencyExponent } from '@ovation/domain';

type Item = NonNullable<ContestCard['prizes'][number]['item']>;

/** Words that prizes need, in the language of the page. */
export interface PrizeWords {
  readonly points: (values: { count: number; n: string }) => string;
  readonly badge: string;
  readonly partOfPot: string;
}

/** What is won, in a few words: money in its currency, points, a badge, or the thing's own name. */
export function prizeText(item: Item | null, words: PrizeWords, locale: FormatLocale): string {
  if (item === null) return words.partOfPot;
  switch (item.kind) {
    case 'money': {
      const scale = currencyExponent(item.currency) ?? 2;
      return inUnit(item.amount, { kind: 'money', currency: item.currency, scale }, locale);
    }
    case 'points':
      return words.points({ count: item.points, n: integer(item.points, locale) });
    case 'badge':
      return words.badge;
    case 'thing':
      return item.names?.[locale.language] ?? item.name;
  }
}

/** The prize that speaks for all: that of the first place, else the first there is. */
export function mainPrize(prizes: ContestCard['prizes']): ContestCard['prizes'][number] | null {
  const first = prizes.find((prize) => prize.for.to === 'ranks' && prize.for.from === 1);
  return first ?? prizes[0] ?? null;
}
