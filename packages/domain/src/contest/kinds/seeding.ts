import { drawOrder } from '../draw.ts';
import type { ContestDefinition, ContestRules, EntrantId } from '../definition.ts';
import type { Play } from '../play.ts';
import type { DrawResult } from '../standing.ts';

type Seeded = Extract<ContestRules, { seeding: string }>;

/** Entrants from the first seed to the last; a lot is drawn once the seed of the draw is known. */
export interface Seeds {
  /** `null`: not drawn yet. */
  readonly order: readonly EntrantId[] | null;
  readonly draw?: DrawResult;
}

export function seedsOf({ rules, contest, players, facts }: Play<Seeded>): Seeds {
  const ids = players.map(({ id }) => id);
  if (rules.seeding === 'draw') {
    if (facts.seed === null) return { order: null };
    const draw = drawOrder(facts.seed, ids);
    return { order: draw.drawn.map(([, entrant]) => entrant), draw };
  }
  if (rules.seeding === 'hand') {
    const places = new Map(handOrder(contest).map((id, place) => [id, place]));
    const placeOf = (id: EntrantId) => places.get(id) ?? places.size;
    return { order: [...ids].sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1)) };
  }
  const usual = new Map(players.map(({ id, baseline }) => [id, baseline]));
  return {
    order: [...ids].sort((a, b) => compare(usual.get(b), usual.get(a)) || (a < b ? -1 : 1)),
  };
}

const handOrder = ({ of, who }: ContestDefinition): readonly EntrantId[] =>
  (of === 'people' ? who.people : of === 'teams' ? who.teams : who.squads?.map(({ id }) => id)) ??
  [];

/** Who has nothing to go by comes after everybody else. */
function compare(a: bigint | null | undefined, b: bigint | null | undefined): number {
  const [left, right] = [a ?? null, b ?? null];
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? -1 : 1;
  return left < right ? -1 : 1;
}
