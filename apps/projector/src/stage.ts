import type { Credit, Floor } from '@ovation/domain';
import {
  LIVE_ROWS,
  type BoardDelta,
  type BoardMeta,
  type BoardPage,
  type BoardSnapshot,
  type BoardTotals,
  type PackedRow,
  type PageAsk,
} from '@ovation/protocol';
import { BoardRanking } from './board-ranking.ts';
import { changedTotals } from './board-rows.ts';
import { ContestRanking, type Seeds } from './contest-ranking.ts';
import { DayTotals } from './day-totals.ts';
import type { Directory } from './directory.ts';
import type { Ranking } from './ranking.ts';

/** Boards that are kept up to date at most; past it the one least lately asked for goes. */
const BOARDS_MAX = 500;
/** A board that nobody asked for in so long is let go, and so are rows further down. */
const BOARD_KEPT_MS = 90_000;

interface Shown {
  readonly slug: string;
  readonly ranking: Ranking;
  /** When so many rows from the top were last asked for, by how many. */
  readonly asks: Map<number, number>;
  /** Whether somebody is told of its changes; else it only answers questions. */
  told: boolean;
  touched: boolean;
  /** Settings changed since its rows were made. */
  renamed: boolean;
  meta: BoardMeta;
  /** Rows from the top that are kept. */
  most: number;
  version: number;
  epoch: string;
  rows: PackedRow[];
  texts: string[];
  totals: BoardTotals;
}

type Frame = BoardDelta | BoardSnapshot;

/** When a board was last asked for; 0 when it never was. */
const askedAt = ({ asks }: Shown): number => Math.max(0, ...asks.values());

/** Keeps only so many rows from the top. */
function cut(shown: Shown, most: number): void {
  shown.most = most;
  shown.rows = shown.rows.slice(0, most);
  shown.texts = shown.texts.slice(0, most);
}

/** When a board is asked for, how everybody is called, and how many rows from the top. */
interface Ask {
  readonly now: number;
  readonly directory: Directory;
  readonly rows?: number;
}

/**
 * The boards of an organisation that somebody watches, as they were last announced. `update` turns
 * what changed on the floor into deltas: slots whose row is other than before.
 */
export class Stage {
  seeds: Seeds;
  readonly #floor: Floor;
  readonly #days: DayTotals;
  readonly #shown = new Map<string, Shown>();
  readonly #always: ReadonlySet<string>;
  /** Boards that are ranked as a whole, in the order of their turns. */
  readonly #waiting = new Set<string>();
  /** What a row looks like on the wire, for rows that stay. */
  readonly #texts = new WeakMap<PackedRow, string>();

  /** `always`: boards that are kept whether somebody watches them or not. */
  constructor(floor: Floor, always: readonly string[], seeds: Seeds = new Map()) {
    this.#floor = floor;
    this.seeds = seeds;
    this.#days = new DayTotals(floor);
    this.#always = new Set(always);
  }

  /**
   * Notes what a batch changed; cheap, and `update` tells it. To be called before anything is
   * awaited: a page that is asked for meanwhile shows the floor as it is.
   */
  touch(credits: readonly Credit[]): void {
    for (const credit of credits) this.#days.touch(credit);
    for (const shown of this.#shown.values()) {
      for (const credit of credits) shown.touched = shown.ranking.touch(credit) || shown.touched;
    }
  }

