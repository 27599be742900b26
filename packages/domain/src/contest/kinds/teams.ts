import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind } from '../kind.ts';
import { isOut } from '../play.ts';

/** Team against team: what members have together, or for each of them. */
export const teams: ContestKind<Extract<ContestRules, { kind: 'teams' }>> = {
  score(play, player) {
    if (play.rules.by === 'sum' || isOut(player) || !play.counted.addsUp) {
      return plainScore(play, player);
    }
    const { n, d } = player.factor;
    const factor = { n, d: d * BigInt(player.members.length) };
    return plainScore(play, player, countOf(play, player, { factor }));
  },
};
