import type { Instant } from '@ovation/domain';

export type LiveStatus = 'connecting' | 'live' | 'stale' | 'offline';

/** No word for three beats: the numbers may be old. */
export const STALE_AFTER_MS = 15_000;
/** No word for this long: they are old, whatever the socket believes. */
export const OFFLINE_AFTER_MS = 60_000;
/** A reconnection that takes less is nobody's business. */
export const DISCONNECTED_AFTER_MS = 3_000;

export interface Signs {
  readonly connected: boolean;
  /** Last message or beat. */
  readonly heardAt: Instant | null;
  /** Since when there is no connection; the page's start before the first. */
  readonly disconnectedAt: Instant;
}

export function statusAt(now: Instant, signs: Signs): LiveStatus {
  const silentMs = signs.heardAt === null ? 0 : now - signs.heardAt;
  if (silentMs >= OFFLINE_AFTER_MS) return 'offline';
  if (!signs.connected && now - signs.disconnectedAt >= DISCONNECTED_AFTER_MS) return 'offline';
  if (silentMs >= STALE_AFTER_MS) return 'stale';
  return signs.heardAt === null ? 'connecting' : 'live';
}
