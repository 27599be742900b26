import type { Calendar, FixedPeriod, Window } from '../calendar.ts';
import type { Credit } from '../credit.ts';
import type { Valued } from '../metric-value.ts';
import { unitOf, type Metric, type MetricId } from '../metric.ts';
import { parseScaled } from '../decimal.ts';
import type { Instant, PersonId, Scaled, TeamId } from '../types.ts';
import type { AchievementDefinition, AchievementRules, BadgeLevel } from './definition.ts';

export type Span = Pick<Window, 'from' | 'to'>;

/** What achievements read of a floor. Entities are people, teams, or `*`. */
export interface AchievementReader {
  readonly calendar: Calendar;
  readonly currency: string;
  metric(id: MetricId): Metric | undefined;
  /** `filter`: the achievement's id where it has conditions of its own, else `null`. */
  value(metric: Metric, filter: string | null, entity: string, span: Span): Valued;
  /** The credits behind each part of what a metric is made of, oldest first. */
  parts(
    metric: Metric,
    filter: string | null,
    entity: string,
    span: Span,
  ): readonly Iterable<Credit>[];
  /** A person's own target. */
  target(
    person: PersonId,
    metric: MetricId,
    period: FixedPeriod,
    window: string,
  ): Scaled | undefined;
  /** A team and those above it. */
  lineOf(team: TeamId | null): readonly TeamId[];
}

/** One question: whether somebody has earned a badge. */
export interface Ask<R extends AchievementRules = AchievementRules> {
  readonly definition: AchievementDefinition;
  readonly rules: R;
  readonly metric: Metric;
  readonly filter: string | null;
  readonly person: PersonId;
  readonly reader: AchievementReader;
}

/** What somebody has in one window, in what the kind counts. */
export interface Amount {
  readonly amount: Scaled;
  /** When the latest event in it happened. */
  readonly at: Instant;
}

/** The amounts of all windows in which there is something, oldest first. */
export interface Evidence extends Amount {
  readonly window: Window;
}

/** One step that was passed. */
export interface Earned {
  readonly level: BadgeLevel;
  readonly points: number;
  /** Key of the window, `once`, or the first day of a run. */
  readonly window: string;
  /** When what it is earned by happened. */
  readonly at: Instant;
}

/** A way of earning a badge. */
export interface AchievementKind<R extends AchievementRules> {
  /** What happens in such a window changes the evidence of this window and of no other. */
  window(rules: R): FixedPeriod;
  /** `undefined`: there is nothing to be remembered. */
  amount(ask: Ask<R>, window: Window): Amount | undefined;
  /** Digits of the amounts, and of the steps. */
  scale(ask: Pick<Ask<R>, 'metric' | 'reader'>): number;
  /** From all evidence, oldest first; where it is left out, each window speaks for itself. */
  earned?(ask: Ask<R>, evidence: readonly Evidence[]): Earned[];
  /** What one does may change what others have. */
  readonly shared?: true;
}

/** The credits of somebody (or of all) in a span; of each part of the metric oldest first. */
export function* creditsOfAsk({ reader, metric, filter, person }: Ask, span: Span) {
  for (const part of reader.parts(metric, filter, person, span)) yield* part;
}

/** Digits of a metric's own numbers. */
export const metricScale = ({ metric, reader }: Pick<Ask, 'metric' | 'reader'>): number =>
  unitOf(metric, reader.currency).scale;

/** A decimal of a definition; one that cannot be read is never reached. */
export function scaledAt(text: string, scale: number): Scaled | undefined {
  const parsed = parseScaled(text, scale);
  return parsed.ok ? parsed.value : undefined;
}
