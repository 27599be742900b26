import {
  formatScaled,
  OpenBoard,
  STARTER_BOARDS,
  starterUnit,
  type BoardLine,
  type Credit,
  type Floor,
  type MetricId,
  type Unit,
} from '@ovation/domain';
import type {
  BoardDelta,
  BoardMeta,
  BoardSnapshot,
  BoardTotals,
  PackedRow,
} from '@ovation/protocol';

/** How somebody or some team is shown; names live outside the log. */
export interface Face {
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  /** The team's stripe colour, 0 without a team. */
  readonly stripe: number;
}
export type Directory = ReadonlyMap<string, Face>;

/** Periods short enough to carry a total for each of their days. */
const WITH_DAYS: ReadonlySet<string> = new Set(['week', 'month', 'quarter']);

interface Shown {
  readonly board: OpenBoard;
  readonly unit: Unit;
  meta: BoardMeta;
  version: number;
  epoch: string;
  rows: PackedRow[];
  texts: string[];
  totals: BoardTotals;
}

/**
 * The boards of an organisation as they were last announced. `update` turns what changed on the
 * floor into deltas: slots whose row is other than before.
 */
export class Stage {
  readonly #floor: Floor;
  readonly #shown = new Map<string, Shown>();
  readonly #days = new Map<MetricId, Map<number, bigint>>();

  constructor(floor: Floor, credits: readonly Credit[], directory: Directory) {
    this.#floor = floor;
    for (const credit of credits) this.#countDay(credit, 1);
    for (const definition of STARTER_BOARDS) {
      const board = new OpenBoard(definition);
      board.keepUp(floor);
      this.#shown.set(definition.slug, this.#show(board, directory));
    }
  }

