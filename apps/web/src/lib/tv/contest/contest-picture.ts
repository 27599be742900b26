import type { BoardRow } from '@ovation/domain';
import type { BoardView, ContestCard } from '@ovation/protocol';
import {
  boardScale,
  displayName,
  integer,
  isRightToLeft,
  longUnit,
  monogram,
  scaled,
  type FormatLocale,
} from '../../format/index.ts';

/** One row of a contest as it is drawn. */
export interface ContestRowPicture {
  readonly id: string;
  readonly rank: number;
  readonly rankText: string;
  readonly tied: boolean;
  readonly name: string;
  readonly latin: boolean;
  readonly monogram: string;
  readonly value: string;
  /** What is missing to the next better place; empty for the first. */
  readonly gap: string;
}

export interface ContestPicture {
  readonly podium: readonly ContestRowPicture[];
  readonly pack: readonly ContestRowPicture[];
  readonly unit: string;
}

const PODIUM = 3;
/** Rows beside the podium: more would not be read from the door. */
const PACK = 3;

/** The first three and those behind them. Who has nothing yet, or is not placed, stays out. */
export function contestPicture(
  view: BoardView,
  card: Pick<ContestCard, 'topN'>,
  locale: FormatLocale,
): ContestPicture {
  const shown = Math.min(card.topN ?? PODIUM + PACK, PODIUM + PACK);
  const rows = view.rows.filter((row) => row.rank > 0 && has(row)).slice(0, shown);
  const scale = boardScale(
    rows.map((row) => row.value),
    view.meta.unit,
    locale,
  );
  const pictures = rows.map((row): ContestRowPicture => {
    const name = displayName(row, locale.language);
    return {
      id: row.id,
      rank: row.rank,
      rankText: integer(row.rank, locale),
      tied: row.tied,
      name,
      latin: locale.language === 'fa' && !isRightToLeft(name),
      monogram: monogram(name, locale.language),
      value: scaled(row.value, scale, locale),
      gap: row.gap === null ? '' : scaled(row.gap, scale, locale),
    };
  });
  return {
    podium: pictures.slice(0, PODIUM),
    pack: pictures.slice(PODIUM),
    unit: longUnit(view.meta.unit, scale, locale),
  };
}

const has = (row: BoardRow): boolean => row.value !== null && /[1-9]/.test(row.value);
