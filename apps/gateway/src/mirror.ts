import {
  type BoardDelta,
  type BoardMeta,
  type BoardSnapshot,
  type BoardTotals,
  type PackedRow,
} from '@ovation/protocol';

/** The slots a viewer watches: `[from, to)`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * A copy of one board, or of its first rows, in which every slot knows the version that last
 * changed it. So "what did I miss since v" is answered from state, after any absence, on any
 * gateway, without a history.
 */
export class Mirror {
  #meta: BoardMeta;
  #totals: BoardTotals;
  #totalsChangedAt: number;
  #rows: PackedRow[];
  #changedAt: number[];
  epoch: string;
  version: number;
  at: number;

  constructor(snapshot: BoardSnapshot) {
    this.#meta = snapshot.meta;
    this.#totals = snapshot.totals;
    this.#rows = [...snapshot.rows];
    this.#changedAt = snapshot.rows.map(() => snapshot.v);
    this.#totalsChangedAt = snapshot.v;
    this.epoch = snapshot.ep;
    this.version = snapshot.v;
    this.at = snapshot.at;
  }

  /** `gap`: the frame leads from a version that is not here, ask for the whole board. */
  apply(frame: BoardDelta | BoardSnapshot): 'applied' | 'ignored' | 'gap' {
    if (frame.kind === 'snapshot') return this.#replace(frame);
    if (frame.ep !== this.epoch) return 'gap';
    if (frame.v <= this.version) return 'ignored';
    if (frame.f !== this.version) return 'gap';
    for (const [slot, row] of frame.u) {
      // More rows are kept than are here: those are asked for when somebody watches them.
      if (slot > this.#rows.length) break;
      this.#rows[slot] = row;
      this.#changedAt[slot] = frame.v;
    }
    if (frame.totals) {
      this.#totals = { ...this.#totals, ...frame.totals };
      this.#totalsChangedAt = frame.v;
    }
    this.trim(this.#totals.count);
    this.version = frame.v;
    this.at = frame.at;
    return 'applied';
  }

  /** Whether the first rows of it are here, as many as that or as there are. */
  has(rows: number): boolean {
    return this.#rows.length >= Math.min(rows, this.#totals.count);
  }

  /** Rows from there on are no longer kept up to date. */
  trim(rows: number): void {
    this.#rows.length = Math.min(rows, this.#rows.length);
    this.#changedAt.length = this.#rows.length;
  }

  /** Keeps the age of slots that did not change, so that nobody is sent what they have. */
  #replace(frame: BoardSnapshot): 'applied' | 'ignored' {
    const same = frame.ep === this.epoch;
    const more = frame.v === this.version && frame.rows.length > this.#rows.length;
    if (same && frame.v <= this.version && !more) return 'ignored';
    this.#changedAt = frame.rows.map((row, slot) =>
      same && JSON.stringify(row) === JSON.stringify(this.#rows[slot])
        ? this.#changedAt[slot]!
        : frame.v,
    );
    this.#meta = frame.meta;
    this.#totals = frame.totals;
    this.#totalsChangedAt = frame.v;
    this.#rows = [...frame.rows];
    this.epoch = frame.ep;
    this.version = frame.v;
    this.at = frame.at;
    return 'applied';
  }

  /** The slots that a view shows; `limited` to what the board shows to walls and reps now. */
  rangeOf(view: string, person: string | null, limited = false): Range {
    if (view.startsWith('top:')) {
      const most = limited ? (this.#meta.topN ?? Infinity) : Infinity;
      return { from: 0, to: Math.min(most, Number(view.slice(4))) };
    }
    if (view === 'all') return { from: 0, to: this.#rows.length };
    const own = this.#rows.findIndex((row) => row[0] === person);
    return own < 0 ? { from: 0, to: 0 } : { from: Math.max(0, own - 2), to: own + 3 };
  }

  snapshot({ from, to }: Range): BoardSnapshot {
    return {
      kind: 'snapshot',
      b: this.#meta.slug,
      ep: this.epoch,
      v: this.version,
      at: this.at,
      meta: this.#meta,
      totals: this.#totals,
      off: from,
      rows: this.#rows.slice(from, to),
    };
  }

  /** The cheapest answer that leaves no hole between what the viewer has and what the board is. */
  catchUp(range: Range, epoch?: string, since?: number): BoardSnapshot | BoardDelta {
    const known = since !== undefined && epoch === this.epoch && since <= this.version;
    if (!known || range.from > 0) return this.snapshot(range);
    const u: [number, PackedRow][] = [];
    for (let slot = range.from; slot < Math.min(range.to, this.#rows.length); slot += 1) {
      if (this.#changedAt[slot]! > since) u.push([slot, this.#rows[slot]!]);
    }
    const { epoch: ep, version: v, at } = this;
    const delta: BoardDelta = { kind: 'delta', b: this.#meta.slug, ep, f: since, v, at, u };
    return this.#totalsChangedAt > since ? { ...delta, totals: this.#totals } : delta;
  }
}
