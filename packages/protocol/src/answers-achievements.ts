import type { BadgeLevel, FixedPeriod, Unit } from '@ovation/domain';
import type { AchievementBody } from './api-achievements.ts';
import type { Emblem } from './feed.ts';
import type { Named } from './socket-events.ts';

/** `GET /v1/achievements`, each of `achievements`. */
export interface AchievementAnswer {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly definition: AchievementBody;
  /** How numbers of its metric are read; `null` when the metric is no more. */
  readonly unit: Unit | null;
  /** How many people have it. */
  readonly holders: number;
}

/** `GET /v1/achievements/templates`, each of `templates`. */
export interface AchievementTemplateAnswer {
  readonly key: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly definition: AchievementBody;
}

/** `POST /v1/achievements/preview`: who would have it. Nothing was saved. */
export interface AchievementPreview {
  /** Since when was looked; `null` for all of history. */
  readonly from: string | null;
  /** Most first. */
  readonly people: readonly AchievementPreviewLine[];
  /** How many have none. */
  readonly without: number;
  /** All that would be given, and what it would cost in points. */
  readonly awards: number;
  readonly points: number;
}

export interface AchievementPreviewLine {
  readonly person: Named;
  readonly awards: number;
  readonly points: number;
  /** The highest step, and when it was last earned. */
  readonly level: BadgeLevel | null;
  readonly latest: string | null;
  /** What they have of it now. */
  readonly has: number;
}

/** A badge on somebody's page: what they have of it, and how far the next step is. */
export interface PersonBadge {
  readonly badge: Emblem;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  /** Steps that were earned, lowest first. */
  readonly levels: readonly {
    readonly level: BadgeLevel;
    readonly times: number;
    readonly points: number;
    readonly latest: string;
  }[];
  /** The next step in the window that is open; `null` where nothing can be measured. */
  readonly progress: {
    readonly level: BadgeLevel;
    /** Decimals in what it counts. */
    readonly amount: string;
    readonly needed: string;
    readonly points: number;
    /** `null` where it counts days, events or percent. */
    readonly unit: Unit | null;
    readonly counts: 'metric' | 'percent' | 'days' | 'events';
  } | null;
}

/** `GET /v1/people/{id}/badges`. */
export interface PersonBadgesAnswer {
  readonly person: Named;
  /** Points ever earned, spent or not, and the level that they make. */
  readonly earned: number;
  readonly level: { readonly level: number; readonly from: number; readonly next: number };
  readonly badges: readonly PersonBadge[];
  readonly records: readonly {
    readonly metric: string;
    readonly unit: Unit;
    readonly period: FixedPeriod;
    readonly from: string;
    readonly to: string;
    readonly value: string;
  }[];
  readonly streaks: readonly {
    readonly badge: Emblem;
    readonly days: number;
    readonly longest: number;
    /** Working days that may still be missed. */
    readonly freezeLeft: number;
    /** Whether today is in it already. */
    readonly today: boolean;
  }[];
}
