import {
  boardUnit,
  definitionOf,
  OpenBoard,
  plainBoardBySlug,
  type BoardDefinition,
  type Credit,
  type Floor,
  type Unit,
} from '@ovation/domain';
import type {
  BoardDelta,
  BoardMeta,
  BoardPage,
  BoardSnapshot,
  BoardTotals,
  PackedRow,
  PageAsk,
} from '@ovation/protocol';
import { changedTotals, pack, textOf } from './board-rows.ts';
import type { Directory } from './directory.ts';

/** Rows that are kept for whoever watches; further down the API answers. */
const ROWS_SHOWN = 1_000;
/** Boards that are kept up to date at most; past it the one least lately asked for goes. */
const BOARDS_MAX = 500;
/** A board that nobody asked for in so long is let go. */
const BOARD_KEPT_MS = 90_000;
/** Periods short enough to carry a total for each of their days. */
const WITH_DAYS: ReadonlySet<string> = new Set(['week', 'month', 'quarter']);

interface Shown {
  readonly board: OpenBoard;
  readonly unit: Unit;
  askedAt: number;
  /** Whether somebody is told of its changes; else it only answers questions. */
  told: boolean;
  touched: boolean;
  meta: BoardMeta;
  version: number;
  epoch: string;
  rows: PackedRow[];
  texts: string[];
  totals: BoardTotals;
}

/**
 * The boards of an organisation that somebody watches, as they were last announced. `update` turns
 * what changed on the floor into deltas: slots whose row is other than before.
 */
export class Stage {
  readonly #floor: Floor;
  readonly #shown = new Map<string, Shown>();
  /** Whole days' totals of a metric, until something of that day changes. */
  readonly #days = new Map<string, Map<number, bigint>>();
  readonly #always: ReadonlySet<string>;
  /** Days are cut by the rules as of this event. */
  #rulesSeq = -1;

  /** `always`: boards that are kept whether somebody watches them or not. */
  constructor(floor: Floor, always: readonly string[]) {
    this.#floor = floor;
    this.#always = new Set(always);
  }

