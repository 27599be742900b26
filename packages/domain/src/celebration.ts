import type { LogEvent } from './event.ts';
import type { OrganisationSettings } from './organisation.ts';
import type { Instant } from './types.ts';

/** A win that happened longer ago is news no more: imports and late entries stay quiet. */
export const CELEBRATED_WITHIN_MS = 24 * 3_600_000;
/** Lets the news reach every wall before the first one starts. */
export const LEAD_MS = 1_000;
/** How long a takeover stays, and the board between two: a fifth of the time at most. */
export const TAKEOVER_MS = 8_000;
export const BOARD_BETWEEN_MS = 32_000;
/** After this long in the queue a win is shown in the feed only. */
export const TAKEOVER_TTL_MS = 10 * 60_000;
export const BANNER_TTL_MS = 3 * 60_000;

/** Why a manager has somebody celebrated: a closed list, so that the log holds no free text. */
export const OCCASIONS = [
  'great_work',
  'streak',
  'milestone',
  'target',
  'help',
  'welcome',
] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** How loud a win is, and when every wall begins. */
export interface Loudness {
  readonly tier: 'takeover' | 'banner';
  readonly startAt: Instant;
  readonly expiresAt: Instant;
}

/**
 * Decides about one event from log time alone, so that every replay decides alike. `stageFreeAt` is
 * when the last takeover and the board after it are over. `undefined`: nothing to celebrate.
 */
export function loudnessOf(
  event: LogEvent,
  settings: Pick<OrganisationSettings, 'takeoverFrom'>,
  stageFreeAt: Instant,
): Loudness | undefined {
  const big = isBig(event, settings);
  if (big === undefined) return undefined;
  const soon = event.recordedAt + LEAD_MS;
  const startAt = Math.max(soon, stageFreeAt);
  if (big && startAt - soon < TAKEOVER_TTL_MS) {
    return { tier: 'takeover', startAt, expiresAt: startAt + TAKEOVER_TTL_MS };
  }
  return { tier: 'banner', startAt: soon, expiresAt: soon + BANNER_TTL_MS };
}

/** Whether an event wants the whole wall; `undefined` when there is nothing to celebrate. */
function isBig(
  event: LogEvent,
  { takeoverFrom }: Pick<OrganisationSettings, 'takeoverFrom'>,
): boolean | undefined {
  // Somebody stands there and has pressed the button: that is as loud as a big win.
  if (event.type === 'celebration.asked') return true;
  // A contest is decided: how loud that is, its own rules say.
  if (event.type === 'contest.closed') return true;
  if (event.type !== 'deal.won' || event.quiet || event.credits.length === 0) return undefined;
  if (event.recordedAt - event.occurredAt > CELEBRATED_WITHIN_MS) return undefined;
  return BigInt(event.amount?.minor ?? '0') >= BigInt(takeoverFrom);
}
