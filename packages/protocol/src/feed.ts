import type { BadgeIcon, BadgeLevel, Instant } from '@ovation/domain';
import type { Named } from './socket-events.ts';

/** What one may answer to news with a tap. */
export const REACTIONS = ['like', 'heart', 'fire', 'star', 'wow', 'laugh'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** What happened to a contest. */
export const CONTEST_NEWS = ['published', 'started', 'ended', 'final', 'cancelled'] as const;
export type ContestNews = (typeof CONTEST_NEWS)[number];

/** Something with a name and a picture: a badge, a category of kudos. */
export interface Emblem extends Named {
  readonly icon: BadgeIcon;
}

/** One line of the internal news. */
export type FeedItem =
  | {
      readonly kind: 'win';
      readonly id: string;
      readonly at: Instant;
      readonly person: Named;
      readonly account: string | null;
      readonly amount: { readonly value: string; readonly currency: string } | null;
    }
  | {
      readonly kind: 'rank_up';
      readonly id: string;
      readonly at: Instant;
      readonly person: Named;
      readonly board: string;
      readonly places: number;
      readonly rank: number;
    }
  | {
      readonly kind: 'badge';
      readonly id: string;
      readonly at: Instant;
      readonly person: Named;
      readonly badge: Emblem;
      readonly level: BadgeLevel;
      readonly points: number;
    }
  | {
      readonly kind: 'kudos';
      readonly id: string;
      readonly at: Instant;
      /** Who gets them. */
      readonly person: Named;
      readonly by: Named;
      readonly category: Emblem;
      readonly text: string;
      readonly points: number;
    }
  | {
      readonly kind: 'contest';
      readonly id: string;
      readonly at: Instant;
      readonly contest: Named;
      readonly news: ContestNews;
      /** Who won, where it is over. */
      readonly person: Named | null;
    }
  | {
      readonly kind: 'announcement';
      readonly id: string;
      readonly at: Instant;
      readonly by: Named;
      readonly text: string;
    };

/** What became of a line since it was told. */
export interface FeedChange {
  readonly id: string;
  /** Hidden, or no longer so. */
  readonly gone: boolean;
  readonly comments: number;
  readonly reactions: Readonly<Partial<Record<Reaction, number>>>;
}
