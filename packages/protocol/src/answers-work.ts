import type { ActivityClass, Instant, PeriodKind, Unit, WordKind } from '@ovation/domain';
import type { CorrectionChange } from './api-work.ts';
import type { EventLine } from './answers.ts';
import type { ConsequenceAnswer } from './answers-targets.ts';
import type { Announcement, Named } from './socket-events.ts';

/** What the calls of the manager's working day answer; written as all answers are. */

/** `GET /v1/floor?period=`: everybody whom the caller looks after, and who is worth a word. */
export interface FloorAnswer {
  readonly at: string;
  readonly seq: number;
  readonly period: PeriodKind;
  readonly from: string;
  readonly to: string;
  /** Of `today`, `value`, `target` and what is missing. */
  readonly unit: Unit;
  readonly people: readonly FloorPersonAnswer[];
  /** Most urgent first; one about each person at most. */
  readonly words: readonly FloorWordAnswer[];
  readonly sources: readonly FloorSourceAnswer[];
}
export interface FloorPersonAnswer {
  readonly id: string;
  readonly today: string;
  readonly value: string;
  readonly target: string | null;
  /** Of the target, floored to a tenth. */
  readonly percent: string | null;
  /** Working days ahead of pace; negative is behind. */
  readonly days: string | null;
  /** Activities of this week by their class. */
  readonly mix: Readonly<Record<ActivityClass, number>>;
  /** The newest event that credits them. */
  readonly last: FloorEventAnswer | null;
  /** Working days since then; `null` where nothing was ever logged. */
  readonly silentDays: string | null;
  readonly silent: boolean;
  /** Working days in a row with a win, today included if there is one. */
  readonly streak: number;
  /** The target, or another percentage with a consequence, that is near. */
  readonly near: { readonly percent: number; readonly missing: string } | null;
}
export interface FloorEventAnswer {
  readonly type: string;
  readonly activity: string | null;
  readonly account: string | null;
  readonly amount: { readonly amount: string; readonly currency: string } | null;
  readonly at: string;
}
export interface FloorWordAnswer {
  readonly kind: WordKind;
  readonly person: Named;
  /** Of the target: what is near, or was passed today. */
  readonly percent: number | null;
  readonly missing: string | null;
  /** Working days of silence, or in a row. */
  readonly days: string | null;
  /** Since when somebody is silent. */
  readonly since: string | null;
  /** What reaching it brings. */
  readonly consequence: ConsequenceAnswer | null;
  /** The smallest of their open deals that would do it. */
  readonly deal: { readonly account: string | null; readonly amount: string } | null;
}
export interface FloorSourceAnswer {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly lastEventAt: string | null;
  readonly paused: boolean;
  /** Nine of ten pauses between its events are shorter, in milliseconds; `null`: not known. */
  readonly usualMs: number | null;
  /** Silent for much longer than usual, in working hours. */
  readonly late: boolean;
}

/** `GET` and `POST /v1/people/{id}/notes`, each of `notes`. */
export interface NoteAnswer {
  readonly id: string;
  readonly text: string;
  readonly at: string;
  /** `null` when its author is gone. */
  readonly by: string | null;
  /** Whether the caller wrote it, and so may erase it. */
  readonly own: boolean;
}

/** `POST /v1/celebrations`: its event. */
export interface CelebrationAskedAnswer {
  readonly person: Named;
  readonly seq: number;
}

/** `GET /v1/entries`, each of `entries`. */
export interface EntryAnswer {
  readonly id: string;
  readonly kind: 'activity' | 'deal';
  readonly person: Named;
  readonly activity: string | null;
  readonly class: ActivityClass | null;
  readonly account: string | null;
  readonly amount: { readonly amount: string; readonly currency: string } | null;
  readonly occurredAt: string;
  readonly createdAt: string;
  readonly state: 'waiting' | 'counted' | 'declined' | 'withdrawn';
  readonly by: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  /** The event that it is in the log; `null` while it is in none. */
  readonly event: string | null;
  /** The same person, amount and day: an event, or another entry that waits. */
  readonly duplicates: readonly {
    readonly event: string | null;
    readonly entry: string | null;
    readonly occurredAt: string;
    readonly account: string | null;
  }[];
}

/** What a correction does to one row of a board, or to somebody's place in a contest. */
export interface EffectAnswer {
  readonly kind: 'board' | 'contest';
  /** The board's slug, or the contest's id. */
  readonly id: string;
  /** Empty for the boards that every metric has. */
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly metric: string | null;
  readonly of: 'people' | 'teams';
  readonly period: PeriodKind | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly unit: Unit;
  readonly entity: Named;
  readonly before: PlaceAnswer;
  readonly after: PlaceAnswer;
}
export interface PlaceAnswer {
  readonly rank: number | null;
  readonly value: string | null;
}

/** An event as it counts. */
export interface CountedAnswer {
  readonly amount: { readonly amount: string; readonly currency: string } | null;
  /** Empty when it counts no more. */
  readonly credits: readonly { readonly person: Named; readonly share: string }[];
}

/** `POST /v1/corrections/preview`. */
export interface CorrectionPreviewAnswer {
  readonly event: EventLine;
  readonly before: CountedAnswer;
  readonly after: CountedAnswer;
  /** What can be asked of an event of its kind. */
  readonly kinds: readonly CorrectionChange['kind'][];
  readonly effects: readonly EffectAnswer[];
}

/** `GET /v1/corrections`, each of `corrections`. */
export interface CorrectionAnswer {
  readonly id: string;
  readonly event: EventLine;
  readonly person: Named | null;
  readonly change: CorrectionChange;
  /** The people whom the change names, by id. */
  readonly named: readonly Named[];
  readonly reason: string;
  readonly state: 'waiting' | 'approved' | 'declined' | 'withdrawn';
  readonly by: string | null;
  readonly createdAt: string;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  /** Why it was declined or withdrawn. */
  readonly answer: string | null;
  /** What it did when it was approved; `null` until then. */
  readonly effects: readonly EffectAnswer[] | null;
}

/** `GET /v1/announcements`, each of `announcements`. */
export interface AnnouncementAnswer {
  readonly id: string;
  readonly text: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly level: 'info' | 'important';
  readonly state: 'scheduled' | 'showing' | 'past' | 'cancelled';
  readonly at: string;
  readonly until: string;
  readonly screens: readonly string[] | null;
  readonly teams: readonly string[] | null;
  readonly people: readonly string[] | null;
  readonly by: string | null;
  readonly createdAt: string;
}

/** `GET /v1/announcements/showing`: for whoever asks, as sockets tell it. */
export interface ShowingAnswer {
  readonly now: Instant;
  readonly announcements: readonly Announcement[];
}
