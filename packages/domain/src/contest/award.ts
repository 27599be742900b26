import { allocate } from '../allocate.ts';
import { currencyExponent } from '../currency.ts';
import type { PersonId, Scaled } from '../types.ts';
import { withinBudget } from './budget.ts';
import { scaledOf } from './counted.ts';
import type { EntrantId, Prize, PrizeItem } from './definition.ts';
import { tiesOf, type ContestKind } from './kind.ts';
import type { Play } from './play.ts';
import { Splitter } from './splitter.ts';
import type { Award, ContestLine, ContestStanding } from './standing.ts';

type Item = Award['item'];
type Standing = Pick<ContestStanding, 'lines' | 'total' | 'draw'>;

/** A prize, or a part of it, for one entrant. */
interface Piece {
  readonly prize: Prize;
  readonly line: ContestLine;
  readonly item: Item;
}

/**
 * What everybody wins as things stand. Prizes of tied places are added and split to the last unit,
 * unless ties share the rank's whole prize; nobody tied gets more than one unit more than another.
 */
export function awardsOf(play: Play, kind: ContestKind, standing: Standing): Award[] {
  const { prizes } = play.contest;
  const needGoal = kind.placesNeedGoal?.(play.rules) ?? false;
  const places = placesOf(standing.lines, needGoal, Math.max(0, ...prizes.map(lastPlace)));
  const pieces = [
    ...placePieces(play, kind, places),
    ...prizes.flatMap((prize) => otherPieces(play, prize, standing, places)),
    ...drawnPieces(play, standing),
  ];
  const order = new Map(prizes.map((prize, index) => [prize.id, index]));
  const splitters = new Map<EntrantId, Splitter>();
  const awards = pieces
    .sort((a, b) => order.get(a.prize.id)! - order.get(b.prize.id)!)
    .flatMap((piece) => {
      const { entrant } = piece.line;
      if (!splitters.has(entrant)) splitters.set(entrant, new Splitter());
      return toPeople(play, piece, splitters.get(entrant)!);
    });
  return withinBudget(play, awards);
}

/** Those who share a place: all lines with one rank, in the order of the standing. */
interface Tied {
  readonly lines: readonly ContestLine[];
  /** Of everything that they share, whichever prize it is of. */
  readonly splitter: Splitter;
}

/** The last place that a prize is for. */
function lastPlace({ for: whom }: Prize): number {
  if (whom.to === 'ranks') return whom.until;
  return whom.to === 'pot' && whom.percents !== 'by_score' ? whom.percents.length : 0;
}

function placesOf(lines: readonly ContestLine[], needGoal: boolean, until: number): Tied[] {
  const groups: { lines: ContestLine[]; splitter: Splitter }[] = [];
  for (const line of lines) {
    if (line.rank !== null && line.rank > until) break;
    if (line.rank === null || (needGoal && line.reached === 0)) continue;
    const last = groups.at(-1);
    if (last?.lines[0]?.rank === line.rank) last.lines.push(line);
    else groups.push({ lines: [line], splitter: new Splitter() });
  }
  return groups;
}

function placePieces(play: Play, kind: ContestKind, places: readonly Tied[]): Piece[] {
  const ranked = play.contest.prizes.filter((prize) => prize.for.to === 'ranks');
  const at = (place: number) =>
    ranked.flatMap((prize) => {
      if (prize.for.to !== 'ranks' || place < prize.for.from || place > prize.for.until) return [];
      const item = itemOf(prize.item);
      return item === undefined ? [] : [{ prize, item }];
    });
  const shared = tiesOf(play, kind) === 'shared';
  return places.flatMap((tied) => {
    const { lines } = tied;
    const rank = lines[0]!.rank!;
    if (shared || lines.length === 1) {
      return at(rank).flatMap((one) => lines.map((line) => ({ ...one, line })));
    }
    return lines.flatMap((_, index) =>
      at(rank + index).flatMap(({ prize, item }) =>
        splitAmong(tied, item, index).map((part) => ({ prize, ...part })),
      ),
    );
  });
}

type Part = Pick<Piece, 'line' | 'item'>;

/** A part for each of the tied; what cannot be cut goes to the one at its place. */
function splitAmong({ lines, splitter }: Tied, item: Item, place: number): Part[] {
  if (item.kind !== 'money' && item.kind !== 'points') return [{ line: lines[place]!, item }];
  const inOrder = [...lines].sort((a, b) => (a.entrant < b.entrant ? -1 : 1));
  const parts = splitter.split(item, inOrder.length);
  return inOrder.flatMap((line, index) => {
    const part = parts[index];
    return part === undefined ? [] : [{ line, item: part }];
  });
}

