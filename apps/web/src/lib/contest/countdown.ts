import type { Instant } from '@ovation/domain';
import { inDigits, type FormatLocale } from '../format/index.ts';

const SECOND_MS = 1_000;
const DAY_S = 86_400;

/** What is left until an instant, as a clock shows it. */
export interface Countdown {
  /** Whole days that stand before the clock; 0 on the last day. */
  readonly days: number;
  /** `06:17:09`, in the reader's digits. */
  readonly clock: string;
}

/** Rounded up to the second, so that it says zero only when it is over. */
export function countdown(until: Instant, now: Instant, locale: FormatLocale): Countdown {
  const left = Math.max(0, Math.ceil((until - now) / SECOND_MS));
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = left % DAY_S;
  const parts = [Math.floor(rest / 3_600), Math.floor((rest % 3_600) / 60), rest % 60];
  return { days: Math.floor(left / DAY_S), clock: inDigits(parts.map(two).join(':'), locale) };
}
