import type { Instant } from '@ovation/domain';
import type { Celebration } from '@ovation/protocol';

/** One thing on the glass at a time, with its end. */
export type Show =
  | {
      readonly kind: 'takeover';
      readonly win: Celebration;
      readonly more: number;
      readonly until: Instant;
    }
  | { readonly kind: 'banner'; readonly win: Celebration; readonly until: Instant }
  | {
      readonly kind: 'roll_up';
      /** Biggest first. */
      readonly wins: readonly Celebration[];
      readonly minutes: number;
      readonly until: Instant;
    };

export interface CelebrationQueue {
  readonly waiting: readonly Celebration[];
  /** Ids that were taken in, oldest first: a win is celebrated once. */
  readonly known: readonly string[];
  readonly showing: Show | null;
  /** End of the last takeover or roll-up. */
  readonly calmSince: Instant | null;
}

/** What changed by itself: for acknowledgement. */
export interface Step {
  readonly queue: CelebrationQueue;
  readonly begun: readonly string[];
  readonly expired: readonly string[];
}

export const TAKEOVER_MS = 8_000;
export const BANNER_MS = 5_000;
export const ROLL_UP_MS = 10_000;
/** Between two takeovers the board has the glass for at least this long. */
export const CALM_MS = 20_000;
/** More takeovers than this waiting at once become one roll-up. */
export const WAITING_MAX = 3;
const KNOWN_MAX = 500;
const MINUTE_MS = 60_000;

export const EMPTY_QUEUE: CelebrationQueue = {
  waiting: [],
  known: [],
  showing: null,
  calmSince: null,
};

/** Takes a win in; one that was taken in before is the same win. */
export function enqueue(queue: CelebrationQueue, win: Celebration): CelebrationQueue {
  if (queue.known.includes(win.id)) return queue;
  const known = [...queue.known, win.id].slice(-KNOWN_MAX);
  return { ...queue, known, waiting: [...queue.waiting, win] };
}

/** A win that was taken back leaves in silence; what is on the glass ends by itself. */
export function cancel(queue: CelebrationQueue, id: string): CelebrationQueue {
  return { ...queue, waiting: queue.waiting.filter((win) => win.id !== id) };
}

/** Moves the queue to an instant: ends what is over, lets the expired pass, begins what is due. */
export function advance(queue: CelebrationQueue, now: Instant): Step {
  const expired = queue.waiting.filter((win) => win.expiresAt <= now).map((win) => win.id);
  const ended = end({ ...queue, waiting: queue.waiting.filter((win) => win.expiresAt > now) }, now);
  if (ended.showing) return { queue: ended, begun: [], expired };
  const show = choose(ended, now);
  if (!show) return { queue: ended, begun: [], expired };
  const begun = show.kind === 'roll_up' ? show.wins.map((win) => win.id) : [show.win.id];
  const waiting = ended.waiting.filter((win) => !begun.includes(win.id));
  return { queue: { ...ended, waiting, showing: show }, begun, expired };
}

/** Nothing is celebrated on old numbers: what waits is let go. */
export function clear(queue: CelebrationQueue, now: Instant): Step {
  const expired = queue.waiting.map((win) => win.id);
  const calmSince = queue.showing ? now : queue.calmSince;
  return { queue: { ...queue, waiting: [], showing: null, calmSince }, begun: [], expired };
}

function end(queue: CelebrationQueue, now: Instant): CelebrationQueue {
  const { showing } = queue;
  if (!showing || now < showing.until) return queue;
  const calmSince = showing.kind === 'banner' ? queue.calmSince : showing.until;
  return { ...queue, showing: null, calmSince };
}

function choose(queue: CelebrationQueue, now: Instant): Show | null {
  const due = queue.waiting.filter((win) => win.startAt <= now);
  const calm = queue.calmSince === null || now - queue.calmSince >= CALM_MS;
  const takeovers = due.filter((win) => win.tier === 'takeover').sort(byWeight);
  const [first] = takeovers;
  if (first && calm) {
    if (takeovers.length > WAITING_MAX) return rollUp(takeovers, now);
    return { kind: 'takeover', win: first, more: takeovers.length - 1, until: now + TAKEOVER_MS };
  }
  const [banner] = due.filter((win) => win.tier === 'banner').sort(byWeight);
  return banner ? { kind: 'banner', win: banner, until: now + BANNER_MS } : null;
}

function rollUp(wins: readonly Celebration[], now: Instant): Show {
  const times = wins.map((win) => win.at);
  const spanMs = Math.max(...times) - Math.min(...times);
  const minutes = Math.max(1, Math.ceil(spanMs / MINUTE_MS));
  return { kind: 'roll_up', wins, minutes, until: now + ROLL_UP_MS };
}

const worth = (win: Celebration): number => Number(win.amount?.value ?? 0);

/** Bigger first, then older; the id last, so that all walls agree. */
const byWeight = (a: Celebration, b: Celebration): number =>
  worth(b) - worth(a) || a.at - b.at || (a.id < b.id ? -1 : 1);
