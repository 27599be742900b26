import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';

/** Whoever has the most at the end (or the least, of what is better lower). */
export const highest: ContestKind<Extract<ContestRules, { kind: 'highest' }>> = {
  score: (play, player) => plainScore(play, player),
};
