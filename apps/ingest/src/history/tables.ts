import {
  ACTIVITY_CLASSES,
  COUNT_SCALE,
  formatScaled,
  unitOf,
  type Instant,
  type Window,
} from '@ovation/domain';
import {
  LEAD_SOURCES_MAX,
  type FunnelAnswer,
  type LeadSourcesAnswer,
  type MixAnswer,
} from '@ovation/protocol';
import { readActivityMix, readFunnel, readLeadSources } from '@ovation/store';
import { measureOf, type Book } from '../figures/book.ts';
import { storable } from '../figures/values.ts';
import { textOf } from './metrics.ts';
import { whoseOf, type Subject } from './values.ts';

export interface TableQuery extends Subject {
  readonly book: Book;
  readonly span: Pick<Window, 'from' | 'to'>;
  readonly at: Instant;
}

const stretch = ({ span }: TableQuery) => ({
  from: new Date(span.from).toISOString(),
  to: new Date(span.to).toISOString(),
});
const rowsIn = (query: TableQuery) => ({
  from: storable(query.span.from),
  to: storable(query.span.to),
  whose: whoseOf(query.book, query),
  at: storable(query.at),
});

/** How much of each activity there was. */
export async function mix(query: TableQuery): Promise<MixAnswer> {
  const { book } = query;
  const measure = measureOf(book, 'activities', null, 0, null);
  const rows =
    measure === undefined
      ? []
      : await readActivityMix(book.sql, book.orgId, { ...rowsIn(query), measure });
  return {
    ...stretch(query),
    kinds: rows.map((row) => ({
      activity: row.activity,
      class: ACTIVITY_CLASSES.find((one) => one === row.class) ?? 'deal-making',
      count: formatScaled(row.value, COUNT_SCALE),
    })),
  };
}

/** How far the deals came that began in the time: each stage with all that got there or past it. */
export async function funnel(query: TableQuery): Promise<FunnelAnswer> {
  const { book } = query;
  const { stages, won, lost, open } = await readFunnel(book.sql, book.orgId, rowsIn(query));
  let before = 0;
  const reached = (from: number) =>
    stages.slice(from).reduce((sum, stage) => sum + stage.furthest, 0);
  return {
    ...stretch(query),
    stages: stages.map((stage, index) => {
      const deals = reached(index);
      const percent = before === 0 ? null : tenths((100 * deals) / before);
      before = deals;
      const medianDays = stage.medianDays === null ? null : tenths(stage.medianDays);
      return { stage: stage.stage, deals, percent, medianDays };
    }),
    won,
    lost,
    open,
  };
}

/** What each lead source (or campaign, or any other attribute) brought. */
export async function leadSources(
  query: TableQuery & { readonly attribute: string },
): Promise<LeadSourcesAnswer> {
  const { book, attribute } = query;
  const revenue = book.byId.get('revenue')!;
  const unit = unitOf(revenue, book.settings.currency);
  const rows = await readLeadSources(book.sql, book.orgId, {
    ...rowsIn(query),
    attribute,
    measure: measureOf(book, revenue.id, null, 0, null),
    limit: LEAD_SOURCES_MAX,
  });
  return {
    attribute,
    ...stretch(query),
    rows: rows.map((row) => ({
      value: row.value,
      opened: row.opened,
      won: row.won,
      winRate: row.won + row.lost === 0 ? null : tenths((100 * row.won) / (row.won + row.lost)),
      revenue: textOf(row.revenue, unit),
      averageDays: row.averageDays === null ? null : tenths(row.averageDays),
    })),
  };
}

/** Floored to a tenth: 99.96 is never shown as 100. */
function tenths(value: number): string {
  return String(Math.floor(value * 10 + 1e-9) / 10);
}
