import { workingTime, type BoardRow, type Instant, type WorkDay } from '@ovation/domain';
import type { BoardView } from '@ovation/protocol';
import { boardScale, scaled, scaledText, type Scale } from '../format/money.ts';
import { displayName, isRightToLeft, monogram } from '../format/name.ts';
import { exact, integer } from '../format/number.ts';
import type { FormatLocale } from '../format/locale.ts';

/** A row as it is drawn. Lengths are shares of the bar's room. */
export interface RowPicture {
  readonly id: string;
  /** Place from the top, 0 first. */
  readonly slot: number;
  readonly rank: number;
  readonly rankText: string;
  readonly tied: boolean;
  /** Places gained; 0 when unmoved, and when places were lost, which is nobody's business. */
  readonly gained: number;
  readonly gainedText: string;
  readonly name: string;
  readonly latin: boolean;
  readonly monogram: string;
  readonly bar: number;
  /** Where the own target says one should be by now; `null` without a target. */
  readonly tick: number | null;
  readonly value: string;
  readonly gap: string;
  readonly leads: boolean;
}

/** Share of the period's working time that is gone; all of it where there is none. */
export function paceShare(days: readonly WorkDay[], now: Instant): number {
  const { elapsed, total } = workingTime(days, now);
  return total > 0 ? elapsed / total : 1;
}

export function scaleOf(view: BoardView, locale: FormatLocale): Scale {
  return boardScale(
    view.rows.map((row) => row.value),
    view.meta.unit,
    locale,
  );
}

/** The rows of a board for one reader at one moment. */
export function rowPictures(
  view: BoardView,
  locale: FormatLocale,
  share: number,
  rowsMax: number,
): RowPicture[] {
  const rows = view.rows.slice(0, rowsMax);
  const scale = scaleOf(view, locale);
  const ticks = rows.map((row) => (row.target === null ? null : Number(row.target) * share));
  const most = Math.max(...rows.map((row) => Number(row.value)), ...ticks.map(Number), 0) || 1;
  const along = (value: number): number => Math.min(1, Math.max(0, value / most));
  return rows.map((row, slot) => {
    const name = displayName(row, locale.language);
    const tick = ticks[slot] ?? null;
    return {
      id: row.id,
      slot,
      rank: row.rank,
      rankText: integer(row.rank, locale),
      tied: row.tied,
      gained: Math.max(0, row.movement),
      gainedText: integer(Math.max(0, row.movement), locale),
      name,
      latin: locale.language === 'fa' && !isRightToLeft(name),
      monogram: monogram(name, locale.language),
      bar: along(Number(row.value)),
      tick: tick === null ? null : along(tick),
      value: scaled(row.value, scale, locale),
      gap: gapText(rows, slot, scale, locale),
      leads: row.rank === 1 && !row.tied && rows.length > 1,
    };
  });
}

/** The leader's gap is to the one behind; everybody else's to the next better rank. */
function gapText(
  rows: readonly BoardRow[],
  slot: number,
  scale: Scale,
  locale: FormatLocale,
): string {
  const row = rows[slot];
  const gap = row?.rank === 1 ? (row.tied ? null : rows[slot + 1]?.gap) : row?.gap;
  if (gap === null || gap === undefined) return '';
  const text = scaledText(gap, scale);
  const finer = { ...scale, decimals: scale.decimals + 1 };
  return exact(/[1-9]/.test(text) ? text : scaledText(gap, finer), locale);
}

/** Who gained most in rank between two pictures: one row at a time may shine. */
export function biggestRise(
  before: readonly RowPicture[],
  after: readonly RowPicture[],
): string | null {
  const ranks = new Map(before.map((row) => [row.id, row.rank]));
  let best: { id: string; places: number } | null = null;
  for (const row of after) {
    const places = (ranks.get(row.id) ?? row.rank) - row.rank;
    if (places > 0 && places > (best?.places ?? 0)) best = { id: row.id, places };
  }
  return best?.id ?? null;
}
