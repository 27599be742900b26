import type {
  ContestKindName,
  ContestOf,
  ContestTies,
  Instant,
  MetricId,
  PrizeFor,
} from '@ovation/domain';
import type { AwardItem } from './answers-contests.ts';
import type { Named } from './socket-events.ts';

/** What walls and pages know of a contest without asking; its rows are the board `slug`. */
export interface ContestCard {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly of: ContestOf;
  readonly kind: ContestKindName;
  readonly metric: MetricId;
  /** Half-open, ms; when late events are over. */
  readonly from: Instant;
  readonly to: Instant;
  readonly graceEndsAt: Instant;
  /** Since when its time stands still; `null` while it runs. */
  readonly pausedAt: Instant | null;
  /** Its result is decided. */
  readonly finalAt: Instant | null;
  /** Exact decimal in the unit that is counted, for kinds that have one. */
  readonly goal: string | null;
  readonly ties: ContestTies;
  readonly entrants: number | null;
  readonly prizes: readonly { readonly for: PrizeFor; readonly item: AwardItem | null }[];
  /** The first three of a final result. */
  readonly podium: readonly {
    readonly entrant: Named;
    readonly rank: number;
    readonly score: string;
  }[];
  readonly topN: number | null;
  /** Walls keep to it in its last ten minutes. */
  readonly pin: boolean;
  /** Screens it is shown on; `null`: all. */
  readonly screens: readonly string[] | null;
  /** SHA-256 of the seed, where something is drawn. */
  readonly commitment: string | null;
}

export type CardPhase = 'scheduled' | 'live' | 'paused' | 'provisional' | 'final';

/** Where a contest is at an instant. */
export function cardPhase(card: ContestCard, now: Instant): CardPhase {
  if (card.finalAt !== null) return 'final';
  if (now < card.from) return 'scheduled';
  if (now >= card.to) return 'provisional';
  return card.pausedAt === null ? 'live' : 'paused';
}