function otherPieces(
  play: Play,
  prize: Prize,
  { lines, total }: Standing,
  places: readonly Tied[],
): Piece[] {
  const whole = (some: readonly ContestLine[]): Piece[] => {
    const item = itemOf(prize.item);
    return item === undefined ? [] : some.map((line) => ({ prize, line, item }));
  };
  const may = lines.filter((line) => line.rank !== null);
  switch (prize.for.to) {
    case 'reached': {
      const { step = 1 } = prize.for;
      return whole(may.filter((line) => passed(play, line.reached, step)));
    }
    case 'each_time':
      return whole(may.filter((line) => line.reached > 0)).flatMap(times);
    case 'pot': {
      if (play.rules.kind !== 'pot') return [];
      const { percents } = prize.for;
      const { currency } = play.reader;
      const money = (minor: Scaled) => ({ kind: 'money' as const, minor, currency });
      if (percents !== 'by_score') {
        const parts = byPlace(places, total, percents, money);
        return parts.map((part) => ({ prize, ...part }));
      }
      return byScore(may, total).map(([line, minor]) => ({ prize, line, item: money(minor) }));
    }
    default:
      return [];
  }
}

/** Of steps only the last passed one that has a prize is paid, unless each is. */
function passed({ rules, contest }: Play, reached: number, step: number): boolean {
  if (rules.kind !== 'tiers' || rules.each === true) return reached >= step;
  const steps = contest.prizes.flatMap(({ for: whom }) =>
    whom.to === 'reached' && (whom.step ?? 1) <= reached ? [whom.step ?? 1] : [],
  );
  return step <= reached && step === Math.max(...steps);
}

function times(piece: Piece): Piece[] {
  const { item, line } = piece;
  if (item.kind === 'money') {
    return [{ ...piece, item: { ...item, minor: item.minor * BigInt(line.reached) } }];
  }
  if (item.kind === 'points') {
    return [{ ...piece, item: { ...item, points: item.points * line.reached } }];
  }
  return Array.from({ length: line.reached }, () => piece);
}

type Share = readonly [line: ContestLine, minor: Scaled];

/** Parts of the pot by place; what nobody's place takes stays in it. */
function byPlace(
  places: readonly Tied[],
  pot: Scaled,
  percents: readonly number[],
  money: (minor: Scaled) => Item,
): Part[] {
  const left = 100 - percents.reduce((sum, percent) => sum + percent, 0);
  if (pot <= 0n || left < 0) return [];
  const parts = allocate(pot, [...percents, left].map(BigInt));
  return places.flatMap((tied) => {
    const first = tied.lines[0]!.rank! - 1;
    const sum = parts
      .slice(0, -1)
      .slice(first, first + tied.lines.length)
      .reduce((all, part) => all + part, 0n);
    return splitAmong(tied, money(sum), 0);
  });
}

function byScore(lines: readonly ContestLine[], pot: Scaled): Share[] {
  const inOrder = lines
    .filter((line) => line.score > 0n)
    .sort((a, b) => (a.entrant < b.entrant ? -1 : 1));
  if (inOrder.length === 0 || pot <= 0n) return [];
  const parts = allocate(
    pot,
    inOrder.map((line) => line.score),
  );
  return inOrder.map((line, index) => [line, parts[index]!] as const);
}

/** Tickets in the order in which they were drawn, for prizes in the order of the rules. */
function drawnPieces({ contest }: Play, { lines, draw }: Standing): Piece[] {
  if (draw === undefined) return [];
  const byEntrant = new Map(lines.map((line) => [line.entrant, line]));
  let next = 0;
  return contest.prizes.flatMap((prize) => {
    const item = itemOf(prize.item);
    if (prize.for.to !== 'drawn' || item === undefined) return [];
    const drawn = draw.drawn.slice(next, next + prize.for.winners);
    next += prize.for.winners;
    return drawn.map(([, entrant]) => ({ prize, line: byEntrant.get(entrant)!, item }));
  });
}

/** Money of a team is split among its members unless each gets all of it; other things are not. */
function toPeople(play: Play, { prize, line, item }: Piece, splitter: Splitter): Award[] {
  const award = (person: PersonId, part: Item): Award => ({
    prize: prize.id,
    entrant: line.entrant,
    person,
    item: part,
    rank: prize.for.to === 'drawn' ? null : line.rank,
  });
  if (item.kind === 'money' && item.minor <= 0n) return [];
  if (play.contest.of === 'people') return [award(line.entrant, item)];
  const player = play.players.find(({ id }) => id === line.entrant);
  const members = [...(player?.members ?? [])].sort();
  const divisible = item.kind === 'money' || item.kind === 'points';
  const split = prize.members ?? (divisible ? 'split' : 'each');
  if (split === 'each') return members.map((person) => award(person, item));
  if (!divisible) return members.slice(0, 1).map((person) => award(person, item));
  const parts = splitter.split(item, members.length);
  return members.flatMap((person, index) => {
    const part = parts[index];
    return part === undefined ? [] : [award(person, part)];
  });
}

function itemOf(item: PrizeItem | undefined): Item | undefined {
  if (item?.kind !== 'money') return item;
  const { currency, amount } = item;
  const minor = scaledOf(amount, currencyExponent(currency) ?? 2) ?? 0n;
  return { kind: 'money', minor, currency };
}
