import type { Named } from './socket-events.ts';

/** A duel as one of the two sees it. */
export interface DuelAnswer {
  readonly id: string;
  readonly challenger: Named;
  readonly opponent: Named;
  readonly metric: string;
  readonly hours: number;
  readonly stake: number;
  /** `expired`: nobody answered in time. */
  readonly state: 'offered' | 'expired' | 'accepted' | 'declined' | 'withdrawn' | 'settled';
  readonly offeredAt: string;
  readonly expiresAt: string;
  /** The contest that it became, under which its standing is watched. */
  readonly contest: { readonly id: string; readonly slug: string } | null;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  /** `null` while it goes on, and on a tie. */
  readonly winner: Named | null;
  readonly settledAt: string | null;
  /** What the caller may do with it. */
  readonly may: { readonly answer: boolean; readonly withdraw: boolean };
}

/** `GET /v1/me/waiting`: how much waits for the caller. */
export interface WaitingAnswer {
  /** Challenges that were not answered yet. */
  readonly challenges: number;
  /** Wishes that were granted and are to be fetched. */
  readonly wishes: number;
}

/** `GET /v1/duels`: one's own, newest first, and what one may offer. */
export interface DuelsAnswer {
  readonly duels: readonly DuelAnswer[];
  /** Whether duels are fought here at all, and for how many points at most. */
  readonly allowed: boolean;
  readonly stakeMost: number;
  readonly balance: number;
  /** Whether the caller does not want to be challenged. */
  readonly out: boolean;
  /** Whom the caller may challenge. */
  readonly rivals: readonly Named[];
}
