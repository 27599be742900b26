import { scaledOf } from '../counted.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, type ContestKind, type Score } from '../kind.ts';
import { unitOf, type Unit } from '../../metric.ts';
import type { Play } from '../play.ts';
import type { Scaled } from '../../types.ts';

type Rules = Extract<ContestRules, { kind: 'pot' }>;

/** Whoever leads gets parts of a pot that grows with everything that anybody adds. */
export const pot: ContestKind<Rules> = {
  score: (play, player) => plainScore(play, player),
  besides: (play, scores) => ({ total: potOf(play, scores), totalUnit: moneyOf(play) }),
};

const moneyOf = ({ reader }: Play): Unit => unitOf({ unit: 'money' }, reader.currency);

/** Digits to which `per` may be finer than the smallest coin. */
const FINE = 6;

/** The pot in minor units: what it began with and `per` for each whole unit of all together. */
function potOf({ rules, counted, reader }: Play<Rules>, scores: readonly Score[]): Scaled {
  const { scale } = unitOf({ unit: 'money' }, reader.currency);
  const all = scores.reduce((sum, { raw }) => sum + raw, 0n);
  const units = all > 0n ? all / 10n ** BigInt(counted.unit.scale) : 0n;
  const per = scaledOf(rules.per, scale + FINE) ?? 0n;
  const start = scaledOf(rules.start, scale) ?? 0n;
  const size = start + (per * units) / 10n ** BigInt(FINE);
  const most = scaledOf(rules.most, scale);
  return most !== null && size > most ? most : size;
}
