import type { Instant } from '@ovation/domain';
import type { ContestAnswer } from '@ovation/protocol';
import { spoken, type FormatLocale } from '../format/index.ts';
import type { DeskTranslator } from '../i18n/desk.ts';

/** How long something lasts, in the words of the reader: `2 days`, `3 h 10 min`. */
export function lasting(ms: number, place: FormatLocale): string {
  const { number, unit } = spoken(String(Math.max(0, Math.round(ms / 1_000))), place);
  return `${number}\u00a0${unit}`;
}

/** Where a contest is in time, in one phrase; empty for drafts and what was called off. */
export function timeWords(
  { phase, definition, graceEndsAt }: ContestAnswer,
  now: Instant,
  tr: DeskTranslator,
  place: FormatLocale,
): string {
  const [from, to] = [Date.parse(definition.from ?? ''), Date.parse(definition.to ?? '')];
  switch (phase) {
    case 'scheduled':
      return tr.t('startsIn', { time: lasting(from - now, place) });
    case 'live':
    case 'paused':
      return tr.t('timeLeft', { time: lasting(to - now, place) });
    case 'provisional':
      return tr.t('finalIn', { time: lasting(Date.parse(graceEndsAt ?? '') - now, place) });
    case 'final':
      return tr.t('endedAgo', { time: lasting(now - to, place) });
    default:
      return '';
  }
}
