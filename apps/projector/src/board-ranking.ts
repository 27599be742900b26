import {
  boardUnit,
  OpenBoard,
  plainBoardBySlug,
  type BoardDefinition,
  type BoardLine,
  type Credit,
  type Floor,
  type Unit,
} from '@ovation/domain';
import type { BoardMeta, BoardPage, BoardTotals, PackedRow, PageAsk } from '@ovation/protocol';
import { pack, textOf } from './board-rows.ts';
import type { DayTotals } from './day-totals.ts';
import type { Directory } from './directory.ts';
import type { Ranking } from './ranking.ts';

/** A metric over a period, ranked. */
export class BoardRanking implements Ranking {
  readonly whole = false;
  readonly #floor: Floor;
  readonly #days: DayTotals;
  readonly #board: OpenBoard;
  /** Of what it ranks by, and of the metric's own values (targets, totals). */
  readonly #unit: Unit;
  readonly #own: Unit;

  private constructor(floor: Floor, days: DayTotals, board: OpenBoard, unit: Unit, own: Unit) {
    this.#floor = floor;
    this.#days = days;
    this.#board = board;
    this.#unit = unit;
    this.#own = own;
    board.keepUp(floor);
  }

  /** `undefined` when there is no board of this name. */
  static open(floor: Floor, days: DayTotals, slug: string): BoardRanking | undefined {
    const definition = definitionIn(floor, slug);
    const metric = definition && floor.metrics.get(definition.metric);
    if (!definition || !metric) return undefined;
    const { currency } = floor.settings;
    const unit = boardUnit(definition, metric, currency);
    const own = boardUnit({ ...definition, rankedBy: 'value' }, metric, currency);
    return new BoardRanking(floor, days, new OpenBoard(definition, floor), unit, own);
  }

  get epoch(): string {
    return this.#board.epoch;
  }

  get count(): number {
    return this.#board.count;
  }

  touch(credit: Credit): boolean {
    return this.#board.touch(this.#floor, credit);
  }

  keepUp(): boolean {
    return this.#board.keepUp(this.#floor);
  }

  settingsChanged(): void {
    if (definitionIn(this.#floor, this.#board.definition.slug)) this.#board.targetsChanged();
  }

  redefined(): boolean {
    const was = this.#board.definition;
    const now = definitionIn(this.#floor, was.slug);
    const plain = was.id === was.slug && now?.id === now?.slug;
    return now !== was && !(plain && now !== undefined);
  }

  meta(): BoardMeta {
    const { definition, window } = this.#board;
    const { slug, metric, of, period, topN } = definition;
    const iso = (at: number) => (period === 'all' ? null : new Date(at).toISOString());
    const workDays = this.#floor.calendar
      .workDays(window)
      .map(({ from, to, weight }) => [from, to, weight] as const);
    const [from, to] = [iso(window.from), iso(window.to)];
    const { better } = this.#floor.metrics.get(metric)!;
    const meta = { slug, metric, of, unit: this.#unit, better, period, from, to, workDays };
    return topN === undefined ? meta : { ...meta, topN };
  }

  sum(): Pick<BoardPage, 'total' | 'step'> {
    const { total, step } = this.#board.totals(this.#floor);
    return { total: this.#text(total), step: this.#text(step) };
  }

  totals(shown: number): BoardTotals {
    const { total, target, step } = this.#board.totals(this.#floor);
    const own = this.#own;
    return {
      total: textOf(total ?? 0n, own),
      target: this.#text(target),
      step: this.#text(step),
      count: shown,
      days: this.#days
        .of(this.#board.definition, this.#board.window)
        .map(([day, value]): [number, string] => [day, textOf(value, own)]),
    };
  }

  rows(most: number, directory: Directory): PackedRow[] {
    return this.#packed(this.#board.lines(this.#floor, most), directory);
  }

  page({ from, to, around }: PageAsk, directory: Directory): PackedRow[] {
    const lines =
      around === undefined
        ? this.#board.lines(this.#floor, to, from)
        : this.#board.linesAround(this.#floor, around, to).lines;
    return this.#packed(lines, directory);
  }

  rankOf(id: string): number | undefined {
    return this.#board.rankOf(this.#floor, id);
  }

  #text(value: bigint | null): string | null {
    return value === null ? null : textOf(value, this.#own);
  }

  #packed(lines: readonly BoardLine[], directory: Directory): PackedRow[] {
    const units = { shown: this.#unit, own: this.#own };
    return lines.map((line) => pack(line, units, directory));
  }
}

function definitionIn(floor: Floor, slug: string): BoardDefinition | undefined {
  for (const board of floor.boards.values()) if (board.slug === slug) return board;
  const plain = plainBoardBySlug(slug);
  return plain && floor.metrics.has(plain.metric) ? plain : undefined;
}
