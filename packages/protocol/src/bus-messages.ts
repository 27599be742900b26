import type { LogEvent } from '@ovation/domain';
import type { BoardDelta, BoardMeta, BoardSnapshot, PackedRow } from './board-wire.ts';
import type { ContestCard } from './contest-card.ts';
import type { FeedChange, FeedItem } from './feed.ts';
import type { Announcement, Celebration } from './socket-events.ts';

/** From ingest: events `from` to `to` are in the log. It usually carries the news along. */
export interface LogNews {
  readonly from: number;
  readonly to: number;
  /** Left out when the flush was too large for one message: then the reader asks the log. */
  readonly events?: readonly LogEvent[];
}

/** From the projector, for whoever shows boards. */
export type LiveNews =
  | { readonly kind: 'board'; readonly frame: BoardDelta | BoardSnapshot }
  | { readonly kind: 'celebrate'; readonly celebration: Celebration }
  | { readonly kind: 'uncelebrate'; readonly id: string }
  | { readonly kind: 'feed'; readonly items: readonly FeedItem[]; readonly whole: boolean }
  /** Also from ingest. */
  | { readonly kind: 'feed_change'; readonly change: FeedChange }
  /** Contests that are to come, go on or are just over: all of them, whenever one changed. */
  | { readonly kind: 'contests'; readonly cards: readonly ContestCard[] }
  /** Pay of these people may be other than before, `null` for everybody's; ids only, no sums. */
  | { readonly kind: 'pay'; readonly seq: number; readonly people: readonly string[] | null }
  /** What was asked of a board; `null` when there is none. */
  | { readonly kind: 'page'; readonly id: string; readonly page: BoardPage | null }
  /** There is no board of this name. */
  | { readonly kind: 'no_board'; readonly slug: string }
  | {
      readonly kind: 'beat';
      /** Another one than before: a projector has begun, and keeps no boards until it is asked. */
      readonly boot: string;
      readonly seq: number;
      /** `[epoch, version, rows]` by board: how many rows from the top are kept up to date. */
      readonly boards: Readonly<Record<string, readonly [string, number, number]>>;
    };

/** From a gateway: boards it lacks; empty for all that are kept, and the feed. */
export interface LiveAsk {
  readonly boards: readonly string[];
  /** How many rows from the top are watched, by board; all that are kept where it is not said. */
  readonly rows?: Readonly<Record<string, number>>;
  /** They are here and still watched: nothing needs to be sent. */
  readonly keep?: true;
  /** From the API: some rows of a board, of any size. */
  readonly page?: PageAsk;
}

/** Rows by place, or those around somebody. */
export interface PageAsk {
  /** Names the answer. */
  readonly id: string;
  readonly board: string;
  readonly from: number;
  readonly to: number;
  readonly around?: string;
}

/** Rows of a board as it is now, with what belongs to all of it. */
export interface BoardPage {
  readonly seq: number;
  readonly meta: BoardMeta;
  readonly rows: readonly PackedRow[];
  readonly total: string | null;
  readonly step: string | null;
  readonly count: number;
}

/** From the API's clerk, for gateways: sent when it begins, and again while it stands. */
export type AnnounceNews =
  | {
      readonly kind: 'announce';
      readonly announcement: Announcement;
      /** Ids of screens; `null` for all. */
      readonly screens: readonly string[] | null;
      /** Ids of people; `null` for everybody. */
      readonly people: readonly string[] | null;
    }
  | { readonly kind: 'cancel'; readonly id: string };

/** A session or screen was ended: whoever is connected by it goes. */
export interface Revoked {
  readonly subject: string;
}

/** Names of channels, rooms and keys; nowhere else. Each carries the organisation. */
export const logChannel = (orgId: string): string => `ovation:log:${orgId}`;
export const liveChannel = (orgId: string): string => `ovation:live:${orgId}`;
export const askChannel = (orgId: string): string => `ovation:ask:${orgId}`;
export const revokedChannel = (orgId: string): string => `ovation:revoked:${orgId}`;
export const announceChannel = (orgId: string): string => `ovation:announce:${orgId}`;
export const boardRoom = (orgId: string, board: string, view: string): string =>
  `${orgId}|board|${board}|${view}`;
export const feedRoom = (orgId: string): string => `${orgId}|feed`;
/** Who follows pay: a person their own, `leaders` that of their people, `all` both. */
export const payRoom = (orgId: string, whose: string): string => `${orgId}|pay|${whose}`;
export const contestsRoom = (orgId: string): string => `${orgId}|contests`;
