import type { TargetScope } from '@ovation/domain';
import type { Viewer } from './viewer.ts';

/** What the calls answer that came before `answers.ts`; instants are ISO 8601 texts here too. */

/** `GET /v1/people`, each of `people`. */
export interface PersonAnswer {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly email: string | null;
  readonly team: { readonly id: string } | null;
  readonly manager: { readonly id: string } | null;
  /** First day of work, ISO date. */
  readonly startedOn: string | null;
  /** Whether they are on boards. */
  readonly active: boolean;
}

/** `GET /v1/teams`, each of `teams`. */
export interface TeamAnswer {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly parent: string | null;
  /** Number of its colour. */
  readonly stripe: number;
}

/** `GET /v1/people/{id}/events`, each of `events`. */
export interface PersonEventAnswer {
  readonly seq: number;
  readonly id: string;
  /** `source/id`. */
  readonly key: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly deal: string | null;
  readonly account: string | null;
  readonly amount: { readonly amount: string; readonly currency: string } | null;
  readonly activity: string | null;
  /** The person's part of it. */
  readonly share: string | null;
  /** Whether it still stands: it was not corrected away. */
  readonly counted: boolean;
}

/** `GET /v1/changes`. */
export interface ChangesAnswer {
  /** Each has besides these what its type says. */
  readonly changes: readonly {
    readonly seq: number;
    readonly type: string;
    readonly source: string;
    readonly id: string;
    readonly occurredAt: string;
    readonly recordedAt: string;
  }[];
  /** The `seq` to go on after; `null` at the end of the log. */
  readonly next: number | null;
  /** The same place, opaque, with the filter that was asked for. */
  readonly cursor: string | null;
}

/** `POST /v1/quarantine/{id}/replay`: what became of the event. */
export interface ReceiptAnswer {
  readonly id: string;
  readonly seq: number;
  /** It was known already; nothing was stored. */
  readonly duplicate: boolean;
}

/** `GET /v1/screens`, each of `screens`. */
export interface ScreenAnswer {
  readonly id: string;
  readonly name: string;
  readonly lastSeenAt: string | null;
}

/** `GET /v1/imports`, each of `imports`. */
export interface ImportAnswer {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** It checked everything and stored nothing. */
  readonly dryRun: boolean;
  readonly state: 'done';
  readonly report: Readonly<Record<string, unknown>>;
}

/** `POST /v1/sessions`, `/v1/sessions/demo` and `/v1/setup`. */
export interface SessionAnswer {
  readonly viewer: Viewer;
}

/** `PUT /v1/targets`. */
export interface TargetAnswer {
  readonly scope: TargetScope;
  readonly entity: string | null;
  readonly metric: string;
  readonly period: string;
  /** First date of the window. */
  readonly start: string;
  readonly value: string | null;
}

/** `POST /v1/unmatched/{subject}/match`: who it is now. */
export interface MatchAnswer {
  readonly subject: string;
  readonly person: string;
}

/** `GET /livez` and `GET /readyz`. */
export interface HealthAnswer {
  readonly status: 'ok' | 'degraded' | 'unavailable';
}
