import type { HourSpan } from '../contest/definition.ts';
import type { Condition, MetricId } from '../metric.ts';
import type { Instant, TeamId } from '../types.ts';

/** `bdg_…` */
export type AchievementId = string;

/** What a badge shows; pages draw each. */
export const BADGE_ICONS = [
  'star',
  'trophy',
  'flame',
  'bolt',
  'rocket',
  'target',
  'phone',
  'handshake',
  'sunrise',
  'crown',
  'people',
  'gem',
] as const;
export type BadgeIcon = (typeof BADGE_ICONS)[number];

/** Steps of a badge; `plain` is the one step of a badge that has none. */
export const BADGE_LEVELS = ['plain', 'bronze', 'silver', 'gold'] as const;
export type BadgeLevel = (typeof BADGE_LEVELS)[number];

/** How much is needed, and how many points it is worth. Steps rise, and each passed one counts. */
export interface BadgeStep {
  readonly level: BadgeLevel;
  /**
   * A decimal in what the kind counts: the metric's unit, percent of a target, days in a row, or a
   * number of events. Of a record and a first it says nothing.
   */
  readonly at: string;
  readonly points: number;
}

/** The stretches of time that are looked at one by one. */
export const BADGE_WINDOWS = ['day', 'week', 'month', 'quarter', 'year', 'all'] as const;
export type BadgeWindow = (typeof BADGE_WINDOWS)[number];

interface Windowed {
  readonly metric: MetricId;
  readonly window: BadgeWindow;
}

/** What it takes. One file for each kind. */
export type AchievementRules =
  /** One event of at least so much. */
  | ({ readonly kind: 'event' } & Windowed)
  /** So much of a metric in a window. */
  | ({ readonly kind: 'sum' } & Windowed)
  /** More than in any window before, once so many windows had something. */
  | ({ readonly kind: 'record'; readonly after: number } & Windowed)
  /** The very first event of one's own, or the first of everybody in a window. */
  | ({ readonly kind: 'first'; readonly of: 'own' | 'everybody' } & Windowed)
  /**
   * So many working days in a row with at least `daily`. Closed days neither count nor break it;
   * up to `freeze` working days without are bridged.
   */
  | {
      readonly kind: 'streak';
      readonly metric: MetricId;
      readonly daily: string;
      readonly freeze: number;
    }
  /** So many percent of the own target. */
  | ({ readonly kind: 'target' } & Windowed)
  /** So many events at a time of day. */
  | ({ readonly kind: 'time'; readonly hours: HourSpan } & Windowed)
  /** So much of a team together; everybody who added to it earns it. */
  | ({ readonly kind: 'team'; readonly teams?: readonly TeamId[] } & Windowed);
export type AchievementKindName = AchievementRules['kind'];

/** A badge as data. Its names are in rows; who has it follows from the log. */
export interface AchievementDefinition {
  readonly id: AchievementId;
  readonly icon: BadgeIcon;
  readonly rules: AchievementRules;
  /** Only events with all of these count. */
  readonly where?: readonly Condition[];
  /** One to three. */
  readonly steps: readonly BadgeStep[];
  /** Once for ever, or once in every window (every run of a streak). */
  readonly repeat: 'once' | 'window';
  /** No longer given: who has it keeps it. */
  readonly paused?: boolean;
  /** Only what happened from here on counts; left out, all of history does. */
  readonly since?: Instant;
}

/** The name of an award of one badge to one person: which step, in which window. */
export const awardKey = ({ level, window }: { level: BadgeLevel; window: string }): string =>
  `${level}|${window}`;
/** The window of what is earned once. */
export const ONCE = 'once';
