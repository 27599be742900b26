import { PERIODS, type PeriodKind } from './calendar.ts';
import type { Condition, MetricId } from './metric.ts';
import type { TeamId } from './types.ts';

/** Who is ranked. */
export const BOARD_OF = ['people', 'teams'] as const;
export type BoardOf = (typeof BOARD_OF)[number];

/** What the order goes by: the value itself, or something made of it. */
export const RANKED_BY = ['value', 'target', 'improvement', 'per_head'] as const;
/**
 * `target`: percent of the own target; `improvement`: more (or fewer) than in the same part of the
 * window before; `per_head`: a team's value for each of its active people.
 */
export type RankedBy = (typeof RANKED_BY)[number];

/** `shared`: 1, 2, 2, 4. `first`: whoever got there first is ahead. */
export const TIE_RULES = ['shared', 'first'] as const;
export type TieRule = (typeof TIE_RULES)[number];

/** A ranked view: metric × period × people or teams, over everybody or some. */
export interface BoardDefinition {
  /** `brd_…`; of a starter board its slug. */
  readonly id: string;
  /** `revenue-month`, `team-deals-day`, …: its address, unique in the organisation. */
  readonly slug: string;
  readonly metric: MetricId;
  readonly period: PeriodKind;
  readonly of: BoardOf;
  /** Only events with all of these count; left out, every event does. */
  readonly where?: readonly Condition[];
  /** Only these teams and those below them, or the people in them; left out, all. */
  readonly teams?: readonly TeamId[];
  readonly rankedBy?: RankedBy;
  readonly ties?: TieRule;
  /** Walls and reps see this many rows at most. */
  readonly topN?: number;
}

/** One row of a board. Numbers are exact decimal strings in the metric's unit. */
export interface BoardRow {
  readonly id: string;
  readonly name: string;
  /** The name in other languages, by language code. */
  readonly names?: Readonly<Record<string, string>>;
  /** The team's stripe colour, 1 to 6; 0 without a team. */
  readonly stripe: number;
  /** `null` when there is nothing to make it of. */
  readonly value: string | null;
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

/** The board of a metric, a period and people or teams, which every organisation has. */
export function plainBoard(of: BoardOf, metric: MetricId, period: PeriodKind): BoardDefinition {
  const slug = slugOf(of, metric, period);
  return { id: slug, slug, metric, period, of };
}

/** What a slug of the form `[team-]metric-period` means. */
export function plainBoardBySlug(slug: string): BoardDefinition | undefined {
  const of = slug.startsWith('team-') ? 'teams' : 'people';
  const rest = of === 'teams' ? slug.slice('team-'.length) : slug;
  const period = PERIODS.find((one) => rest.endsWith(`-${one}`));
  if (period === undefined) return rolling(of, rest);
  const metric = rest.slice(0, -period.length - 1);
  return metric === '' ? undefined : plainBoard(of, metric, period);
}

function rolling(of: BoardOf, rest: string): BoardDefinition | undefined {
  const found = /^(.+)-(last-[1-9]\d{0,2})$/.exec(rest);
  return found ? plainBoard(of, found[1]!, found[2] as PeriodKind) : undefined;
}
