import { countOf } from '../counting.ts';
import type { ContestRules } from '../definition.ts';
import { drawTickets } from '../draw.ts';
import { plainScore, type ContestKind, type Score } from '../kind.ts';
import { ruleValue, type Play } from '../play.ts';
import { byId } from '../ranking.ts';
import { timesIn } from './every.ts';

type Rules = Extract<ContestRules, { kind: 'raffle' }>;

/** Every so much is a ticket; tickets are drawn after the end, once the seed is known. */
export const raffle: ContestKind<Rules> = {
  score(play, player) {
    const ticket = ruleValue(play, play.rules.ticket);
    const count = countOf(play, player);
    return plainScore(play, player, count, timesIn(count.value, ticket, play.rules.most));
  },
  besides(play, scores) {
    const draw = drawOf(play, scores);
    return draw === null ? {} : { draw };
  },
};

function drawOf({ contest, facts, reader }: Play<Rules>, scores: readonly Score[]) {
  if (facts.seed === null || reader.clock < contest.to) return null;
  const tickets = scores
    .filter((one) => one.placed && one.reached > 0)
    .sort(byId)
    .map(({ player, reached }) => [player.id, reached] as const);
  return drawTickets(facts.seed, tickets, winnersOf(contest));
}

/** How many tickets all prizes together draw. */
const winnersOf = ({ prizes }: Play['contest']): number =>
  prizes.reduce((sum, { for: whom }) => sum + (whom.to === 'drawn' ? whom.winners : 0), 0);
