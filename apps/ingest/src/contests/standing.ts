import {
  contestPhase,
  costOf,
  currencyExponent,
  formatScaled,
  resultChanges,
  resultOf,
  type Award,
  type ContestResult,
  type ContestStanding,
  type ContestState,
  type ResultAward,
  type Scaled,
} from '@ovation/domain';
import type {
  AwardItem,
  ContestAward,
  ContestChange,
  ContestMatch,
  ContestRow as Row,
  ContestStandingAnswer,
  Named,
} from '@ovation/protocol';
import { readContestStates } from '@ovation/store';
import type { Caller } from '../auth.ts';
import type { IngestDeps } from '../deps.ts';
import { openBook, type Book } from '../figures/book.ts';
import { textOf } from '../figures/board-page.ts';
import { stateOf } from './answers.ts';
import { heardUpTo } from './close.ts';
import { mustHave, notFound } from './drafts.ts';
import { namesIn } from './names.ts';
import { seedOf, standNow, type Stood } from './stand.ts';
import { iso } from './wire.ts';

/** Rows that reps and screens see, unless the contest says fewer. */
const ROWS_FOR_ALL = 10;

/** How a contest stands now; of a final one, its result with what would change it. */
export async function contestStanding(
  deps: IngestDeps,
  caller: Pick<Caller, 'orgId' | 'role' | 'personId'>,
  id: string,
): Promise<ContestStandingAnswer> {
  const { orgId } = caller;
  const row = await mustHave(deps, orgId, id);
  const state = stateOf(row, await readContestStates(deps.sql, orgId, [id]));
  if (!state) throw notFound();
  const book = await openBook(deps.sql, orgId);
  const now = deps.clock.now();
  const seed = await seedOf(book, state, now);
  const known = state.result === null ? {} : { known: state.result.asOf };
  const stood = await standNow(book, state, { at: now, seed, ...known });
  const names = namesOf(book, state, stood);
  const changes = writes(caller) ? await changesSince(book, state, { at: now, seed }) : [];
  const answer = standingAnswer(state, stood, { names, now, book });
  return { ...answer, ...seenBy(caller, state, answer), changes: changes.map(named(names, stood)) };
}

const writes = ({ role }: Pick<Caller, 'role'>): boolean => role !== 'rep' && role !== 'screen';

/** The best rows and one's own surroundings: nobody sees who is last. */
function seenBy(
  caller: Pick<Caller, 'role' | 'personId'>,
  { definition }: ContestState,
  { rows }: Pick<ContestStandingAnswer, 'rows'>,
): Pick<ContestStandingAnswer, 'rows'> {
  if (writes(caller)) return { rows };
  const top = Math.min(definition.show?.topN ?? ROWS_FOR_ALL, ROWS_FOR_ALL);
  const own = rows.findIndex(
    (row) =>
      row.entrant.id === caller.personId || row.members.some(({ id }) => id === caller.personId),
  );
  const near = (place: number) => own >= 0 && Math.abs(place - own) <= 1;
  return { rows: rows.filter((_, place) => place < top || near(place)) };
}

/** What the log says by now that a manager has not heard of yet, after the end. */
async function changesSince(
  book: Book,
  state: ContestState,
  at: { at: number; seed: string | null },
): Promise<ReturnType<typeof resultChanges>> {
  if (state.result === null) return [];
  const now = await standNow(book, state, at);
  const result = resultOf(now.standing, now.floor.seq, state.result.seed);
  if (state.keptAsOf <= state.result.asOf) return resultChanges(state.result, result);
  const heard = await standNow(book, state, { ...at, known: heardUpTo(state) });
  const before: ContestResult = resultOf(heard.standing, heardUpTo(state), state.result.seed);
  return resultChanges(before, result).length === 0 ? [] : resultChanges(state.result, result);
}

interface Dressing {
  readonly names: ReadonlyMap<string, Named>;
  readonly now: number;
  readonly book: Book;
}

