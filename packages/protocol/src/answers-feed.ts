import type { Emblem, FeedItem, Reaction } from './feed.ts';
import type { Named } from './socket-events.ts';

/** A line of the feed with what others made of it. */
export interface FeedEntry {
  readonly item: FeedItem;
  readonly comments: number;
  readonly reactions: Readonly<Partial<Record<Reaction, number>>>;
  /** The caller's own. */
  readonly mine: readonly Reaction[];
  /** Why it is hidden, for those who moderate. */
  readonly hidden: { readonly reason: string } | null;
}

/** `GET /v1/feed`: newest first. */
export interface FeedAnswer {
  readonly entries: readonly FeedEntry[];
  /** Where the list goes on; `null` at its end. */
  readonly next: string | null;
}

/** `GET /v1/feed/{id}/comments`, each of `comments`. */
export interface FeedComment {
  readonly id: string;
  readonly by: Named;
  readonly text: string;
  readonly at: string;
  /** Whether the caller wrote it, and so may take it away. */
  readonly mine: boolean;
  readonly hidden: { readonly reason: string } | null;
}

/** `GET /v1/kudos`: what kudos may be for, and the points that the caller may give with them. */
export interface KudosAnswer {
  readonly categories: readonly Emblem[];
  readonly points: {
    /** With one kudos, at most. */
    readonly most: number;
    /** This month, and how many of them are left. */
    readonly month: number;
    readonly left: number;
  };
}

/** `GET /v1/colleagues`, each of `people`: whom one may thank or challenge. */
export interface ColleagueAnswer {
  readonly id: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly team: string | null;
}
