import { floorRatio, roundRatio, wholeRatio, type Ratio } from '../contest/ratio.ts';
import type { Seat } from './credits.ts';
import { holds, lengthOf, type Day } from './dates.ts';
import { PLAN_DEFAULTS, type PlanDraw } from './definition.ts';
import { ALL, exact, times } from './exact.ts';
import type { ReadyVersion } from './prepared.ts';
import type { Windows } from './windows.ts';

/** How a pay period is paid out: whole minor units of the payout currency. */
export interface Settlement {
  readonly carryInMinor: bigint;
  /** What was posted: for the period itself and, as corrections, for earlier ones. */
  readonly earnedMinor: bigint;
  readonly adjustmentsMinor: bigint;
  /** Not above zero: what was taken back. */
  readonly clawbackMinor: bigint;
  /** What goes back of a draw, what is advanced by one, and what is forgiven: none below zero. */
  readonly recoveredMinor: bigint;
  readonly advancedMinor: bigint;
  readonly forgivenMinor: bigint;
  /** What is owed of the draw afterwards. */
  readonly owedMinor: bigint;
  readonly payoutMinor: bigint;
  /** What is carried to the next period: not above zero. */
  readonly carryOutMinor: bigint;
}

export interface SettlementStep {
  readonly period: number;
  readonly earnedMinor: bigint;
  readonly adjustmentsMinor: bigint;
  readonly clawbackMinor: bigint;
}

interface Opening {
  readonly balanceMinor: bigint;
  readonly owedMinor: bigint;
}
interface Context {
  readonly seats: readonly Seat[];
  readonly windows: Windows;
  /** Minor units of the plan's currency in those of the payout, in a period. */
  readonly factor: (version: ReadyVersion, period: number) => Ratio;
}

/**
 * Settles period after period: carry-in, what was earned, what is taken back, recovery of the draw,
 * top-up of the draw, carry-out. The payout is not below zero unless the plan shows it so.
 */
export function settle(
  steps: readonly SettlementStep[],
  opening: Opening,
  context: Context,
): Settlement[] {
  let { balanceMinor: carry, owedMinor: owed } = opening;
  /** Paid since the draw was due the last time. */
  let since = 0n;
  return steps.map(({ period, ...step }) => {
    const carryInMinor = carry;
    let available = carry + step.earnedMinor + step.adjustmentsMinor + step.clawbackMinor;
    const draw = drawAt(period, context);
    const moved = drawn(draw, { available, since, owed });
    owed = moved.owed;
    available += moved.advanced - moved.recovered;
    const shows = context.seats.some(showsNegative);
    const kept = draw.draw?.kind === 'non_recoverable' ? moved.advanced : 0n;
    const payoutMinor = available > kept || shows ? available : kept;
    carry = available - payoutMinor;
    since = draw.due ? 0n : since + payoutMinor;
    return {
      carryInMinor,
      ...step,
      recoveredMinor: moved.recovered,
      advancedMinor: moved.advanced,
      forgivenMinor: moved.forgiven,
      owedMinor: owed,
      payoutMinor,
      carryOutMinor: carry,
    };
  });
}

const showsNegative = ({ versions }: Seat): boolean =>
  versions.some(
    ({ definition: { negative_payout: policy = PLAN_DEFAULTS.negative_payout } }) =>
      policy === 'show',
  );

interface DrawStep {
  readonly draw: PlanDraw | null;
  /** What is guaranteed now; 0 where the draw is over. */
  readonly guarantee: bigint;
  /** Whether the draw is reckoned up in this period. */
  readonly due: boolean;
  readonly recovers: boolean;
  /** Whether it is the last of its periods. */
  readonly ends: boolean;
}
const NO_DRAW: DrawStep = { draw: null, guarantee: 0n, due: true, recovers: true, ends: false };

function drawn(
  { draw, guarantee, due, recovers, ends }: DrawStep,
  now: { available: bigint; since: bigint; owed: bigint },
): { advanced: bigint; recovered: bigint; forgiven: bigint; owed: bigint } {
  let { owed } = now;
  const reached = now.available + now.since;
  let [advanced, recovered] = [0n, 0n];
  const recoverable = draw?.kind !== 'non_recoverable';
  if (due && reached > guarantee && owed > 0n && recovers) {
    const share = exact(draw?.recover_share ?? '1');
    const excess = least(reached - guarantee, now.available);
    if (excess > 0n) recovered = least(owed, floorRatio(times(wholeRatio(excess), share)));
    owed -= recovered;
  } else if (draw && due && reached < guarantee) {
    // A draw that need not be paid back does not pay what was carried: that stays where it is.
    const own = recoverable || now.available > 0n ? reached : now.since;
    advanced = guarantee - own;
    if (recoverable) owed += advanced;
  }
  const forgiven = ends && draw?.forgive_at_end ? owed : 0n;
  return { advanced, recovered, forgiven, owed: owed - forgiven };
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The draw of a period, from the first plan of the payee's that has one then. */
function drawAt(period: number, { seats, windows, factor }: Context): DrawStep {
  const span = windows.periods[period]!;
  for (const seat of seats) {
    if (span.to <= seat.from || span.from >= seat.to) continue;
    const version = seat.versions.findLast((one) => holds(one, Math.max(span.from, one.from)));
    const draw = version?.definition.draw;
    if (!version || !draw) continue;
    const number = begunBefore(seat.from, windows) + period + 1;
    const last = draw.periods ?? Infinity;
    const recovers = number >= (draw.recover_from ?? 1);
    if (number > last) return { ...NO_DRAW, draw, recovers };
    const count = dueIn(draw, span, windows);
    const amount = times(version.look.money(draw.amount), factor(version, period) ?? ALL);
    const guarantee = roundRatio(amount) * BigInt(count);
    return { draw, guarantee, due: count > 0, recovers, ends: number === last };
  }
  return NO_DRAW;
}

/** How many pay periods an assignment had before the first one here; below zero: it is later. */
function begunBefore(from: Day, { periods, periodOf }: Windows): number {
  const [first] = periods;
  if (!first) return 0;
  if (from >= first.from) return -periodOf(from);
  return Math.round((first.from - from) / lengthOf(first));
}

/** How often a draw of its frequency is due in a period: once for each window that ends in it. */
function dueIn(
  { frequency = 'period' }: PlanDraw,
  span: { from: Day; to: Day },
  windows: Windows,
): number {
  if (frequency === 'period') return 1;
  let count = 0;
  let window = windows.windowOf(frequency, span.from);
  while (window.to <= span.to) {
    count += 1;
    window = windows.windowOf(frequency, window.to);
  }
  return count;
}
