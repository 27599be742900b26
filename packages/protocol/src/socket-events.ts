import { Type, type Static } from 'typebox';
import type { Instant, Occasion } from '@ovation/domain';
import type { BoardDelta, BoardSnapshot } from './board-wire.ts';
import type { FeedChange, FeedItem } from './feed.ts';
import type { ContestCard } from './contest-card.ts';

/** What a viewer may see of a board at once, and so the room it shares with its like. */
export const BoardViewName = Type.Union([
  /** The first N rows, for walls and lists. */
  Type.String({ pattern: '^top:([1-9]|[1-9]\\d|100)$' }),
  /** Every row; managers only. */
  Type.Literal('all'),
  /** The viewer's own row with two neighbours each side. */
  Type.Literal('around'),
]);
export type BoardViewName = Static<typeof BoardViewName>;

export const WatchRequest = Type.Object(
  {
    board: Type.String({ maxLength: 64 }),
    view: BoardViewName,
    /** What the client has, so that only what it lacks is sent. */
    epoch: Type.Optional(Type.String({ maxLength: 64 })),
    since: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
);
export type WatchRequest = Static<typeof WatchRequest>;

export type RefusalCode = 'bad_request' | 'unknown_board' | 'not_yours' | 'not_ready' | 'too_many';
export type WatchAnswer =
  BoardSnapshot | BoardDelta | { readonly kind: 'refused'; readonly code: RefusalCode };

/** What was put on glass, acknowledged after the frame was painted. */
export const Painted = Type.Object(
  {
    board: Type.String({ maxLength: 64 }),
    version: Type.Integer({ minimum: 0 }),
    /** Milliseconds from `recordedAt` to the painted frame, by the synchronised clock. */
    glassMs: Type.Number({ minimum: 0, maximum: 86_400_000 }),
  },
  { additionalProperties: false },
);
export type Painted = Static<typeof Painted>;

/** What a screen did with a celebration. */
export const Acknowledged = Type.Object(
  {
    id: Type.String({ maxLength: 500 }),
    state: Type.Union([Type.Literal('played'), Type.Literal('skipped')]),
  },
  { additionalProperties: false },
);
export type Acknowledged = Static<typeof Acknowledged>;

/** A person or team as it is shown. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
}

/** A win worth turning heads for. Decided on the server; every wall starts it at `startAt`. */
export interface Celebration {
  /** The event's key: the same win is never celebrated twice. */
  readonly id: string;
  readonly tier: 'takeover' | 'banner';
  /** `recordedAt` of the win. */
  readonly at: Instant;
  readonly startAt: Instant;
  /** After this a screen lets it pass; it is in the feed. */
  readonly expiresAt: Instant;
  readonly person: Named;
  readonly team: Named | null;
  /** What was won is a contest: `person` is the winner, also where that is a team. */
  readonly contest?: Named;
  readonly account: string | null;
  /** Why a manager has them celebrated; left out for a win. */
  readonly occasion?: Occasion;
  /** What the deal is worth, exact. */
  readonly amount: { readonly value: string; readonly currency: string } | null;
  /** Own month target before and after the win, as shares of it. */
  readonly quota: { readonly before: number; readonly after: number; readonly pace: number } | null;
  /** The team's, or without a team the organisation's. */
  readonly goal: {
    readonly of: Named | null;
    readonly before: number;
    readonly after: number;
    readonly pace: number;
  } | null;
}

/** A text for a while; whoever connects meanwhile gets it too, and nobody does afterwards. */
export interface Announcement {
  readonly id: string;
  readonly text: string;
  /** The text in other languages, by language code. */
  readonly texts: Readonly<Record<string, string>>;
  /** `important` takes the slide's place for a while; `info` stands below it. */
  readonly level: 'info' | 'important';
  readonly startsAt: Instant;
  readonly until: Instant;
}

/** Sent every `BEAT_MS`, so that silent loss shows within one beat and clocks stay in step. */
export interface Beat {
  /** Server clock, ms. */
  readonly now: Instant;
  /** Version of each board this socket watches. */
  readonly versions: Readonly<Record<string, readonly [epoch: string, version: number]>>;
}
export const BEAT_MS = 5_000;

/** What a viewer is told right after connecting. */
export interface ViewerConfig {
  readonly appVersion: string;
}

export interface ClientToServer {
  /** From now on tell me about this board; answers with what the client lacks. */
  'board:watch': (request: WatchRequest, reply: (answer: WatchAnswer) => void) => void;
  /** No longer tell me about it. */
  'board:unwatch': (request: { board: string; view: BoardViewName }) => void;
  /** Answers with the last items, newest first; then `feed:item` follows. */
  'feed:watch': (reply: (answer: { items: readonly FeedItem[] }) => void) => void;
  /** Answers with the contests there are; then `contests` follows whenever one changes. */
  'contests:watch': (reply: (answer: { cards: readonly ContestCard[] }) => void) => void;
  /** From now on tell me when my pay, or that of my people, may have changed; answered then. */
  'pay:watch': (reply: () => void) => void;
  /** What was put on glass, for the latency histogram. */
  painted: (report: Painted) => void;
  /** Clock synchronisation: answers with the server clock. */
  beat: (sentAt: number, reply: (now: Instant) => void) => void;
  /** A celebration was shown. */
  ack: (report: Acknowledged) => void;
}

export interface ServerToClient {
  /** A whole board comes this way too, when its epoch changed. `view` names the room. */
  'board:delta': (frame: (BoardDelta | BoardSnapshot) & { readonly view: string }) => void;
  /** A line of the internal news. */
  'feed:item': (item: FeedItem) => void;
  /** Comments or reactions of a line are other than before, or it is gone or back. */
  'feed:change': (change: FeedChange) => void;
  /** The contests there are, all of them. */
  contests: (contests: { readonly cards: readonly ContestCard[] }) => void;
  /** Pay may be other than before, as of this event: ask for it again. No sums, no names. */
  'pay:changed': (news: { readonly seq: number }) => void;
  /** A win worth turning heads for. */
  celebrate: (celebration: Celebration) => void;
  /** The deal was taken back. */
  'celebrate:cancel': (id: { readonly id: string }) => void;
  /** A text to be shown until it ends; the same one may come again. */
  announce: (announcement: Announcement) => void;
  /** It is shown no longer. */
  'announce:cancel': (id: { readonly id: string }) => void;
  /** Right after connecting. */
  config: (config: ViewerConfig) => void;
  /** Every five seconds; silent while the projector is. */
  beat: (beat: Beat) => void;
  /** The session or screen was ended: show "not connected", do not retry with the old right. */
  ended: () => void;
}
