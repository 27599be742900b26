import { countOf, type Count } from '../counting.ts';
import { countedOf, scaledOf, type Counted } from '../counted.ts';
import type { ContestRules } from '../definition.ts';
import { plainScore, tiesOf, type ContestKind } from '../kind.ts';
import { COUNT_SCALE, type Unit } from '../../metric.ts';
import { ONE } from '../../measure.ts';
import { isOut, NEVER, type Play, type Player } from '../play.ts';
import { ranked } from '../ranking.ts';
import { compareRatios, wholeRatio, type Ratio } from '../ratio.ts';
import type { Instant } from '../../types.ts';
import { firstThrough } from './first-to.ts';

type Rules = Extract<ContestRules, { kind: 'bingo' }>;
export const COUNT: Unit = { kind: 'count', scale: COUNT_SCALE };

/**
 * A card whose cells are metrics that have to reach goals. Lines are rows, columns and diagonals;
 * `raw` is the number of cells, `reached` that of lines, `marks` the numbers of the cells from 0.
 */
export const bingo: ContestKind<Rules> = {
  unit: () => COUNT,
  rawUnit: () => COUNT,
  placesNeedGoal: ({ win }) => win === 'first_line',
  score(play, player) {
    const done = cellsOf(play).map((cell) => doneAt(play, player, cell));
    const lines = linesOf(play.rules.size).map((line) => line.map((cell) => done[cell] ?? null));
    const full = lines.filter((line) => line.every((at) => at !== null));
    const marks = done.flatMap((at, cell) => (at === null ? [] : [String(cell)]));
    const short = Math.min(...lines.map(missingIn).filter((missing) => missing > 0));
    const order = orderOf(play.rules, full.length, marks.length);
    return plainScore(
      play,
      player,
      { ...NO_COUNT, credits: marks.length },
      {
        order,
        score: BigInt(full.length) * ONE,
        raw: BigInt(marks.length) * ONE,
        reached: full.length,
        reachedAt: reachedAt(play.rules, done, full),
        placed: !isOut(player) && marks.length > 0 && enough(play, marks.length),
        gap: Number.isFinite(short) ? BigInt(short) * ONE : null,
        marks,
      },
    );
  },
  finish(play, scores) {
    const first = play.rules.win === 'first_line';
    const lines = ranked(scores, first ? 'earliest' : tiesOf(play, bingo));
    return first ? { lines, decidedAt: firstThrough(scores) } : { lines };
  },
};

/** Rows, columns and both diagonals, as numbers of cells. */
export function linesOf(size: number): number[][] {
  const row = Array.from({ length: size }, (_, index) => index);
  return [
    ...row.map((y) => row.map((x) => y * size + x)),
    ...row.map((x) => row.map((y) => y * size + x)),
    row.map((index) => index * size + index),
    row.map((index) => index * size + (size - 1 - index)),
  ];
}

interface Cell {
  readonly counted: Counted;
  readonly goal: Ratio;
}

const cellsIn = new WeakMap<Play, readonly Cell[]>();

function cellsOf(play: Play<Rules>): readonly Cell[] {
  const known = cellsIn.get(play);
  if (known) return known;
  const { contest, reader, filter } = play;
  const cells = play.rules.cells.map(({ metric, goal }) => {
    const counted = countedOf({ metric }, reader, filter, contest);
    return { counted, goal: wholeRatio(scaledOf(goal, counted.unit.scale) ?? 0n) };
  });
  cellsIn.set(play, cells);
  return cells;
}

/** When a cell was done; `null` while it is not. */
function doneAt(play: Play, player: Player, { counted, goal }: Cell): Instant | null {
  const { value, credits, timeOf } = countOf(play, player, { counted, capped: false });
  if (value === null || credits === 0) return null;
  const far = compareRatios(value, goal);
  return (counted.better === 'lower' ? far <= 0 : far >= 0) ? timeOf(goal) : null;
}

const missingIn = (line: readonly (Instant | null)[]): number =>
  line.filter((at) => at === null).length;

/** Lines come before cells; to the first line, nothing but when it was counts after it. */
function orderOf({ win, size }: Rules, lines: number, cells: number): Ratio {
  const worth = size * size + 1;
  if (win === 'first_line' && lines > 0) return wholeRatio(BigInt(worth * worth));
  return wholeRatio(BigInt(lines * worth + cells));
}

function reachedAt(
  { win }: Rules,
  done: readonly (Instant | null)[],
  full: readonly (readonly (Instant | null)[])[],
): Instant {
  const last = (cells: readonly (Instant | null)[]) =>
    Math.max(NEVER, ...cells.map((at) => at ?? NEVER));
  if (win === 'first_line' && full.length > 0) return Math.min(...full.map(last));
  return last(done);
}

/** The least that qualifies is a number of cells. */
function enough({ contest }: Play, cells: number): boolean {
  const least = scaledOf(contest.qualify, COUNT_SCALE);
  return least === null || BigInt(cells) * ONE >= least;
}

const NO_COUNT: Count = {
  raw: null,
  value: null,
  credits: 0,
  reachedAt: NEVER,
  timeOf: () => NEVER,
  growth: () => ({ steps: [], rises: true }),
};
