import type { PeriodKind } from './calendar.ts';
import type { BoardDefinition } from './board.ts';
import type { AchievementDefinition, AchievementId } from './achievement/definition.ts';
import type { Occasion } from './celebration.ts';
import type { ContestDefinition, ContestId } from './contest/definition.ts';
import type { ContestFrozen } from './contest/standing.ts';
import type { ContestResult } from './contest/state.ts';
import type { Metric, MetricId, MetricVersion } from './metric.ts';
import type { OrganisationSettings } from './organisation.ts';
import type { DealKey, EventKey, Instant, PersonId, Seq, TeamId } from './types.ts';

/** Every fact that comes in through the door; settings are events too, see `EventBody`. */
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

/** The kind of work an activity is. */
export const ACTIVITY_CLASSES = ['deal-making', 'sourcing', 'relationship'] as const;
export type ActivityClass = (typeof ACTIVITY_CLASSES)[number];

/** A person's part of an event, as in the log: an exact share in text. */
export interface CreditShare {
  /** A person, or somebody unknown (`unm_…`) who may be matched to one later. */
  readonly person: PersonId;
  readonly share: string;
}

/**
 * An amount in the log: whole minor units in text, since JSON has no integers of that size. It is
 * in the organisation's currency; what was sent in another stands beside it with the rate used.
 */
export interface LoggedMoney {
  readonly minor: string;
  readonly currency: string;
  readonly sent?: {
    readonly minor: string;
    readonly currency: string;
    /** Decimal: units of the organisation's currency for one of the sent currency. */
    readonly rate: string;
    /** From when the rate is, ISO date. */
    readonly rateDate: string;
  };
}

interface Facts {
  readonly credits: readonly CreditShare[];
  readonly amount?: LoggedMoney;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Taken in bulk: it counts like any other, and nobody is made to turn their head for it. */
  readonly quiet?: true;
  /** The team of whoever is credited and belongs to none (yet). */
  readonly team?: TeamId;
  /** A closed period's policy: it counts at this instant instead of when it happened. */
  readonly countsAt?: Instant;
}

/** What a correction changes of the event that it names; absent is left as it is. */
interface Corrected {
  /** The deal whose latest win (or else latest state) up to this event's time is meant … */
  readonly deal?: DealKey;
  /** … or the one event that is. */
  readonly corrects?: EventKey;
  readonly reason?: string;
}

export type TargetScope = 'person' | 'team' | 'organisation';

/** What each kind of event says. Ids only: names live in rows that can be erased. */
export type EventBody = FactBody | SettingsBody | CheerBody | { readonly type: 'tick' };

/** Facts of the sales floor. */
export type FactBody =
  | ({ readonly type: 'deal.opened' | 'deal.stage_changed'; readonly deal: DealKey } & Facts)
  | ({ readonly type: 'deal.won'; readonly deal: DealKey } & Facts)
  | ({ readonly type: 'deal.lost'; readonly deal: DealKey } & Facts)
  /** Another amount, other attributes (an empty text takes one away). */
  | ({
      readonly type: 'deal.amended';
      readonly amount?: LoggedMoney;
      readonly attributes?: Readonly<Record<string, string>>;
    } & Corrected)
  /** Other people, or other shares of it. */
  | ({
      readonly type: 'deal.reassigned' | 'deal.split';
      readonly credits: readonly CreditShare[];
    } & Corrected)
  | {
      readonly type: 'deal.reversed';
      /** The deal whose wins up to this event's `occurredAt` are taken back … */
      readonly deal?: DealKey;
      /** … or the one event that is. */
      readonly reverses?: EventKey;
      readonly reason?: string;
    }
  | ({
      readonly type: 'activity.logged';
      readonly activity: string;
      readonly class: ActivityClass;
      /** The deal it was done for. */
      readonly deal?: DealKey;
    } & Facts)
  /** Takes back an activity, a reading or a payment. */
  | { readonly type: 'activity.withdrawn'; readonly withdraws: EventKey; readonly reason?: string }
  /** A refund without credits of its own takes those of the payment. */
  | ({
      readonly type: 'payment.received' | 'payment.refunded';
      /** The payment, as the deal key of its own group of facts. */
      readonly payment: DealKey;
      readonly deal?: DealKey;
    } & Facts)
  | ({
      readonly type: 'kpi.reported';
      readonly kpi: string;
      /** Whole number of the metric's scale, in text, where `kpi` is a metric; else as sent. */
      readonly value: string;
    } & Facts);

/** A manager has somebody celebrated; the projector decides when and how loud. */
export interface CheerBody {
  readonly type: 'celebration.asked';
  readonly person: PersonId;
  readonly occasion: Occasion;
}

