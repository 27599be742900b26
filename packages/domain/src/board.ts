import { PERIODS, type PeriodKind } from './calendar.ts';
import { METRICS, type MetricId } from './metric.ts';

/** Who is ranked. */
export const BOARD_OF = ['people', 'teams'] as const;
export type BoardOf = (typeof BOARD_OF)[number];

/** A ranked view: metric × period × people or teams. */
export interface BoardDefinition {
  /** `revenue-month`, `team-deals-day`, …: its address, unique in the organisation. */
  readonly slug: string;
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly of: BoardOf;
}

/** One row of a board. Numbers are exact decimal strings in the metric's unit. */
export interface BoardRow {
  readonly id: string;
  readonly name: string;
  /** The name in other languages, by language code. */
  readonly names?: Readonly<Record<string, string>>;
  /** The team's stripe colour, 1 to 6; 0 without a team. */
  readonly stripe: number;
  readonly value: string;
  /** Competition rank: 1, 2, 2, 4. */
  readonly rank: number;
  readonly tied: boolean;
  /** What is missing to the next better rank; `null` at the top. */
  readonly gap: string | null;
  /** Places gained since the day began (in this window); negative is lost, 0 unmoved. */
  readonly movement: number;
  /** The own target in this metric and window. */
  readonly target: string | null;
}

export const slugOf = (of: BoardOf, metric: MetricId, period: PeriodKind): string =>
  `${of === 'teams' ? 'team-' : ''}${metric}-${period}`;

/** The boards every organisation starts with. */
export const STARTER_BOARDS: readonly BoardDefinition[] = BOARD_OF.flatMap((of) =>
  METRICS.flatMap((metric) =>
    PERIODS.map((period) => ({ slug: slugOf(of, metric, period), metric, period, of })),
  ),
);

const BY_SLUG = new Map(STARTER_BOARDS.map((board) => [board.slug, board]));

export const boardBySlug = (slug: string): BoardDefinition | undefined => BY_SLUG.get(slug);
