import type { Window } from '../calendar.ts';
import type { Instant, PersonId, Scaled } from '../types.ts';

type Span = Pick<Window, 'from' | 'to'>;

/** Windows of the contest's own length before it that make its baseline. */
export const EFFECT_WINDOWS = 4;

/** What each person brought before, in and after a contest. */
export interface EffectInput {
  /** One for each baseline window, oldest first. */
  readonly before: readonly ReadonlyMap<PersonId, Scaled>[];
  readonly during: ReadonlyMap<PersonId, Scaled>;
  /** `null` while the time after it is not over. */
  readonly after: ReadonlyMap<PersonId, Scaled> | null;
  readonly winners: ReadonlySet<PersonId>;
  /** All prizes, in minor units. */
  readonly cost: Scaled;
}

/** Whether a contest did what it was for. Figures in the metric's unit, unless they say so. */
export interface ContestEffect {
  /** Mean of the windows before; rounded toward zero. */
  readonly baseline: Scaled;
  readonly during: Scaled;
  readonly uplift: Scaled;
  /** Uplift in tenths of a percent of the baseline, floored; `null` without a baseline. */
  readonly upliftPermille: number | null;
  readonly after: Scaled | null;
  /** What the time after it fell short of the baseline, 0 or below; `null` while it goes on. */
  readonly dip: Scaled | null;
  /** How many brought more than their own usual, of how many. */
  readonly improved: number;
  readonly people: number;
  readonly winners: number;
  /** What the best tenth brought, in percent of all, floored. */
  readonly topShare: number | null;
  readonly cost: Scaled;
  /** Minor units for one more unit beyond the baseline, `10 ** -scale` of it each; exact. */
  readonly costPer: { readonly minor: Scaled; readonly units: Scaled } | null;
}

/** The windows that a contest is compared with: as long as it is, directly before and after it. */
export function effectWindows({ from, to }: Span): { before: Span[]; after: Span } {
  const length = to - from;
  const start = (back: number): Instant => from - back * length;
  const before = Array.from({ length: EFFECT_WINDOWS }, (_, index) => {
    const back = EFFECT_WINDOWS - index;
    return { from: start(back), to: start(back - 1) };
  });
  return { before, after: { from: to, to: to + length } };
}

/** Baseline, uplift, dip, spread and cost, from what people brought. */
export function effectOf(input: EffectInput): ContestEffect {
  const { before, during, after, winners, cost } = input;
  const windows = BigInt(Math.max(1, before.length));
  const baseline = before.reduce((sum, one) => sum + total(one), 0n) / windows;
  const reached = total(during);
  const uplift = reached - baseline;
  const usual = (person: PersonId) =>
    before.reduce((sum, one) => sum + (one.get(person) ?? 0n), 0n);
  const improved = [...during].filter(([person, value]) => value * windows > usual(person));
  const later = after === null ? null : total(after);
  const dip = later === null ? null : later < baseline ? later - baseline : 0n;
  return {
    baseline,
    during: reached,
    uplift,
    upliftPermille: baseline > 0n ? floorDivide(uplift * 1_000n, baseline) : null,
    after: later,
    dip,
    improved: improved.length,
    people: during.size,
    winners: winners.size,
    topShare: topShare(during, reached),
    cost,
    costPer: uplift > 0n && cost > 0n ? { minor: cost, units: uplift } : null,
  };
}

const total = (some: ReadonlyMap<PersonId, Scaled>): Scaled =>
  [...some.values()].reduce((sum, value) => sum + value, 0n);

function topShare(during: ReadonlyMap<PersonId, Scaled>, all: Scaled): number | null {
  if (all <= 0n || during.size === 0) return null;
  const values = [...during.values()].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  const best = values.slice(0, Math.ceil(values.length / 10));
  return floorDivide(best.reduce((sum, value) => sum + value, 0n) * 100n, all);
}

const floorDivide = (top: bigint, bottom: bigint): number => {
  const quotient = top / bottom;
  return Number(top % bottom !== 0n && top < 0n ? quotient - 1n : quotient);
};
