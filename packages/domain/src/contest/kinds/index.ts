import type { ContestDefinition, ContestKindName, ContestRules } from '../definition.ts';
import type { ContestKind } from '../kind.ts';
import { allWhoReach } from './all-who-reach.ts';
import { bingo } from './bingo.ts';
import { bracket } from './bracket.ts';
import { collective } from './collective.ts';
import { duel } from './duel.ts';
import { elimination } from './elimination.ts';
import { every } from './every.ts';
import { firstTo } from './first-to.ts';
import { highest } from './highest.ts';
import { league } from './league.ts';
import { mostImproved } from './most-improved.ts';
import { percentOfTarget } from './percent-of-target.ts';
import { pot } from './pot.ts';
import { powerHour } from './power-hour.ts';
import { raffle } from './raffle.ts';
import { relay } from './relay.ts';
import { streak } from './streak.ts';
import { teams } from './teams.ts';
import { tiers } from './tiers.ts';
import { wheel } from './wheel.ts';

type Kinds = {
  readonly [K in ContestKindName]: ContestKind<Extract<ContestRules, { kind: K }>>;
};

/** Every kind of contest. One that is missing here does not compile. */
export const CONTEST_KINDS: Kinds = {
  highest,
  first_to: firstTo,
  all_who_reach: allWhoReach,
  tiers,
  every,
  percent_of_target: percentOfTarget,
  most_improved: mostImproved,
  teams,
  collective,
  power_hour: powerHour,
  duel,
  bracket,
  league,
  elimination,
  raffle,
  wheel,
  bingo,
  streak,
  relay,
  pot,
};

/** The kind of a contest, for plays of that contest only. */
export const kindOf = ({ rules }: Pick<ContestDefinition, 'rules'>): ContestKind =>
  CONTEST_KINDS[rules.kind] as unknown as ContestKind;
