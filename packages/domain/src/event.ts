import type { PeriodKind } from './calendar.ts';
import type { MetricId } from './metric.ts';
import type { OrganisationSettings } from './organisation.ts';
import type { DealKey, EventKey, Instant, PersonId, Seq, TeamId } from './types.ts';

/** Every fact the log can hold. Later types are named here before anything folds them. */
export const EVENT_TYPES = [
  'deal.opened',
  'deal.stage_changed',
  'deal.won',
  'deal.lost',
  'deal.amended',
  'deal.reassigned',
  'deal.split',
  'deal.reversed',
  'payment.received',
  'payment.refunded',
  'activity.logged',
  'activity.withdrawn',
  'kpi.reported',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** The types that are folded today; the others are refused at the door until they are. */
export const ACCEPTED_TYPES = [
  'deal.opened',
  'deal.stage_changed',
  'deal.won',
  'deal.lost',
  'deal.reversed',
  'activity.logged',
  'kpi.reported',
] as const satisfies readonly EventType[];

/** The kind of work an activity is. */
export const ACTIVITY_CLASSES = ['deal-making', 'sourcing', 'relationship'] as const;
export type ActivityClass = (typeof ACTIVITY_CLASSES)[number];

/** A person's part of an event, as in the log: an exact share in text. */
export interface CreditShare {
  readonly person: PersonId;
  readonly share: string;
}

/** An amount in the log: whole minor units in text, since JSON has no integers of that size. */
export interface LoggedMoney {
  readonly minor: string;
  readonly currency: string;
}

interface Facts {
  readonly credits: readonly CreditShare[];
  readonly amount?: LoggedMoney;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Taken in bulk: it counts like any other, and nobody is made to turn their head for it. */
  readonly quiet?: true;
}

export type TargetScope = 'person' | 'team' | 'organisation';

/** What each kind of event says. Ids only: names live in rows that can be erased. */
export type EventBody =
  | ({ readonly type: 'deal.opened' | 'deal.stage_changed'; readonly deal: DealKey } & Facts)
  | ({ readonly type: 'deal.won'; readonly deal: DealKey } & Facts)
  | ({ readonly type: 'deal.lost'; readonly deal: DealKey } & Facts)
  | {
      readonly type: 'deal.reversed';
      /** The deal whose wins up to this event's `occurredAt` are taken back … */
      readonly deal?: DealKey;
      /** … or the one event that is. */
      readonly reverses?: EventKey;
    }
  | ({
      readonly type: 'activity.logged';
      readonly activity: string;
      readonly class: ActivityClass;
    } & Facts)
  | ({
      readonly type: 'kpi.reported';
      readonly kpi: string;
      /** Whole number of the metric's scale, in text, where `kpi` is a metric; else as sent. */
      readonly value: string;
    } & Facts)
  | { readonly type: 'organisation.changed'; readonly settings: OrganisationSettings }
  | { readonly type: 'team.changed'; readonly team: TeamId; readonly parent: TeamId | null }
  | {
      readonly type: 'person.changed';
      readonly person: PersonId;
      readonly team: TeamId | null;
      /** From when the person belongs to the team; `null` since ever. */
      readonly since: Instant | null;
      readonly active: boolean;
    }
  | {
      readonly type: 'target.set';
      readonly scope: TargetScope;
      /** The person or team; `null` for the organisation. */
      readonly entity: string | null;
      readonly metric: MetricId;
      readonly period: PeriodKind;
      /** Key of the window (its first date). */
      readonly window: string;
      /** Whole number of the metric's scale, in text; `null` takes the target away. */
      readonly value: string | null;
    }
  | { readonly type: 'tick' };

/** An event with its place in the log. */
export type LogEvent = EventBody & {
  readonly seq: Seq;
  readonly key: EventKey;
  /** When it happened: decides what counts. */
  readonly occurredAt: Instant;
  /** When we learned it. */
  readonly recordedAt: Instant;
};