  /** Frames for every board that is other than it was. */
  update(
    removed: readonly Credit[],
    added: readonly Credit[],
    settingsChanged: boolean,
    directory: Directory,
  ): (BoardDelta | BoardSnapshot)[] {
    for (const credit of removed) this.#countDay(credit, -1);
    for (const credit of added) this.#countDay(credit, 1);
    const frames: (BoardDelta | BoardSnapshot)[] = [];
    for (const [slug, shown] of this.#shown) {
      const rebuilt = shown.board.keepUp(this.#floor);
      const touched = !rebuilt && this.#applyAll(shown.board, removed, added);
      if (shown.board.epoch !== shown.epoch) {
        this.#shown.set(slug, this.#show(shown.board, directory));
        frames.push(this.snapshot(slug)!);
      } else if (rebuilt || touched || settingsChanged) {
        const delta = this.#compare(shown, directory);
        if (delta) frames.push(delta);
      }
    }
    return frames;
  }

  snapshot(slug: string): BoardSnapshot | undefined {
    const shown = this.#shown.get(slug);
    if (!shown) return undefined;
    const { meta, epoch, version, totals, rows } = shown;
    return {
      kind: 'snapshot',
      b: slug,
      ep: epoch,
      v: version,
      at: this.#floor.clock,
      meta,
      totals,
      off: 0,
      rows,
    };
  }

  versions(): Record<string, readonly [string, number]> {
    return Object.fromEntries(
      [...this.#shown].map(([slug, { epoch, version }]) => [slug, [epoch, version] as const]),
    );
  }

  /** A row's rank on a board, if it is on it. */
  rankOf(slug: string, id: string): number | undefined {
    return this.#shown.get(slug)?.rows.find((row) => row[0] === id)?.[5];
  }

  #applyAll(board: OpenBoard, removed: readonly Credit[], added: readonly Credit[]): boolean {
    let touched = false;
    for (const credit of removed) touched = board.apply(this.#floor, credit, -1) || touched;
    for (const credit of added) touched = board.apply(this.#floor, credit, 1) || touched;
    return touched;
  }

  #show(board: OpenBoard, directory: Directory): Shown {
    const unit = starterUnit(board.definition.metric, this.#floor.settings.currency);
    const lines = board.lines(this.#floor);
    const rows = lines.map((line) => pack(line, unit, directory));
    return {
      board,
      unit,
      meta: this.#metaOf(board, unit),
      version: this.#floor.seq,
      epoch: board.epoch,
      rows,
      texts: rows.map((row) => JSON.stringify(row)),
      totals: this.#totalsOf(board, unit, rows.length),
    };
  }

  #compare(shown: Shown, directory: Directory): BoardDelta | undefined {
    const { board, unit } = shown;
    const rows = board.lines(this.#floor).map((line) => pack(line, unit, directory));
    const texts = rows.map((row) => JSON.stringify(row));
    const totals = this.#totalsOf(board, unit, rows.length);
    const u = rows.flatMap((row, slot) =>
      texts[slot] === shown.texts[slot] ? [] : [[slot, row] as const],
    );
    const changed = changedTotals(shown.totals, totals);
    if (u.length === 0 && changed === undefined) return undefined;
    const from = shown.version;
    Object.assign(shown, { rows, texts, totals, version: this.#floor.seq });
    const { definition } = board;
    const delta: BoardDelta = {
      kind: 'delta',
      b: definition.slug,
      ep: shown.epoch,
      f: from,
      v: shown.version,
      at: this.#floor.clock,
      u,
    };
    return changed === undefined ? delta : { ...delta, totals: changed };
  }

  #metaOf({ definition, window }: OpenBoard, unit: Unit): BoardMeta {
    const { slug, metric, of, period } = definition;
    const iso = (at: number) => (period === 'all' ? null : new Date(at).toISOString());
    const workDays = this.#floor.calendar
      .workDays(window)
      .map(({ from, to, weight }) => [from, to, weight] as const);
    const [from, to] = [iso(window.from), iso(window.to)];
    return { slug, metric, of, unit, period, from, to, workDays };
  }

  #totalsOf(board: OpenBoard, unit: Unit, count: number): BoardTotals {
    const { total, target } = board.totals(this.#floor);
    return {
      total: textOf(total, unit),
      target: target === null ? null : textOf(target, unit),
      count,
      days: this.#daysOf(board, unit),
    };
  }

  #daysOf({ definition, window }: OpenBoard, unit: Unit): [number, string][] {
    if (!WITH_DAYS.has(definition.period)) return [];
    return [...(this.#days.get(definition.metric) ?? [])]
      .filter(([day, value]) => day >= window.from && day < window.to && value !== 0n)
      .sort(([a], [b]) => a - b)
      .map(([day, value]) => [day, textOf(value, unit)]);
  }

  #countDay(credit: Credit, sign: 1 | -1): void {
    if (credit.endedAt !== null) return;
    const days = this.#days.get(credit.metric) ?? new Map<number, bigint>();
    this.#days.set(credit.metric, days);
    const day = this.#floor.calendar.windowOf('day', credit.at).from;
    days.set(day, (days.get(day) ?? 0n) + (sign === 1 ? credit.value : -credit.value));
  }
}

/** Money with all its decimals, counts with as many as they need. */
export const textOf = (value: bigint, unit: Unit): string =>
  formatScaled(value, unit.scale, unit.kind === 'money' ? unit.scale : undefined);

function pack(line: BoardLine, unit: Unit, directory: Directory): PackedRow {
  const face = directory.get(line.id);
  const names = face && Object.keys(face.names).length > 0 ? face.names : 0;
  return [
    line.id,
    face?.name ?? line.id,
    names,
    face?.stripe ?? 0,
    textOf(line.value, unit),
    line.rank,
    line.tied ? 1 : 0,
    line.gap === null ? null : textOf(line.gap, unit),
    line.movement,
    line.target === null ? null : textOf(line.target, unit),
  ];
}

function changedTotals(before: BoardTotals, now: BoardTotals): Partial<BoardTotals> | undefined {
  const keys = ['total', 'target', 'count', 'days'] as const;
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]));
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((key) => [key, now[key]]));
}
