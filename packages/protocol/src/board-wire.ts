import type {
  BoardRow,
  PeriodKind,
  MetricId,
  Unit,
  WorkDay,
  BoardOf,
  Instant,
} from '@ovation/domain';

/**
 * A board on the wire. Slots are places in the ranked order (0 is the first). A delta holds the
 * slots whose row changed, so the receiver writes them over and is done: a row that left the slots
 * it watches has been written over by whoever took its place.
 */

/** Rows from the top that are kept live for whoever watches; further down the API answers. */
export const LIVE_ROWS = 1_000;

/** How many rows from the top a view (`top:10`, `around`, `all`) may show something of. */
export const rowsBehind = (view: string): number =>
  view.startsWith('top:') ? Number(view.slice(4)) : LIVE_ROWS;

/** `[id, name, names, stripe, value, rank, tied, gap, movement, target]` */
export type PackedRow = readonly [
  id: string,
  name: string,
  names: Readonly<Record<string, string>> | 0,
  stripe: number,
  value: string | null,
  rank: number,
  tied: 0 | 1,
  gap: string | null,
  movement: number,
  target: string | null,
];

/** What stays the same for a whole epoch. */
export interface BoardMeta {
  readonly slug: string;
  readonly metric: MetricId;
  readonly of: BoardOf;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower';
  /** Walls and reps see this many rows at most. */
  readonly topN?: number;
  readonly period: PeriodKind;
  /** ISO instants of the half-open window; `null` for all time. */
  readonly from: string | null;
  readonly to: string | null;
  /** Working hours of each day in the window, `[from, to, weight]`, for pace. */
  readonly workDays: readonly (readonly [number, number, number])[];
}

/** What belongs to the board as a whole and changes with it. */
export interface BoardTotals {
  /** Sum over everybody, exact. */
  readonly total: string;
  /** The organisation's own target in this metric and window. */
  readonly target: string | null;
  /** What one more of its events brings (an average deal); `null` where there is no such thing. */
  readonly step?: string | null;
  /** Rows in the whole board, up to `LIVE_ROWS`. */
  readonly count: number;
  /** `[local midnight, total of that day]` for days with events, oldest first; at most 366. */
  readonly days: readonly (readonly [number, string])[];
}

export interface BoardSnapshot {
  readonly kind: 'snapshot';
  readonly b: string;
  readonly ep: string;
  readonly v: number;
  /** `recordedAt` of the newest event in it, ms. */
  readonly at: Instant;
  readonly meta: BoardMeta;
  readonly totals: BoardTotals;
  /** Slot of the first row. */
  readonly off: number;
  readonly rows: readonly PackedRow[];
}

export interface BoardDelta {
  readonly kind: 'delta';
  readonly b: string;
  readonly ep: string;
  /** The version it leads from and to. */
  readonly f: number;
  readonly v: number;
  readonly at: Instant;
  readonly totals?: Partial<BoardTotals>;
  /** `[slot, row]` for each slot that changed. */
  readonly u: readonly (readonly [number, PackedRow])[];
}

/** A board as a page holds it. */
export interface BoardView {
  readonly slug: string;
  readonly epoch: string;
  readonly version: number;
  readonly at: Instant;
  readonly meta: Omit<BoardMeta, 'workDays'> & { readonly workDays: readonly WorkDay[] };
  readonly totals: BoardTotals;
  readonly offset: number;
  readonly rows: readonly BoardRow[];
}

export const packRow = (row: BoardRow): PackedRow => [
  row.id,
  row.name,
  row.names ?? 0,
  row.stripe,
  row.value,
  row.rank,
  row.tied ? 1 : 0,
  row.gap,
  row.movement,
  row.target,
];

export function unpackRow(packed: PackedRow): BoardRow {
  const [id, name, names, stripe, value, rank, tied, gap, movement, target] = packed;
  const row = { id, name, stripe, value, rank, tied: tied === 1, gap, movement, target };
  return names === 0 ? row : { ...row, names };
}

export function viewOf(snapshot: BoardSnapshot): BoardView {
  const { workDays, ...meta } = snapshot.meta;
  return {
    slug: snapshot.b,
    epoch: snapshot.ep,
    version: snapshot.v,
    at: snapshot.at,
    meta: { ...meta, workDays: workDays.map(([from, to, weight]) => ({ from, to, weight })) },
    totals: snapshot.totals,
    offset: snapshot.off,
    rows: snapshot.rows.map(unpackRow),
  };
}

/**
 * Applies a delta. `ignore`: it is old news. `gap`: it leads from a version that the view does not
 * have, so the caller asks again with `since`.
 */
export function mergeDelta(view: BoardView, delta: BoardDelta): BoardView | 'ignore' | 'gap' {
  if (delta.ep !== view.epoch) return 'gap';
  if (delta.v <= view.version) return 'ignore';
  if (delta.f > view.version) return 'gap';
  const rows = [...view.rows];
  for (const [slot, row] of delta.u) {
    const index = slot - view.offset;
    if (index >= 0) rows[index] = unpackRow(row);
  }
  const totals = { ...view.totals, ...delta.totals };
  const kept = rows.slice(0, Math.max(0, totals.count - view.offset));
  return { ...view, version: delta.v, at: delta.at, totals, rows: kept };
}
