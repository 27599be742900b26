import { paceOf, type Instant, type Pace, type WorkDay } from '@ovation/domain';
import { decimal } from '../../format/number.ts';
import type { FormatLocale } from '../../format/locale.ts';

/** How somebody stands against pace, as shape and words say it. */
export type Standing = 'ahead' | 'behind' | 'on_pace' | 'reached';

/** Less than this of a working day is on pace. */
const ON_PACE_DAYS = 0.1;
/** From here on tenths of a day say nothing more. */
const TENTHS_BELOW_DAYS = 10;

export interface StandingPicture {
  readonly standing: Standing;
  readonly pace: Pace;
  /** Days ahead or behind, without sign. */
  readonly days: number;
  readonly daysText: string;
}

/** `null` without a target or without working days. */
export function standingOf(
  value: string | null,
  target: string | null,
  days: readonly WorkDay[],
  now: Instant,
  locale: FormatLocale,
): StandingPicture | null {
  const pace =
    target === null || value === null
      ? undefined
      : paceOf(Number(value), Number(target), days, now);
  if (!pace) return null;
  const away = Math.abs(pace.daysAhead);
  const daysText = decimal(away, away < TENTHS_BELOW_DAYS ? 1 : 0, locale);
  return { standing: wordOf(pace), pace, days: Math.trunc(away * 10) / 10, daysText };
}

function wordOf(pace: Pace): Standing {
  if (pace.attainment >= 1) return 'reached';
  if (Math.abs(pace.daysAhead) < ON_PACE_DAYS) return 'on_pace';
  return pace.daysAhead > 0 ? 'ahead' : 'behind';
}

/** Length of a bullet: the target, or beyond it what was reached. */
export const bulletLength = (attainment: number): number => Math.max(1, attainment);
