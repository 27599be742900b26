import { SILENT_AFTER_DAYS, STREAK_FROM_DAYS } from './silence.ts';
import type { PersonId, Scaled } from './types.ts';

/** Missing at most this much of the target is near it. */
export const NEAR_TARGET_PERCENT = 10n;
/** The same for what happens at another percentage: it is one of many, so nearer. */
export const NEAR_TIER_PERCENT = 5n;
/** Passing these is worth a word, besides every percentage with a consequence. */
export const MILESTONES_PERCENT = [50, 75, 100] as const;

export const WORD_KINDS = ['near_target', 'near_tier', 'silent', 'passed', 'streak'] as const;
export type WordKind = (typeof WORD_KINDS)[number];

/** How one person's period goes, as far as a word depends on it. */
export interface PersonPulse {
  readonly person: PersonId;
  /** What they have in the period, and what they had when the day began. */
  readonly value: Scaled;
  readonly before: Scaled;
  readonly target: Scaled | null;
  /** Working days since they last logged anything. */
  readonly silentDays: number;
  /** Working days in a row with a win. */
  readonly streak: number;
}

/** Something that a manager might say a word about. */
export type FloorWord =
  | {
      readonly kind: 'near_target' | 'near_tier';
      readonly person: PersonId;
      readonly percent: number;
      readonly missing: Scaled;
    }
  | { readonly kind: 'silent'; readonly person: PersonId; readonly days: number }
  | { readonly kind: 'passed'; readonly person: PersonId; readonly percent: number }
  | { readonly kind: 'streak'; readonly person: PersonId; readonly days: number };

/**
 * Who is worth a word: for each person the first kind that holds, kinds in their order, and within
 * a kind the most urgent first. `tiers` are the percentages of a target at which something happens.
 */
export function floorWords(people: readonly PersonPulse[], tiers: readonly number[]): FloorWord[] {
  const words = people.flatMap((one) => wordAbout(one, tiers) ?? []);
  return words.sort(
    (a, b) =>
      WORD_KINDS.indexOf(a.kind) - WORD_KINDS.indexOf(b.kind) ||
      moreUrgent(a, b) ||
      (a.person < b.person ? -1 : 1),
  );
}

function wordAbout(one: PersonPulse, tiers: readonly number[]): FloorWord | undefined {
  const { person, silentDays, streak } = one;
  const near = nearest(one, tiers);
  if (near) return near;
  if (silentDays >= SILENT_AFTER_DAYS) return { kind: 'silent', person, days: silentDays };
  const passed = [...MILESTONES_PERCENT, ...tiers].filter((percent) => passedToday(one, percent));
  if (passed.length > 0) return { kind: 'passed', person, percent: Math.max(...passed) };
  return streak >= STREAK_FROM_DAYS ? { kind: 'streak', person, days: streak } : undefined;
}

/** The target if it is near, else the nearest of the other percentages that is. */
function nearest(one: PersonPulse, tiers: readonly number[]): FloorWord | undefined {
  const { person, target } = one;
  if (target === null || target <= 0n) return undefined;
  const to = (percent: number, within: bigint) => {
    const missing = thresholdOf(target, percent) - one.value;
    return missing > 0n && missing * 100n <= target * within ? missing : undefined;
  };
  const own = to(100, NEAR_TARGET_PERCENT);
  if (own !== undefined) return { kind: 'near_target', person, percent: 100, missing: own };
  for (const percent of [...tiers].filter((tier) => tier !== 100).sort((a, b) => a - b)) {
    const missing = to(percent, NEAR_TIER_PERCENT);
    if (missing !== undefined) return { kind: 'near_tier', person, percent, missing };
  }
  return undefined;
}

function passedToday({ value, before, target }: PersonPulse, percent: number): boolean {
  if (target === null || target <= 0n) return false;
  const threshold = thresholdOf(target, percent);
  return before < threshold && value >= threshold;
}

/** The least that is so many percent of a target. */
export const thresholdOf = (target: Scaled, percent: number): Scaled =>
  (target * BigInt(percent) + 99n) / 100n;

function moreUrgent(a: FloorWord, b: FloorWord): number {
  if ('missing' in a && 'missing' in b) return Number(a.missing - b.missing);
  if ('days' in a && 'days' in b) return b.days - a.days;
  return 'percent' in a && 'percent' in b ? b.percent - a.percent : 0;
}
