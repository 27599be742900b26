import { formatScaled, type BoardLine, type Unit } from '@ovation/domain';
import type { BoardTotals, PackedRow } from '@ovation/protocol';
import type { Directory } from './directory.ts';

/** Money with all its decimals, other figures with as many as they need. */
export const textOf = (value: bigint, unit: Unit): string =>
  formatScaled(value, unit.scale, unit.kind === 'money' ? unit.scale : undefined);

/** A row as it goes over the wire: its figures in text, its names from the directory. */
export function pack(
  line: BoardLine,
  units: { readonly shown: Unit; readonly own: Unit },
  directory: Directory,
): PackedRow {
  const face = directory.get(line.id);
  const names = face && Object.keys(face.names).length > 0 ? face.names : 0;
  const text = (value: bigint | null, unit: Unit) => (value === null ? null : textOf(value, unit));
  return [
    line.id,
    face?.name ?? line.id,
    names,
    face?.stripe ?? 0,
    text(line.value, units.shown),
    line.rank,
    line.tied ? 1 : 0,
    text(line.gap, units.shown),
    line.movement,
    text(line.target, units.own),
  ];
}

/** What of the totals is other than before; `undefined` when nothing is. */
export function changedTotals(
  before: BoardTotals,
  now: BoardTotals,
): Partial<BoardTotals> | undefined {
  const keys = ['total', 'target', 'step', 'count', 'days'] as const;
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]));
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((key) => [key, now[key]]));
}
