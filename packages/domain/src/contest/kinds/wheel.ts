import { countOf } from '../counting.ts';
import { scaledOf } from '../counted.ts';
import type { ContestRules } from '../definition.ts';
import { drawTickets, spinOf } from '../draw.ts';
import { plainScore, type ContestKind } from '../kind.ts';
import { MULTIPLIER_ONE } from '../play.ts';
import { roundRatio } from '../ratio.ts';
import { graceEnd } from '../state.ts';
import type { EventKey } from '../../types.ts';

type Rules = Extract<ContestRules, { kind: 'wheel' }>;

/** Each event that scores spins a wheel and counts so many times; everybody it credits alike. */
export const wheel: ContestKind<Rules> = {
  score(play, player) {
    const { seed } = play.facts;
    if (seed === null || !play.counted.addsUp) return plainScore(play, player);
    const spins = new Map<EventKey, string>();
    const weights = play.rules.faces.map((face) => face.weight);
    const multiplier = (fact: EventKey): bigint => {
      const face = play.rules.faces[spinOf(seed, fact, weights)]!;
      spins.set(fact, face.factor);
      return scaledOf(face.factor, MULTIPLIER_DIGITS) ?? MULTIPLIER_ONE;
    };
    const plain = countOf(play, player, { capped: false });
    const count = countOf(play, player, { multiplier });
    return plainScore(play, player, count, {
      raw: plain.raw === null ? 0n : roundRatio(plain.raw),
      spins: [...spins],
    });
  },
  besides(play, scores) {
    const spins = new Map(scores.flatMap((one) => one.spins ?? []));
    const ordered = [...spins].sort(([a], [b]) => (a < b ? -1 : 1));
    const { seed } = play.facts;
    if (seed === null || play.reader.clock < graceEnd(play.contest)) return { spins: ordered };
    // No event can be made up for the seed any more: it is told, so that anybody can check it.
    return { spins: ordered, draw: drawTickets(seed, [], 0) };
  },
  turns: ({ contest }) => [graceEnd(contest)],
};

const MULTIPLIER_DIGITS = 6;
