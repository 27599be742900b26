import type {
  BoardDefinition,
  Condition,
  MetricDefinition,
  MetricId,
  PeriodKind,
  Unit,
  UnitKind,
  ActivityClass,
} from '@ovation/domain';
import type { Named } from './socket-events.ts';

/**
 * What the API answers, for whoever calls it: instants are ISO 8601 texts, figures exact decimal
 * texts in the metric's unit (percent as `57.3`, durations in seconds), names as they are stored.
 */

/** `GET /v1/metrics`, each of `metrics`; one alone at `GET /v1/metrics/{id}`. */
export interface MetricAnswer {
  readonly id: MetricId;
  /** Empty for a starter metric: its name is in the pages' catalogues, by id. */
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower';
  readonly class: ActivityClass | null;
  readonly starter: boolean;
  readonly retired: boolean;
  /** Oldest first; the last is in force (from its start on). */
  readonly versions: readonly {
    readonly version: number;
    /** `null`: since ever. */
    readonly from: string | null;
    readonly definition: MetricDefinition;
    readonly publishedAt: string | null;
    readonly by: string | null;
  }[];
  /** A change that is being counted: events done of all. The former version answers meanwhile. */
  readonly rebuild: { readonly done: number; readonly total: number } | null;
  /** Where it is used: boards (slug and name), scorecards and ratios (metric ids), targets set. */
  readonly used: {
    readonly boards: readonly { readonly slug: string; readonly name: string }[];
    readonly metrics: readonly MetricId[];
    readonly targets: number;
  };
}

/** `POST /v1/metrics` (new) and, without the first six, `POST /v1/metrics/{id}/versions`. */
export interface MetricDraft {
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly unit: UnitKind;
  readonly better?: 'higher' | 'lower';
  readonly class?: ActivityClass | null;
  readonly definition: MetricDefinition;
  /** ISO date from which the version counts; left out: since ever (new), today (a version). */
  readonly from?: string;
}

/** `POST /v1/metrics/preview` with `{ unit, better?, definition, metric?, days? }`. */
export interface MetricPreview {
  readonly unit: Unit;
  readonly from: string;
  readonly to: string;
  /** Events it counts in that time, and looked at. */
  readonly matched: number;
  readonly seen: number;
  readonly value: string | null;
  /** The same by the version in force, when `metric` names one. */
  readonly valueNow: string | null;
  readonly series: readonly { readonly from: string; readonly value: string | null }[];
  readonly people: readonly {
    readonly entity: Named;
    readonly value: string | null;
    readonly valueNow: string | null;
  }[];
  /** The newest events that it counts. */
  readonly sample: readonly EventLine[];
  /** What else moves: metrics and boards built on it. */
  readonly moves: readonly string[];
}

/** An event in one line. */
export interface EventLine {
  readonly seq: number;
  /** `source/id`. */
  readonly key: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly deal: string | null;
  readonly account: string | null;
  readonly activity: string | null;
  readonly amount: { readonly amount: string; readonly currency: string } | null;
  readonly attributes: Readonly<Record<string, string>>;
}

/** `GET /v1/fields`: what conditions can ask for, with the values most seen in the last year. */
export interface FieldAnswer {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly events: number }[];
  /** Whether every value seen is a number. */
  readonly numeric: boolean;
}

/** `GET /v1/boards`, each of `boards`; `POST`, `PATCH /v1/boards/{id}` answer one. */
export interface BoardAnswer extends BoardDefinition {
  /** Empty for the boards that every metric has. */
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly starter: boolean;
}

/** `GET /v1/boards/{id or slug}?at=&known=&limit=&offset=&around=&search=`. */
export interface BoardRowsAnswer {
  readonly board: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly metric: MetricId;
    readonly period: PeriodKind;
    readonly from: string | null;
    readonly to: string | null;
    readonly currency: string;
    readonly unit: Unit;
    readonly of: 'people' | 'teams';
    readonly better: 'higher' | 'lower';
    readonly where: readonly Condition[];
    readonly rankedBy: string;
    /** What one more of its events brings, an average deal; `null` where there is no such thing. */
    readonly step: string | null;
  };
  readonly at: string;
  /** The instant of knowledge, when `known` was asked. */
  readonly known: string | null;
  readonly seq: number;
  readonly rows: readonly BoardRowAnswer[];
  /** Of everybody; `null` where values do not add up (a rate). */
  readonly total: string | null;
  readonly count: number;
}
export interface BoardRowAnswer {
  readonly rank: number;
  readonly tied: boolean;
  readonly entity: Named;
  /** What the order goes by; `null` when there is nothing to make it of. */
  readonly value: string | null;
  readonly gap: string | null;
  /** The gap in whole steps: how many average deals (or calls) it takes. */
  readonly gapSteps: number | null;
  readonly movement: number;
  readonly target: string | null;
  /** Percent of the own target, floored to a tenth. */
  readonly attainment: string | null;
}

/** `GET /v1/unmatched`, each of `subjects`. */
export interface UnmatchedAnswer {
  readonly subject: string;
  readonly alias: string;
  readonly source: { readonly id: string; readonly name: string };
  readonly since: string;
  readonly lastEventAt: string | null;
  readonly events: number;
  readonly revenue: string;
  readonly team: string | null;
  /** Best first. */
  readonly suggestions: readonly { readonly person: Named; readonly because: string }[];
}

/** `GET /v1/quarantine?after=&limit=`, each of `deliveries`. */
export interface QuarantineAnswer {
  readonly id: string;
  readonly source: { readonly id: string; readonly name: string };
  readonly receivedAt: string;
  readonly fault: { readonly code: string; readonly detail: string; readonly pointer?: string };
  readonly body: string;
  readonly eventId: string | null;
  readonly settledAt: string | null;
  readonly outcome: 'replayed' | 'dismissed' | null;
}

/** `GET /v1/sources`, each of `sources`. */
export interface SourceAnswer {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly pausedAt: string | null;
  readonly lastEventAt: string | null;
  readonly events: number;
  readonly quarantined: number;
  readonly unmatched: number;
}

/** `GET /v1/keys`, each of `keys`. `secret` is in the answer that made it, and never again. */
export interface KeyAnswer {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly source: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly rotatedTo: string | null;
  readonly secret?: string;
}

/** `GET /v1/rates`, each of `rates`. */
export interface RateAnswer {
  readonly currency: string;
  readonly from: string;
  readonly rate: string;
}

/** `GET /v1/audit?type=&by=&subject=&from=&to=&after=&limit=`, each of `changes`; CSV by Accept. */
export interface AuditAnswer {
  readonly seq: number;
  readonly at: string;
  readonly by: {
    readonly kind: 'user' | 'key' | 'system';
    readonly id: string;
    readonly name: string;
  };
  readonly type: string;
  readonly subject: string | null;
  readonly subjectName: string | null;
  readonly was: unknown;
  readonly now: unknown;
}

/** `GET /v1/people/{id}/memberships`, oldest first. */
export interface MembershipAnswer {
  /** `null`: since ever. */
  readonly since: string | null;
  readonly team: string | null;
  readonly manager: string | null;
}
