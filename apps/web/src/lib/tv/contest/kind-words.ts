import type { Unit } from '@ovation/domain';
import type { ContestCard } from '@ovation/protocol';
import { inUnit } from '../../format/index.ts';
import type { Wall } from '../wall.svelte.ts';

/** How somebody wins, in one line: with its goal where it has one. */
export function kindWords(card: ContestCard, wall: Wall): string {
  const { t } = wall.i18n;
  const unit: Unit = wall.contests.board(card.id)?.view?.meta.unit ?? { kind: 'count', scale: 6 };
  const goal = inUnit(card.goal ?? '0', unit, wall.locale);
  switch (card.kind) {
    case 'first_to':
      return t('kind_first_to', { goal });
    case 'all_who_reach':
      return t('kind_all_who_reach', { goal });
    case 'collective':
      return t('kind_collective', { goal });
    default:
      return t(`kind_${card.kind}`);
  }
}
