import type { PrizeWords } from '../../contest/pieces.ts';
import type { Wall } from '../wall.svelte.ts';

/** What prizes are called on this wall. */
export const prizeWords = ({ i18n: { t } }: Wall): PrizeWords => ({
  points: (values) => t('points', values),
  badge: t('aBadge'),
  partOfPot: t('partOfPot'),
});