function standingAnswer(
  state: ContestState,
  { standing, frozen, floor }: Stood,
  { names, now, book }: Dressing,
): Omit<ContestStandingAnswer, 'changes'> {
  const { definition } = state;
  const { unit, counted: own } = standing;
  const name = (id: string): Named => names.get(id) ?? { id, name: id };
  const known = new Map(frozen.entrants.map((one) => [one.id, one]));
  const text = (value: string | null) => (value === null ? null : textOf(BigInt(value), own));
  const rows = standing.lines.map((line): Row => {
    const one = known.get(line.entrant);
    return {
      entrant: name(line.entrant),
      rank: line.rank,
      tied: line.tied,
      score: textOf(line.score, unit),
      raw: textOf(line.raw, own),
      gap: line.gap === null ? null : textOf(line.gap, unit),
      reached: line.reached,
      reachedAt: line.reachedAt > 0 ? iso(line.reachedAt) : null,
      outIn: line.outIn ?? null,
      division: line.division ?? null,
      marks: line.marks ?? [],
      members: definition.of === 'people' ? [] : (one?.members ?? []).map(name),
      factor: one?.factor ?? '1',
      baseline: text(one?.baseline ?? null),
      target: text(one?.target ?? null),
    };
  });
  return {
    contest: definition.id,
    phase: contestPhase(state, now),
    asOf: state.result?.asOf ?? floor.seq,
    unit,
    rows,
    total: textOf(standing.total, standing.totalUnit),
    decidedAt: standing.decidedAt === null ? null : iso(standing.decidedAt),
    rounds: (standing.rounds ?? []).map(({ round, from, to }) => ({
      round,
      from: iso(from),
      to: iso(to),
    })),
    bracket: (standing.bracket ?? []).map((match): ContestMatch => ({
      ...match,
      homeScore: match.homeScore === null ? null : textOf(match.homeScore, unit),
      awayScore: match.awayScore === null ? null : textOf(match.awayScore, unit),
    })),
    draw: standing.draw ?? null,
    spins: standing.spins ?? [],
    awards: standing.awards.map((award) => awardAnswer(award, name)),
    cost: costAnswer(standing, book),
    names: Object.fromEntries(names),
  };
}

function costAnswer(standing: ContestStanding, book: Book): ContestStandingAnswer['cost'] {
  const { currency } = book.settings;
  const cost = costOf(standing.awards, currency);
  return cost === 0n ? null : { amount: moneyText(cost, currency), currency };
}

export function moneyText(minor: Scaled, currency: string): string {
  const scale = currencyExponent(currency) ?? 2;
  return formatScaled(minor, scale, scale);
}

export function itemAnswer(item: Award['item']): AwardItem {
  if (item.kind !== 'money') return item;
  const { currency } = item;
  return { kind: 'money', amount: moneyText(item.minor, currency), currency };
}

function awardAnswer(award: Award, name: (id: string) => Named): ContestAward {
  const { prize, entrant, person, item, rank } = award;
  return { prize, entrant, person: name(person), item: itemAnswer(item), rank };
}

/** Names of everybody in a contest. */
function namesOf(book: Book, { definition }: ContestState, { frozen }: Stood): Map<string, Named> {
  const wanted = new Set(frozen.entrants.flatMap((one) => [one.id, ...one.members]));
  return new Map([...namesIn(book, definition)].filter(([id]) => wanted.has(id)));
}

const named =
  (names: ReadonlyMap<string, Named>, { standing }: Stood) =>
  (change: ReturnType<typeof resultChanges>[number]): ContestChange => {
    const { unit } = standing;
    const item = ({ item: one }: ResultAward): AwardItem =>
      itemAnswer(one.kind === 'money' ? { ...one, minor: BigInt(one.minor) } : one);
    return {
      entrant: names.get(change.entrant) ?? { id: change.entrant, name: change.entrant },
      rankWas: change.rankWas,
      rankNow: change.rankNow,
      scoreWas: textOf(BigInt(change.scoreWas), unit),
      scoreNow: textOf(BigInt(change.scoreNow), unit),
      awardsWas: change.awardsWas.map(item),
      awardsNow: change.awardsNow.map(item),
    };
  };