  /**
   * Frames for every board that is other than it was; contests wait for their turn, and get it in
   * `turns`.
   */
  update(settingsChanged: boolean, directory: Directory): Frame[] {
    return [...this.#shown].flatMap(([slug, shown]) => {
      shown.renamed ||= settingsChanged;
      if (!shown.ranking.whole) return this.#bringUp(slug, shown, directory);
      this.#waiting.add(slug);
      return [];
    });
  }

  /** Frames for contests, one after the other while there is time; none is passed over. */
  turns(directory: Directory, mayGoOn: () => boolean): Frame[] {
    const frames: Frame[] = [];
    for (const slug of this.#waiting) {
      if (!mayGoOn()) break;
      this.#waiting.delete(slug);
      const shown = this.#shown.get(slug);
      if (shown) frames.push(...this.#bringUp(slug, shown, directory));
    }
    return frames;
  }

  /** Whether contests wait for their turn. */
  get behind(): boolean {
    return this.#waiting.size > 0;
  }

  /** A board as far as it is asked for, kept up to date from now on; `undefined`: there is none. */
  snapshot(slug: string, { now, directory, rows = LIVE_ROWS }: Ask): BoardSnapshot | undefined {
    const known = this.#shown.get(slug);
    const asks = known?.asks ?? new Map<number, number>();
    asks.set(rows, now);
    const enough = known?.told === true && known.most >= rows;
    const shown = enough ? known : this.#show(slug, asks, directory);
    if (!shown) return undefined;
    shown.told = true;
    return this.#frame(shown);
  }

  /** Some rows of a board, of any size and however far down; `undefined` when there is none. */
  page(ask: PageAsk, now: number, directory: Directory): BoardPage | undefined {
    const known = this.#shown.get(ask.board);
    const shown = known ?? this.#show(ask.board, new Map(), directory);
    if (!shown) return undefined;
    // It is kept for the next page; no row of it has to be told.
    shown.asks.set(0, now);
    const { ranking } = shown;
    // Whoever is told of the board has yet to hear of it.
    if (ranking.keepUp()) shown.touched = true;
    return {
      seq: this.#floor.seq,
      meta: ranking.meta(),
      rows: ranking.page(ask, directory),
      ...ranking.sum(),
      count: ranking.count,
    };
  }

  /** Somebody still watches these, so many rows of them. */
  keep(slugs: readonly string[], rows: Readonly<Record<string, number>>, now: number): void {
    for (const slug of slugs) this.#shown.get(slug)?.asks.set(rows[slug] ?? LIVE_ROWS, now);
  }

  /** Lets go of boards, and of rows further down, that nobody watches any more. */
  sweep(now: number): void {
    for (const [slug, shown] of this.#shown) {
      for (const [rows, at] of shown.asks) {
        if (now - at > BOARD_KEPT_MS) shown.asks.delete(rows);
      }
      const most = Math.max(0, ...shown.asks.keys());
      if (shown.asks.size === 0 && !this.#always.has(slug)) this.#shown.delete(slug);
      else if (most < shown.most) cut(shown, most);
    }
  }

  /** Every board that somebody is told of, as it was told last. */
  frames(): BoardSnapshot[] {
    return [...this.#shown.values()].filter(({ told }) => told).map((one) => this.#frame(one));
  }

  versions(): Record<string, readonly [string, number, number]> {
    return Object.fromEntries(
      [...this.#shown]
        .filter(([, { told }]) => told)
        .map(([slug, { epoch, version, most }]) => [slug, [epoch, version, most] as const]),
    );
  }

  /** Somebody's rank on a board that is always kept. */
  rankOf(slug: string, id: string): number | undefined {
    return this.#shown.get(slug)?.ranking.rankOf(id);
  }

  #open(slug: string): Ranking | undefined {
    const contest = ContestRanking.open(this.#floor, slug, this.seeds);
    return contest ?? BoardRanking.open(this.#floor, this.#days, slug);
  }

  #show(slug: string, asks: Map<number, number>, directory: Directory): Shown | undefined {
    const ranking = this.#open(slug);
    if (!ranking) return undefined;
    const most = Math.max(0, ...asks.keys());
    const rows = ranking.rows(most, directory);
    const shown: Shown = {
      slug,
      ranking,
      asks,
      most,
      told: false,
      touched: false,
      renamed: false,
      meta: ranking.meta(),
      version: this.#floor.seq,
      epoch: ranking.epoch,
      rows,
      texts: rows.map((row) => this.#text(row)),
      totals: ranking.totals(Math.min(ranking.count, LIVE_ROWS)),
    };
    if (this.#shown.size >= BOARDS_MAX) this.#dropOldest();
    this.#shown.set(slug, shown);
    return shown;
  }

  /** What there is to tell of a board, if it is other than it was. */
  #bringUp(slug: string, shown: Shown, directory: Directory): Frame[] {
    const { ranking, renamed, touched } = shown;
    [shown.renamed, shown.touched] = [false, false];
    if (renamed) ranking.settingsChanged();
    const rebuilt = ranking.keepUp();
    if (!shown.told) {
      if (ranking.redefined()) this.#shown.delete(slug);
      return [];
    }
    if (ranking.epoch !== shown.epoch || ranking.redefined()) {
      this.#shown.delete(slug);
      const again = this.#show(slug, shown.asks, directory);
      if (!again) return [];
      again.told = true;
      return [this.#frame(again)];
    }
    const delta = rebuilt || touched || renamed ? this.#compare(shown, directory) : undefined;
    return delta ? [delta] : [];
  }

  #text(row: PackedRow): string {
    let text = this.#texts.get(row);
    if (text === undefined) this.#texts.set(row, (text = JSON.stringify(row)));
    return text;
  }

  #dropOldest(): void {
    const free = [...this.#shown].filter(([slug]) => !this.#always.has(slug));
    const [oldest] = free.sort(([, a], [, b]) => askedAt(a) - askedAt(b));
    if (oldest) this.#shown.delete(oldest[0]);
  }

  #frame({ slug, meta, epoch, version, totals, rows }: Shown): BoardSnapshot {
    const at = this.#floor.clock;
    return { kind: 'snapshot', b: slug, ep: epoch, v: version, at, meta, totals, off: 0, rows };
  }

  #compare(shown: Shown, directory: Directory): BoardDelta | undefined {
    const { ranking } = shown;
    const rows = ranking.rows(shown.most, directory);
    const texts = rows.map((row) => this.#text(row));
    const totals = ranking.totals(Math.min(ranking.count, LIVE_ROWS));
    const u = rows.flatMap((row, slot) =>
      texts[slot] === shown.texts[slot] ? [] : [[slot, row] as const],
    );
    const changed = changedTotals(shown.totals, totals);
    if (u.length === 0 && changed === undefined) return undefined;
    const from = shown.version;
    Object.assign(shown, { rows, texts, totals, version: this.#floor.seq });
    const delta: BoardDelta = {
      kind: 'delta',
      b: shown.slug,
      ep: shown.epoch,
      f: from,
      v: shown.version,
      at: this.#floor.clock,
      u,
    };
    return changed === undefined ? delta : { ...delta, totals: changed };
  }
}
