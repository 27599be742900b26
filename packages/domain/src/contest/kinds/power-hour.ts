import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';

/** The most in certain hours; `playOf` leaves all other time out of the spans that count. */
export const powerHour: ContestKind<Extract<ContestRules, { kind: 'power_hour' }>> = {
  score: (play, player) => plainScore(play, player),
};