/** Settings: their rows are written in the same transaction, so the log is the audit trail. */
export type SettingsBody =
  | {
      readonly type: 'organisation.changed';
      readonly settings: OrganisationSettings;
      readonly name?: string;
    }
  | { readonly type: 'team.changed'; readonly team: TeamId; readonly parent: TeamId | null }
  | {
      readonly type: 'person.changed';
      readonly person: PersonId;
      readonly team: TeamId | null;
      /** From when the person belongs to the team; `null` since ever. */
      readonly since: Instant | null;
      readonly active: boolean;
      /** Whom they report to, from the same moment. */
      readonly manager?: PersonId | null;
      /** Nothing changed at `since` after all: what was so before goes on. */
      readonly gone?: true;
    }
  /** What a source calls somebody is this person: past and future events credit them. */
  | {
      readonly type: 'person.matched';
      readonly subject: PersonId;
      readonly person: PersonId | null;
    }
  /** Somebody unknown is at least of this team. */
  | { readonly type: 'subject.placed'; readonly subject: PersonId; readonly team: TeamId | null }
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
  /** A new metric (version 1) or a new version of one that is known. */
  | {
      readonly type: 'metric.published';
      readonly metric: Omit<Metric, 'versions' | 'retired'>;
      readonly version: MetricVersion;
    }
  | { readonly type: 'metric.retired'; readonly metric: MetricId; readonly retired: boolean }
  | { readonly type: 'board.saved'; readonly board: BoardDefinition }
  | { readonly type: 'board.removed'; readonly board: string }
  | { readonly type: 'achievement.saved'; readonly achievement: AchievementDefinition }
  | { readonly type: 'achievement.removed'; readonly achievement: AchievementId }
  | ContestBody
  | AuditedBody;

/** The life of a contest. Its rules are frozen when it starts: a change is announced. */
export type ContestBody =
  | {
      readonly type: 'contest.published';
      readonly contest: ContestId;
      readonly definition: ContestDefinition;
      readonly commitment: string | null;
    }
  | {
      readonly type: 'contest.amended';
      readonly contest: ContestId;
      readonly definition: ContestDefinition;
      readonly reason: string;
    }
  | {
      readonly type: 'contest.paused' | 'contest.resumed' | 'contest.cancelled';
      readonly contest: ContestId;
      readonly reason?: string;
    }
  /** Who takes part and with what, as it was at the start. */
  | {
      readonly type: 'contest.started';
      readonly contest: ContestId;
      readonly frozen: ContestFrozen;
    }
  | {
      readonly type: 'contest.entered';
      readonly contest: ContestId;
      readonly person: PersonId;
      readonly in: boolean;
    }
  /** An event waits for a manager's word, by a rule of the contest. */
  | {
      readonly type: 'contest.flagged';
      readonly contest: ContestId;
      readonly fact: EventKey;
      readonly person: PersonId;
      readonly rule: string;
    }
  | {
      readonly type: 'contest.reviewed';
      readonly contest: ContestId;
      readonly fact: EventKey;
      readonly verdict: 'counts' | 'excluded';
      readonly reason: string;
    }
  /** The result: once, by the clerk; another one later, by a manager. */
  | {
      readonly type: 'contest.closed';
      readonly contest: ContestId;
      readonly result: ContestResult;
    }
  | {
      readonly type: 'contest.restated';
      readonly contest: ContestId;
      readonly result: ContestResult;
      readonly reason: string;
    }
  /** The result stays although events that came since would change it; heard up to `asOf`. */
  | {
      readonly type: 'contest.kept';
      readonly contest: ContestId;
      readonly asOf: Seq;
      readonly reason: string;
    };

/** Changes of settings that no figure depends on: kept for the audit alone. */
export interface AuditedBody {
  readonly type:
    | 'consequence.set'
    | 'contest.drafted'
    | 'contest.named'
    | 'metric.named'
    | 'board.named'
    | 'rate.set'
    | 'source.changed'
    | 'key.changed'
    | 'screen.changed'
    | 'user.changed'
    | 'delivery.settled'
    | 'achievement.named'
    | 'reward.saved'
    | 'redemption.settled'
    | 'play.rules'
    | 'budget.set'
    | 'points.granted'
    | 'kudos.categories'
    | 'feed.moderated'
    | 'entry.decided'
    | 'correction.decided'
    | 'announcement.changed'
    | 'note.changed'
    | 'plan.changed'
    | 'plan.versioned'
    | 'plan.assigned'
    | 'pay.rules'
    | 'pay.period'
    | 'pay.adjusted'
    | 'pay.held'
    | 'statement.changed'
    | 'dispute.decided'
    | 'payout.changed'
    | 'subject.dismissed';
  /** What was changed: the id of the key, source, … */
  readonly subject: string;
  readonly now: Readonly<Record<string, unknown>> | null;
}

/** An event with its place in the log. */
export type LogEvent = EventBody & {
  readonly seq: Seq;
  readonly key: EventKey;
  /** When it happened: decides what counts. */
  readonly occurredAt: Instant;
  /** When we learned it. */
  readonly recordedAt: Instant;
};

/** What a settings event says besides: who did it, and what was there before. */
export interface Audited {
  readonly by: { readonly kind: 'user' | 'key' | 'system'; readonly id: string };
  readonly was?: unknown;
}
