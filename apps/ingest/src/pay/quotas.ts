import type { Calendar, FixedPeriod } from '@ovation/domain';
import type { PersonTargetRow } from '@ovation/store';

/** Kinds of windows that targets pay by, the finest first. */
const KINDS: readonly FixedPeriod[] = ['week', 'month', 'quarter', 'half', 'year'];

/** A target with the dates that it is for. */
export interface TargetSpan {
  readonly row: PersonTargetRow;
  readonly from: string;
  readonly to: string;
}

/**
 * One person's targets of a metric, of which no two are for the same day: those of the measure's
 * own kind of window first, then finer ones, which add up, then coarser ones, of which a part is
 * taken.
 */
export function linesFor(
  targets: readonly PersonTargetRow[],
  { only, first }: { readonly only?: string | undefined; readonly first: FixedPeriod | null },
  calendar: Calendar,
): TargetSpan[] {
  const place = KINDS.indexOf(first ?? 'month');
  const order = [
    ...KINDS.slice(place, place + 1),
    ...KINDS.slice(0, place).reverse(),
    ...KINDS.slice(place + 1),
  ].filter((kind) => only === undefined || kind === only);
  const taken: TargetSpan[] = [];
  for (const kind of order) {
    const spans = targets
      .filter((row) => row.period === kind)
      .map((row) => ({ row, ...spanOf(row, calendar) }));
    const free = spans.filter(({ from, to }) =>
      taken.every((other) => to <= other.from || other.to <= from),
    );
    taken.push(...free);
  }
  return taken.sort((a, b) => (a.from < b.from ? -1 : 1));
}

function spanOf({ period, periodKey }: PersonTargetRow, calendar: Calendar) {
  const window = calendar.windowOf(period as FixedPeriod, calendar.startOf(periodKey));
  return { from: calendar.dateOf(window.from), to: calendar.dateOf(window.to) };
}
