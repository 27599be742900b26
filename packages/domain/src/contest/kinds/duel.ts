import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';

/** One against one: whoever has more at the end. */
export const duel: ContestKind<Extract<ContestRules, { kind: 'duel' }>> = {
  score: (play, player) => plainScore(play, player),
};
