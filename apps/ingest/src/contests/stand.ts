import {
  graceEnd,
  outOf,
  seedUsedFrom,
  readerUntil,
  standContest,
  withheldIn,
  freezeContest,
  type ContestFacts,
  type ContestFrozen,
  type ContestStanding,
  type ContestState,
  type Instant,
} from '@ovation/domain';
import { readSeeds } from '@ovation/store';
import type { Book } from '../figures/book.ts';
import { historyOf, readFloor, type ContestFloor } from './floor.ts';

/** A contest worked out, with what it was worked out from. */
export interface Stood {
  readonly standing: ContestStanding;
  readonly frozen: ContestFrozen;
  readonly floor: ContestFloor;
}

/** Late events are heard until the grace ends; sudden death looks at what came within it. */
const READ_BEYOND_MS = 1;

/**
 * How a contest stands at an instant by the log up to `known` (all of it unless said). Before it
 * has started, those
 * who would take part are shown. Nothing is drawn without the seed.
 */
export async function standNow(
  book: Book,
  state: ContestState,
  options: { readonly at: Instant; readonly known?: number; readonly seed?: string | null },
): Promise<Stood> {
  const { definition } = state;
  const { known } = options;
  const floor = await readFloor(book, {
    contest: definition,
    from: historyOf(definition),
    to: graceEnd(definition) + READ_BEYOND_MS,
    ...(known === undefined ? {} : { known }),
  });
  // The log's clock stands still while nothing happens; contests end all the same.
  const reader = readerUntil(floor.reader, Math.max(options.at, floor.reader.clock));
  const frozen = state.frozen ?? freezeContest(definition, reader);
  const facts = factsOf(state, frozen, options.seed ?? null);
  return { standing: standContest(definition, facts, reader), frozen, floor };
}

/** The same contest after something was given to its floor or taken from it. */
export function standAgain(
  state: ContestState,
  { frozen, floor }: Stood,
  { at, seed }: { readonly at: Instant; readonly seed: string | null },
): ContestStanding {
  const reader = readerUntil(floor.reader, Math.max(at, floor.reader.clock));
  return standContest(state.definition, factsOf(state, frozen, seed), reader);
}

/** What was said of a contest, for whoever works it out. */
export function factsOf(
  state: ContestState,
  frozen: ContestFrozen,
  seed: string | null,
): ContestFacts {
  const members = frozen.entrants.flatMap((one) => one.members);
  return {
    frozen,
    pauses: state.pauses,
    out: outOf(state, members),
    withheld: withheldIn(state),
    seed,
  };
}

/** The seed of a contest, once it may be used; `null` before and where nothing is drawn. */
export async function seedOf(
  book: Book,
  { definition, result }: ContestState,
  now: number,
): Promise<string | null> {
  if (result?.seed !== undefined) return result.seed;
  if (now < seedUsedFrom(definition)) return null;
  return (await readSeeds(book.sql, book.orgId)).get(definition.id) ?? null;
}
