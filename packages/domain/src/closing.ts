import type { Calendar, Window } from './calendar.ts';
import type { Instant } from './types.ts';

export const CLOSING_PERIODS = ['month', 'quarter'] as const;
export const LATE_POLICIES = ['accept', 'refuse', 'open_period'] as const;

/** What a closed period still takes. */
export interface ClosingPolicy {
  readonly period: (typeof CLOSING_PERIODS)[number];
  /** Whole days after its end during which it is still open. */
  readonly graceDays: number;
  /** Facts of a closed period: counted in it, turned away, or counted when they arrive. */
  readonly late: (typeof LATE_POLICIES)[number];
}

/** The closed period that holds `at`, as seen at `now`; `undefined` while it is open. */
export function closedPeriodOf(
  calendar: Calendar,
  policy: ClosingPolicy,
  at: Instant,
  now: Instant,
): Window | undefined {
  const window = calendar.windowOf(policy.period, at);
  let closes = window.to;
  // Local midnights, not 24 hours each: days of a changing clock have 23 or 25.
  for (let day = 0; day < policy.graceDays && closes <= now; day += 1) {
    closes = calendar.windowOf('day', closes).to;
  }
  return closes <= now ? window : undefined;
}