  /**
   * Notes what a batch changed; cheap, and `update` tells it. To be called before anything is
   * awaited: a page that is asked for meanwhile shows the floor as it is.
   */
  touch(credits: readonly Credit[]): void {
    for (const credit of credits) {
      this.#days.get(credit.measure)?.delete(this.#floor.dayOf(credit.at));
    }
    for (const shown of this.#shown.values()) {
      for (const credit of credits) {
        shown.touched = shown.board.touch(this.#floor, credit) || shown.touched;
      }
    }
  }

  /** Frames for every board that is other than it was. */
  update(settingsChanged: boolean, directory: Directory): (BoardDelta | BoardSnapshot)[] {
    const frames: (BoardDelta | BoardSnapshot)[] = [];
    if (this.#rulesSeq !== this.#floor.rulesSeq) this.#days.clear();
    this.#rulesSeq = this.#floor.rulesSeq;
    for (const [slug, shown] of [...this.#shown]) {
      if (settingsChanged && this.#define(slug) !== undefined) shown.board.targetsChanged();
      const rebuilt = shown.board.keepUp(this.#floor);
      if (!shown.told) {
        if (this.#redefined(slug, shown)) this.#shown.delete(slug);
        continue;
      }
      if (shown.board.epoch !== shown.epoch || this.#redefined(slug, shown)) {
        this.#shown.delete(slug);
        const again = this.#show(slug, shown.askedAt, directory);
        if (again) again.told = true;
        if (again) frames.push(this.#frame(again));
      } else if (rebuilt || shown.touched || settingsChanged) {
        const delta = this.#compare(shown, directory);
        if (delta) frames.push(delta);
      }
      shown.touched = false;
    }
    return frames;
  }

  /** A whole board, which is kept up to date from now on; `undefined` when there is none. */
  snapshot(slug: string, now: number, directory: Directory): BoardSnapshot | undefined {
    const known = this.#shown.get(slug);
    const shown = known?.told ? known : this.#show(slug, now, directory);
    if (!shown) return undefined;
    Object.assign(shown, { askedAt: now, told: true });
    return this.#frame(shown);
  }

  /** Some rows of a board, of any size and however far down; `undefined` when there is none. */
  page(ask: PageAsk, now: number, directory: Directory): BoardPage | undefined {
    const shown = this.#shown.get(ask.board) ?? this.#show(ask.board, now, directory);
    if (!shown) return undefined;
    shown.askedAt = now;
    const { board, unit } = shown;
    // Whoever is told of the board has yet to hear of it.
    if (board.keepUp(this.#floor)) shown.touched = true;
    const own = this.#unitOf(board, unit);
    const lines =
      ask.around === undefined
        ? board.lines(this.#floor, ask.to, ask.from)
        : board.linesAround(this.#floor, ask.around, ask.to).lines;
    const { total, step } = board.totals(this.#floor);
    return {
      seq: this.#floor.seq,
      meta: this.#metaOf(board, unit),
      rows: lines.map((line) => pack(line, { shown: unit, own }, directory)),
      total: total === null ? null : textOf(total, own),
      step: step === null ? null : textOf(step, own),
      count: board.count,
    };
  }

  /** Somebody still watches these. */
  keep(slugs: readonly string[], now: number): void {
    for (const slug of slugs) {
      const shown = this.#shown.get(slug);
      if (shown) shown.askedAt = now;
    }
  }

  /** Lets go of boards that nobody watches any more. */
  sweep(now: number): void {
    for (const [slug, shown] of this.#shown) {
      const idle = now - shown.askedAt > BOARD_KEPT_MS;
      if (idle && !this.#always.has(slug)) this.#shown.delete(slug);
    }
  }

  slugs(): string[] {
    return Object.keys(this.versions());
  }

  versions(): Record<string, readonly [string, number]> {
    return Object.fromEntries(
      [...this.#shown]
        .filter(([, { told }]) => told)
        .map(([slug, { epoch, version }]) => [slug, [epoch, version] as const]),
    );
  }

  /** Somebody's rank on a board that is always kept. */
  rankOf(slug: string, id: string): number | undefined {
    return this.#shown.get(slug)?.board.rankOf(this.#floor, id);
  }

  #define(slug: string): BoardDefinition | undefined {
    for (const board of this.#floor.boards.values()) if (board.slug === slug) return board;
    const plain = plainBoardBySlug(slug);
    return plain && this.#floor.metrics.has(plain.metric) ? plain : undefined;
  }

  #redefined(slug: string, shown: Shown): boolean {
    const [was, now] = [shown.board.definition, this.#define(slug)];
    const plain = was.id === was.slug && now?.id === now?.slug;
    return now !== was && !(plain && now !== undefined);
  }

  #show(slug: string, now: number, directory: Directory): Shown | undefined {
    const definition = this.#define(slug);
    const metric = definition && this.#floor.metrics.get(definition.metric);
    if (!definition || !metric) return undefined;
    const board = new OpenBoard(definition, this.#floor);
    board.keepUp(this.#floor);
    const unit = boardUnit(definition, metric, this.#floor.settings.currency);
    const rows = this.#rowsOf(board, unit, directory);
    const shown: Shown = {
      board,
      unit,
      askedAt: now,
      told: false,
      touched: false,
      meta: this.#metaOf(board, unit),
      version: this.#floor.seq,
      epoch: board.epoch,
      rows,
      texts: rows.map((row) => JSON.stringify(row)),
      totals: this.#totalsOf(board, unit, rows.length),
    };
    if (this.#shown.size >= BOARDS_MAX) this.#dropOldest();
    this.#shown.set(slug, shown);
    return shown;
  }

  #dropOldest(): void {
    const free = [...this.#shown].filter(([slug]) => !this.#always.has(slug));
    const [oldest] = free.sort(([, a], [, b]) => a.askedAt - b.askedAt);
    if (oldest) this.#shown.delete(oldest[0]);
  }

  #frame({ board, meta, epoch, version, totals, rows }: Shown): BoardSnapshot {
    return {
      kind: 'snapshot',
      b: board.definition.slug,
      ep: epoch,
      v: version,
      at: this.#floor.clock,
      meta,
      totals,
      off: 0,
      rows,
    };
  }

  #rowsOf(board: OpenBoard, unit: Unit, directory: Directory): PackedRow[] {
    const own = this.#unitOf(board, unit);
    return board
      .lines(this.#floor, ROWS_SHOWN)
      .map((line) => pack(line, { shown: unit, own }, directory));
  }

  /** A target is in the metric's unit, whatever the board ranks by. */
  #unitOf({ definition }: OpenBoard, unit: Unit): Unit {
    const metric = this.#floor.metrics.get(definition.metric);
    const plain = { ...definition, rankedBy: 'value' as const };
    return metric ? boardUnit(plain, metric, this.#floor.settings.currency) : unit;
  }

  #compare(shown: Shown, directory: Directory): BoardDelta | undefined {
    const { board, unit } = shown;
    const rows = this.#rowsOf(board, unit, directory);
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
    const { slug, metric, of, period, topN } = definition;
    const iso = (at: number) => (period === 'all' ? null : new Date(at).toISOString());
    const workDays = this.#floor.calendar
      .workDays(window)
      .map(({ from, to, weight }) => [from, to, weight] as const);
    const [from, to] = [iso(window.from), iso(window.to)];
    const { better } = this.#floor.metrics.get(metric)!;
    const meta = { slug, metric, of, unit, better, period, from, to, workDays };
    return topN === undefined ? meta : { ...meta, topN };
  }

  #totalsOf(board: OpenBoard, unit: Unit, shown: number): BoardTotals {
    const { total, target, step } = board.totals(this.#floor);
    const own = this.#unitOf(board, unit);
    return {
      total: textOf(total ?? 0n, own),
      target: target === null ? null : textOf(target, own),
      step: step === null ? null : textOf(step, own),
      count: shown,
      days: this.#daysOf(board, own),
    };
  }

  /** What was added on each day of the window, where days add up. */
  #daysOf({ definition, window }: OpenBoard, unit: Unit): [number, string][] {
    const metric = this.#floor.metrics.get(definition.metric);
    const kind = metric && definitionOf(metric).kind;
    if (!WITH_DAYS.has(definition.period) || (kind !== 'sum' && kind !== 'count')) return [];
    if (definition.where !== undefined && definition.where.length > 0) return [];
    const measure = this.#floor.measures.ready(definition.metric)?.measures[0]?.key;
    if (measure === undefined) return [];
    const known = this.#days.get(measure) ?? new Map<number, bigint>();
    this.#days.set(measure, known);
    const tally = this.#floor.tally(measure, '*');
    return this.#floor.calendar.windowsIn(window, 'day').flatMap((day): [number, string][] => {
      let value = known.get(day.from);
      if (value === undefined) known.set(day.from, (value = tally?.sum(day)?.value ?? 0n));
      return value === 0n ? [] : [[day.from, textOf(value, unit)]];
    });
  }
}
