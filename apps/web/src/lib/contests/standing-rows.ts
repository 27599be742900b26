import type { ContestAnswer, ContestRow, ContestStandingAnswer } from '@ovation/protocol';
import { exact, integer, type FormatLocale } from '../format/index.ts';

/** `3/2` or `1.25` as a factor that people read: at most three decimals, cut. */
export function timesText(factor: string, place: FormatLocale): string {
  const [top = '1', bottom = '1'] = factor.split('/');
  const cut = Math.trunc((Number(top) / Number(bottom)) * 1_000) / 1_000;
  return exact(String(cut), place);
}

/** What a kind counts beside its score. */
export const COUNTED_BESIDE: Readonly<
  Partial<
    Record<
      NonNullable<ContestAnswer['kind']>,
      'columnTimes' | 'columnTickets' | 'columnSteps' | 'columnLines'
    >
  >
> = {
  every: 'columnTimes',
  raffle: 'columnTickets',
  tiers: 'columnSteps',
  bingo: 'columnLines',
};

/** Rows that belong together: by division in a league, all in one elsewhere. */
export function grouped(
  rows: readonly ContestRow[],
): readonly { readonly division: number | null; readonly rows: readonly ContestRow[] }[] {
  const divisions = [...new Set(rows.map((row) => row.division))].sort(
    (a, b) => (a ?? 0) - (b ?? 0),
  );
  return divisions.map((division) => ({
    division,
    rows: rows.filter((row) => row.division === division),
  }));
}

/** Somebody's own row: as an entrant, or in the team or squad they play for. */
export function ownRow(
  standing: ContestStandingAnswer | null,
  person: string | undefined,
): ContestRow | undefined {
  if (person === undefined) return undefined;
  return standing?.rows.find(
    (row) => row.entrant.id === person || row.members.some(({ id }) => id === person),
  );
}

/** `3`, or `3=` where somebody is level. */
export const placeText = ({ rank, tied }: ContestRow, place: FormatLocale): string =>
  rank === null ? '–' : `${integer(rank, place)}${tied ? '=' : ''}`;
