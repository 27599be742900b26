import { saveContest } from '@ovation/store';
import type { PublishDuel } from './duels.ts';

/** A duel draws nothing, so its contest needs no commitment. */
export const publishDuel: PublishDuel = async (tx, orgId, words, definition, now) => {
  await saveContest(tx, orgId, {
    ...words,
    id: definition.id,
    definition,
    publishedAt: now,
    cancelledAt: null,
    parentId: null,
  });
  return { type: 'contest.published', contest: definition.id, definition, commitment: null };
};
